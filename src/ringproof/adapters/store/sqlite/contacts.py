"""The ledger of contacts: what Connect dialed, who calls us, and what is missing."""

from collections.abc import Collection

from ringproof.adapters.store.sqlite.database import Database
from ringproof.adapters.store.sqlite.rows import texts_value
from ringproof.adapters.store.sqlite.writer import Transaction
from ringproof.core.phone import E164
from ringproof.core.time import Millis
from ringproof.ports import ContactSeen, Gaps, Standing

# What a contact is stays, but for two: a call may be bound late, and a violation may be found late.
_SEEN = """
INSERT INTO contacts VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (contact_id) DO UPDATE SET
    standing = CASE
        WHEN standing = 'violation' AND excluded.standing IN ('manual', 'emergency') THEN standing
        WHEN standing IN ('manual', 'emergency') AND excluded.standing = 'chain' THEN standing
        ELSE excluded.standing END,
    at = min(at, excluded.at), updated_at = max(updated_at, excluded.updated_at),
    recorded = max(recorded, excluded.recorded), call_id = coalesce(call_id, excluded.call_id)
WHERE excluded.updated_at > updated_at OR excluded.recorded > recorded
    OR excluded.standing IN ('violation', 'call') AND standing <> excluded.standing
RETURNING 1
"""
_COUNTS = """
SELECT standing, count(*), sum(recorded = 0) FROM contacts WHERE at >= ? AND at < ? GROUP BY standing
"""
_DIALED = """
SELECT count(*), coalesce(sum(contact_id IS NULL), 0) FROM calls WHERE dialed_at >= ? AND dialed_at < ?
"""
_OPEN = """
SELECT count(*) FROM violations WHERE acknowledged_at IS NULL AND at >= ? AND at < ?
"""
_INBOUND = """
SELECT 1 FROM inbound WHERE number IN (SELECT value FROM json_each(?)) AND at >= ? LIMIT 1
"""


class Contacts(Database):
    """Contacts of either direction."""

    async def seen_contact(self, contact: ContactSeen) -> bool:
        """Put a contact down; False if that is no news."""
        return await self.seen_contacts((contact,)) > 0

    async def seen_contacts(self, contacts: Collection[ContactSeen]) -> int:
        """Put many down in one transaction, and return how many were news."""
        rows = [
            (c.contact_id, c.method, c.standing, c.at, c.updated_at, c.recorded, c.call_id)
            for c in contacts
        ]

        def act(t: Transaction) -> int:
            return sum(t.db.execute(_SEEN, row).fetchone() is not None for row in rows)

        return await self._write(act)

    async def contact_seen(self, contact_id: str) -> ContactSeen | None:
        """Find a contact."""
        row = self._reader.one("SELECT * FROM contacts WHERE contact_id = ?", contact_id)
        if row is None:
            return None
        id_, method, standing, at, updated, recorded, call_id = row
        return ContactSeen(id_, method, Standing(standing), at, updated, bool(recorded), call_id)

    async def inbound_began(self, contact_id: str, number: E164, now: Millis) -> None:
        """Somebody calls the bank from this number."""

        def act(t: Transaction) -> None:
            t.db.execute(
                "INSERT OR IGNORE INTO inbound VALUES (?, ?, ?)", (contact_id, number, now)
            )

        await self._write(act)

    async def inbound_ended(self, contact_id: str) -> None:
        """That call is over, if it is one."""
        if self._reader.one("SELECT 1 FROM inbound WHERE contact_id = ?", contact_id) is None:
            return

        def act(t: Transaction) -> None:
            t.db.execute("DELETE FROM inbound WHERE contact_id = ?", (contact_id,))

        await self._write(act)

    async def inbound(self, numbers: Collection[E164], since: Millis) -> bool:
        """True if a call from one of these numbers has begun since then, and is not over."""
        return self._reader.one(_INBOUND, texts_value(tuple(numbers)), since) is not None

    async def gaps(self, since: Millis, until: Millis) -> Gaps:
        """Count what the ledger knows of a period."""
        counted = self._reader.all(_COUNTS, since, until)
        dialed = self._reader.one(_DIALED, since, until) or (0, 0)
        open_ = self._reader.one(_OPEN, since, until) or (0,)
        return Gaps(
            standings={Standing(standing): count for standing, count, _ in counted},
            unrecorded=sum(missing for _, _, missing in counted),
            dialed=dialed[0],
            without_contact=dialed[1],
            violations_open=open_[0],
        )
