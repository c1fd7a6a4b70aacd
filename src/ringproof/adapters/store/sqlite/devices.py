"""The customers' handsets."""

# ruff: noqa: S608  (SQL is put together from constants; every value is a parameter)

import sqlite3
from collections.abc import Sequence

from ringproof.adapters.store.sqlite.database import Database
from ringproof.adapters.store.sqlite.rows import DEVICE, device_of, device_values, marks
from ringproof.adapters.store.sqlite.writer import Transaction
from ringproof.core.people import Device, PushService
from ringproof.core.time import MINUTE, Millis
from ringproof.ports import MOST_DEVICES

_BY_ID = f"SELECT {DEVICE} FROM devices WHERE id = ?"
_OF_CUSTOMER = f"""
SELECT {DEVICE} FROM devices WHERE customer_id = ? ORDER BY enrolled_at DESC, no DESC
"""
_INSERT = f"INSERT INTO devices ({DEVICE}) VALUES ({marks(DEVICE)})"
_SPEND = """
DELETE FROM challenges WHERE challenge = ? AND customer_id = ? AND expires_at > ? RETURNING 1
"""
_PURGE = """
DELETE FROM challenges WHERE rowid IN
    (SELECT rowid FROM challenges WHERE expires_at <= ? ORDER BY expires_at LIMIT 4)
"""
_CROWD_OUT = """
DELETE FROM devices WHERE no IN
    (SELECT no FROM devices WHERE customer_id = ? ORDER BY no DESC LIMIT -1 OFFSET ?)
"""
_UPDATE = f"""
UPDATE devices
SET push_token = coalesce(?1, push_token), registered_at = iif(?1 IS NULL, registered_at, ?4),
    notifications = coalesce(?2, notifications), app_version = coalesce(?3, app_version),
    last_seen_at = ?4
WHERE id = ?5 RETURNING {DEVICE}
"""
_DROP = """
UPDATE devices SET push_token = NULL
WHERE id = ? AND push_token = ? AND registered_at < ? RETURNING 1
"""


class Devices(Database):
    """Handsets, each bound to one customer."""

    async def add_challenge(self, challenge: str, customer_id: str, expires_at: Millis) -> None:
        """Remember a challenge given to a customer."""

        def act(t: Transaction) -> None:
            t.db.execute(
                "INSERT INTO challenges VALUES (?, ?, ?)", (challenge, customer_id, expires_at)
            )

        await self._write(act)

    async def enrol(self, device: Device, challenge: str, now: Millis) -> bool:
        """Spend the challenge, take the token from whoever had it, store the device, drop the oldest."""

        def act(t: Transaction) -> bool:
            t.db.execute(_PURGE, (now,))
            spent = t.db.execute(_SPEND, (challenge, device.customer_id, now)).fetchone()
            if spent is None:
                return False
            if device.push_token is not None:
                _unbind(t.db, device.push_service, device.push_token)
            t.db.execute(_INSERT, device_values(device))
            t.db.execute(_CROWD_OUT, (device.customer_id, MOST_DEVICES))
            return True

        return await self._write(act)

    async def device(self, device_id: str) -> Device | None:
        """Find a device."""
        row = self._reader.one(_BY_ID, device_id)
        return device_of(row) if row else None

    async def devices(self, customer_id: str) -> Sequence[Device]:
        """Return a customer's devices, newest first."""
        return [device_of(row) for row in self._reader.all(_OF_CUSTOMER, customer_id)]

    async def update_device(
        self,
        device_id: str,
        now: Millis,
        *,
        push_token: str | None = None,
        notifications: bool | None = None,
        app_version: str | None = None,
    ) -> Device | None:
        """Change what is given; a token leaves any other device that had it."""

        def act(t: Transaction) -> Device | None:
            found = t.db.execute("SELECT push_service FROM devices WHERE id = ?", (device_id,))
            service = found.fetchone()
            if service is None:
                return None
            if push_token is not None:
                _unbind(t.db, PushService(service[0]), push_token)
            values = (push_token, notifications, app_version, now, device_id)
            return device_of(t.db.execute(_UPDATE, values).fetchone())

        return await self._write(act)

    async def remove_device(self, device_id: str) -> bool:
        """Forget a device; False if there is none."""

        def act(t: Transaction) -> bool:
            gone = t.db.execute("DELETE FROM devices WHERE id = ? RETURNING 1", (device_id,))
            return gone.fetchone() is not None

        return await self._write(act)

    async def drop_token(self, device_id: str, token: str, dead_since: Millis) -> bool:
        """Clear a dead token, if it is still that one and was registered before *dead_since*."""

        def act(t: Transaction) -> bool:
            return t.db.execute(_DROP, (device_id, token, dead_since)).fetchone() is not None

        return await self._write(act)


def saw(db: sqlite3.Connection, device_id: str, now: Millis) -> None:
    """Record that a device was heard of, to the minute: more would be a write for every question."""
    db.execute(
        "UPDATE devices SET last_seen_at = ? WHERE id = ? AND coalesce(last_seen_at, 0) < ?",
        (now, device_id, now - MINUTE),
    )


def _unbind(db: sqlite3.Connection, service: PushService, token: str) -> None:
    db.execute(
        "UPDATE devices SET push_token = NULL WHERE push_token = ? AND push_service = ?",
        (token, service),
    )
