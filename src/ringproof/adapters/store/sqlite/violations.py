"""Violations, each merged from all that is known of its contact."""

# ruff: noqa: S608  (SQL is put together from constants; every value is a parameter)

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from ringproof.adapters.store.sqlite.database import Database
from ringproof.adapters.store.sqlite.rows import Row, marks
from ringproof.adapters.store.sqlite.writer import Transaction
from ringproof.core.time import Millis
from ringproof.core.violation import Acknowledged, Done, FoundBy, Violation, merged
from ringproof.ports import ViolationFilter

VIOLATION: Final = (
    "violations.contact_id, violations.code, violations.at, violations.method,"
    " violations.found_by, violations.done, violations.agent_arn, violations.agent_id,"
    " violations.number, violations.shown, violations.queue, violations.call_id,"
    " violations.acknowledged_by, violations.acknowledged_at, violations.comment"
)
_FIND = f"SELECT {VIOLATION} FROM violations WHERE contact_id = ?"
_PUT = f"INSERT OR REPLACE INTO violations VALUES ({marks(VIOLATION)})"
_OWE = "INSERT INTO alerts (channel, contact_id, due_at, tries, error) VALUES (?, ?, ?, 0, '')"


class Violations(Database):
    """What went round the verified path."""

    async def add_violation(
        self, violation: Violation, channels: Collection[str], now: Millis
    ) -> tuple[Violation, bool]:
        """Put a violation down, merged with what is known, and owe its alerts if it is news."""

        def act(t: Transaction) -> tuple[Violation, bool]:
            row = t.db.execute(_FIND, (violation.contact_id,)).fetchone()
            known = violation_of(row) if row else None
            stored = merged(known, violation) if known else violation
            news = known is None or (known.code, known.done) != (stored.code, stored.done)
            if stored != known:
                t.db.execute(_PUT, _values(stored))
            if news:
                owed = [(channel, stored.contact_id, now) for channel in channels]
                t.db.executemany(_OWE, owed)
            return stored, news

        return await self._write(act)

    async def violation(self, contact_id: str) -> Violation | None:
        """Find a contact's violation."""
        row = self._reader.one(_FIND, contact_id)
        return violation_of(row) if row else None

    async def violations(
        self, wanted: ViolationFilter, limit: int, before: tuple[Millis, str] | None = None
    ) -> Sequence[Violation]:
        """Return violations, newest first."""
        where, values = _where(wanted)
        if before is not None:
            where, values = [*where, "(at, contact_id) < (?, ?)"], [*values, *before]
        rows = self._reader.all(
            f"SELECT {VIOLATION} FROM violations WHERE {' AND '.join(where) or 'true'}"
            " ORDER BY at DESC, contact_id DESC LIMIT ?",
            *values,
            limit,
        )
        return [violation_of(row) for row in rows]

    async def acknowledge_violation(self, contact_id: str, said: Acknowledged) -> Violation | None:
        """Note that a supervisor has looked; the first one counts."""

        def act(t: Transaction) -> Violation | None:
            row = t.db.execute(_FIND, (contact_id,)).fetchone()
            known = violation_of(row) if row else None
            if known is None or known.acknowledged is not None:
                return known
            stored = replace(known, acknowledged=said)
            t.db.execute(_PUT, _values(stored))
            return stored

        return await self._write(act)


def _where(wanted: ViolationFilter) -> tuple[list[str], list[object]]:
    conditions = {
        "at >= ?": wanted.since,
        "at < ?": wanted.until,
        "agent_id = ?": wanted.agent_id,
        "code = ?": wanted.code,
    }
    asked = {clause: value for clause, value in conditions.items() if value is not None}
    open_ = {True: ["acknowledged_at IS NOT NULL"], False: ["acknowledged_at IS NULL"], None: []}
    return [*asked, *open_[wanted.acknowledged]], list(asked.values())


def violation_of(row: Row) -> Violation:
    """Read the columns VIOLATION."""
    # fmt: off
    (contact, code, at, method, found_by, done, agent_arn, agent, number, shown, queue, call, by,
     looked_at, comment) = row
    return Violation(
        contact, code, at, method, FoundBy(found_by), Done(done), agent_arn, agent, number, shown,
        queue, call, Acknowledged(by, looked_at, comment) if by is not None else None,
    )
    # fmt: on


def _values(v: Violation) -> Row:
    seen = v.acknowledged
    return (
        v.contact_id, v.code, v.at, v.method, v.found_by, v.done, v.agent_arn, v.agent_id, v.number,
        v.shown, v.queue, v.call_id,
        *((seen.by, seen.at, seen.comment) if seen else (None, None, None)),
    )  # fmt: skip
