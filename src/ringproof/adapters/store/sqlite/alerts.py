"""Alerts that are owed, tried again, and at last given to a person."""

# ruff: noqa: S608  (SQL is put together from constants; every value is a parameter)

from collections.abc import Sequence

from ringproof.adapters.store.sqlite.database import Database
from ringproof.adapters.store.sqlite.rows import Row
from ringproof.adapters.store.sqlite.violations import VIOLATION, violation_of
from ringproof.adapters.store.sqlite.writer import Transaction
from ringproof.core.time import Millis
from ringproof.ports import Alert

_ALERTS = f"""
SELECT no, channel, tries, due_at IS NULL, error, {VIOLATION}
FROM alerts JOIN violations ON violations.contact_id = alerts.contact_id
"""
_FAILED = "UPDATE alerts SET due_at = ?, error = ?, tries = tries + 1 WHERE no = ?"
_REVIVED = "UPDATE alerts SET due_at = ?, tries = 0 WHERE no = ? AND due_at IS NULL RETURNING 1"


class Alerts(Database):
    """Who has yet to be told of what."""

    async def alerts_due(
        self, now: Millis, limit: int, channel: str | None = None
    ) -> Sequence[Alert]:
        """Return alerts that are to be tried now, to one channel or to any, oldest first."""
        where, values = (" AND channel = ?", (channel,)) if channel is not None else ("", ())
        rows = self._reader.all(
            f"{_ALERTS} WHERE due_at <= ?{where} ORDER BY due_at, no LIMIT ?", now, *values, limit
        )
        return [_alert_of(row) for row in rows]

    async def alert_told(self, number: int) -> None:
        """The channel has taken it."""

        def act(t: Transaction) -> None:
            t.db.execute("DELETE FROM alerts WHERE no = ?", (number,))

        await self._write(act)

    async def alert_failed(self, number: int, error: str, again_at: Millis | None) -> None:
        """The channel has not; None: it is dead."""

        def act(t: Transaction) -> None:
            t.db.execute(_FAILED, (again_at, error, number))

        await self._write(act)

    async def dead_alerts(self, limit: int) -> Sequence[Alert]:
        """Return what no channel would take, oldest first."""
        rows = self._reader.all(f"{_ALERTS} WHERE due_at IS NULL ORDER BY no LIMIT ?", limit)
        return [_alert_of(row) for row in rows]

    async def revive_alert(self, number: int, now: Millis) -> bool:
        """Try a dead alert again; False if there is none."""

        def act(t: Transaction) -> bool:
            return t.db.execute(_REVIVED, (now, number)).fetchone() is not None

        return await self._write(act)


def _alert_of(row: Row) -> Alert:
    number, channel, tries, dead, error = row[:5]
    return Alert(number, channel, violation_of(row[5:]), tries, bool(dead), error)
