"""What devices say outside of a call: questions, each asked once, and reports."""

from ringproof.adapters.store.sqlite.database import Database
from ringproof.adapters.store.sqlite.devices import saw
from ringproof.adapters.store.sqlite.writer import Transaction
from ringproof.core.receipt import Report
from ringproof.core.time import Millis

# Two go for each that comes, so the table stays as large as one lifetime of questions.
_PURGE = """
DELETE FROM nonces WHERE rowid IN
    (SELECT rowid FROM nonces WHERE expires_at <= ? ORDER BY expires_at LIMIT 2)
"""
_TAKE = """
INSERT INTO nonces VALUES (?1, ?2, ?3)
ON CONFLICT (device_id, nonce) DO UPDATE SET expires_at = ?3 WHERE expires_at <= ?4
RETURNING 1
"""


class Questions(Database):
    """Nonces and reports."""

    async def use_nonce(self, device_id: str, nonce: str, now: Millis, expires_at: Millis) -> bool:
        """Take a nonce once; False if it was used before and has not expired."""

        def act(t: Transaction) -> bool:
            t.db.execute(_PURGE, (now,))
            taken = t.db.execute(_TAKE, (device_id, nonce, expires_at, now)).fetchone()
            if taken:
                saw(t.db, device_id, now)
            return taken is not None

        return await self._write(act)

    async def add_report(self, report: Report, reference: str, now: Millis) -> bool:
        """Keep a customer's report under its reference; False if it was kept before."""

        def act(t: Transaction) -> bool:
            kept = t.db.execute(
                "INSERT INTO reports VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING 1",
                (reference, report.dev, report.what, report.jti, report.cid, report.iat, now),
            )
            return kept.fetchone() is not None

        return await self._write(act)
