"""The deployment's own state: posture, API keys, and who looked at whom."""

# ruff: noqa: S608  (SQL is put together from constants; every value is a parameter)

from collections.abc import Collection, Sequence

from ringproof.adapters.store.sqlite.database import Database
from ringproof.adapters.store.sqlite.reader import Row
from ringproof.adapters.store.sqlite.rows import texts_of, texts_value
from ringproof.adapters.store.sqlite.writer import Transaction
from ringproof.core.phone import E164
from ringproof.core.time import Millis
from ringproof.ports import ApiKey, Posture

# A contact may be seen before the call that it belongs to knows of it: hence the look at the calls.
_UNMATCHED = " UNION ALL ".join(
    f"""SELECT 1 FROM unmatched WHERE {whose} AND at >= ?2
    AND NOT EXISTS (SELECT 1 FROM calls WHERE calls.contact_id = unmatched.contact_id)"""
    for whose in ("number IN (SELECT value FROM json_each(?1))", "number IS NULL")
)
_KEYS = "SELECT id, hash, scopes, sources, created_at FROM api_keys"
_CHANGED = "INSERT INTO posture_changes (at, by, what, is_on) VALUES (?, ?, ?, ?)"


class Control(Database):
    """What the bank's people have switched, and may do."""

    async def posture(self) -> Posture:
        """Return how far the bank can vouch for silence."""
        row = self._reader.one("SELECT covered, feed_at, killed FROM posture")
        return Posture(bool(row[0]), row[1], bool(row[2])) if row else Posture()

    async def heard_feed(self, now: Millis) -> None:
        """Record that Connect's event feed is alive; an older word than the last changes nothing."""

        def act(t: Transaction) -> None:
            t.db.execute("UPDATE posture SET feed_at = max(coalesce(feed_at, 0), ?)", (now,))

        await self._write(act)

    async def add_unmatched(self, contact_id: str, number: E164 | None, now: Millis) -> None:
        """Record an outbound contact that belongs to no call; without a number it may be anybody's."""

        def act(t: Transaction) -> None:
            t.db.execute(
                """INSERT INTO unmatched VALUES (?, ?, ?)
                ON CONFLICT DO UPDATE SET number = coalesce(excluded.number, number)""",
                (contact_id, number, now),
            )

        await self._write(act)

    async def end_unmatched(self, contact_id: str) -> None:
        """Record that such a contact, if it is one, has ended."""

        def act(t: Transaction) -> None:
            t.db.execute("DELETE FROM unmatched WHERE contact_id = ?", (contact_id,))

        await self._write(act)

    async def unmatched(self, numbers: Collection[E164], since: Millis) -> bool:
        """True if one began since then, has not ended, and still belongs to no call."""
        row = self._reader.one(_UNMATCHED, texts_value(tuple(numbers)), since)
        return bool(row and row[0])

    async def set_covered(self, *, covered: bool, by: str, now: Millis) -> None:
        """Record the result of an audit of the dial paths."""

        def act(t: Transaction) -> None:
            t.db.execute("UPDATE posture SET covered = ?", (covered,))
            t.db.execute(_CHANGED, (now, by, "covered", covered))

        await self._write(act)

    async def set_killed(self, *, killed: bool, by: str, now: Millis) -> None:
        """Throw, or release, the kill switch."""

        def act(t: Transaction) -> None:
            t.db.execute("UPDATE posture SET killed = ?", (killed,))
            t.db.execute(_CHANGED, (now, by, "killed", killed))

        await self._write(act)

    async def api_key(self, key_hash: bytes) -> ApiKey | None:
        """Find an API key by the SHA-256 of its secret."""
        row = self._reader.one(f"{_KEYS} WHERE hash = ?", key_hash)
        return _key_of(row) if row else None

    async def api_keys(self) -> Sequence[ApiKey]:
        """Return every API key, oldest first."""
        return [_key_of(row) for row in self._reader.all(f"{_KEYS} ORDER BY created_at, id")]

    async def add_api_key(self, key: ApiKey) -> None:
        """Store an API key."""
        scopes, sources = texts_value(tuple(sorted(key.scopes))), texts_value(key.sources)
        values = (key.id, key.hash, scopes, sources, key.created_at)

        def act(t: Transaction) -> None:
            t.db.execute("INSERT INTO api_keys VALUES (?, ?, ?, ?, ?)", values)

        await self._write(act)

    async def remove_api_key(self, key_id: str) -> bool:
        """Forget one; False if there is none."""

        def act(t: Transaction) -> bool:
            gone = t.db.execute("DELETE FROM api_keys WHERE id = ? RETURNING 1", (key_id,))
            return gone.fetchone() is not None

        return await self._write(act)

    async def record_look_up(self, agent_id: str, customer_id: str, now: Millis) -> None:
        """Record that an agent looked at a customer."""

        def act(t: Transaction) -> None:
            t.db.execute(
                "INSERT INTO look_ups (at, agent_id, customer_id) VALUES (?, ?, ?)",
                (now, agent_id, customer_id),
            )

        await self._write(act)

    async def record_search(self, agent_id: str, found: int, now: Millis) -> None:
        """Record that an agent searched, and how many customers they were shown; never for what."""

        def act(t: Transaction) -> None:
            t.db.execute(
                "INSERT INTO searches (at, agent_id, found) VALUES (?, ?, ?)",
                (now, agent_id, found),
            )

        await self._write(act)

    async def check(self) -> None:
        """Write a page and read it back: what serves calls is what is asked."""

        def act(t: Transaction) -> None:
            t.db.execute("UPDATE posture SET killed = killed")

        await self._write(act)
        await self.posture()


def _key_of(row: Row) -> ApiKey:
    id_, hash_, scopes, sources, created_at = row
    return ApiKey(id_, hash_, frozenset(texts_of(scopes)), texts_of(sources), created_at)
