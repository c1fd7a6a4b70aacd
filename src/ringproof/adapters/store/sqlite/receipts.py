"""Receipts: what the devices say about an announcement."""

from collections.abc import Sequence

from ringproof.adapters.store import ledger
from ringproof.adapters.store.sqlite.changes import hold, hold_by_id, write
from ringproof.adapters.store.sqlite.database import Database
from ringproof.adapters.store.sqlite.devices import saw
from ringproof.adapters.store.sqlite.writer import Transaction
from ringproof.core.call import CallId
from ringproof.core.receipt import Receipt
from ringproof.core.time import Millis
from ringproof.ports import Announced, ReceiptSeen, ReceiptVerdict

_ISSUED = (
    "JOIN announced ON announced.call = calls.no WHERE calls.id = ? AND device_id = ? AND jti = ?"
)
_COUNT = """
INSERT INTO receipts (call, device_id, jti, evt, code, iat, at) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING RETURNING no
"""


class Receipts(Database):
    """Whom a call was announced to, and what they said."""

    async def record_receipt(self, receipt: Receipt, now: Millis) -> ReceiptVerdict:
        """Count a receipt once per (device, jti, evt), and raise the call's assurance."""

        def act(t: Transaction) -> ReceiptVerdict:
            held = hold(t, _ISSUED, receipt.cid, receipt.dev, receipt.jti)
            if held is None:
                return ReceiptVerdict.UNKNOWN
            r = receipt
            counted = t.db.execute(_COUNT, (held.no, r.dev, r.jti, r.evt, r.code, r.iat, now))
            if counted.fetchone() is None:
                return ReceiptVerdict.REPEATED
            write(t, held, ledger.received(held.call, receipt, now))
            saw(t.db, receipt.dev, now)
            return ReceiptVerdict.FIRST

        return await self._write(act)

    async def receipts(self, call_id: CallId) -> Sequence[ReceiptSeen]:
        """Return a call's receipts in the order of arrival."""
        rows = self._reader.all(
            """SELECT receipts.device_id, evt, at, receipts.code
            FROM calls JOIN receipts ON receipts.call = calls.no
            WHERE calls.id = ? ORDER BY receipts.no""",
            call_id,
        )
        return [ReceiptSeen(*row) for row in rows]

    async def announced_to(self, call_id: CallId) -> Sequence[Announced]:
        """Return whom the call was to be announced to."""
        rows = self._reader.all(
            """SELECT device_id, jti FROM calls JOIN announced ON announced.call = calls.no
            WHERE calls.id = ? ORDER BY device_id""",
            call_id,
        )
        return [Announced(*row) for row in rows]

    async def end_noticed(
        self, call_id: CallId, device_id: str, said: str, now: Millis, *, settled: bool
    ) -> None:
        """Append what became of an end notice; *settled*: no other is owed to this device."""

        def act(t: Transaction) -> None:
            held = hold_by_id(t, call_id)
            if held is None:
                return
            if settled:
                t.db.execute(
                    "UPDATE announced SET told_end = ? WHERE call = ? AND device_id = ?",
                    (now, held.no, device_id),
                )
            write(
                t,
                held,
                ledger.noted(held.call, "end_notice", now, device_id=device_id, detail=said),
            )

        await self._write(act)

    async def forgive_end_notices(self, ended_before: Millis) -> None:
        """Owe nothing any more for calls that ended before then."""

        def act(t: Transaction) -> None:
            t.db.execute(
                """UPDATE announced SET told_end = 0 WHERE told_end IS NULL
                AND (SELECT ended_at FROM calls WHERE no = announced.call) < ?""",
                (ended_before,),
            )

        await self._write(act)

    async def end_notices_owed(
        self, ended: tuple[Millis, Millis], limit: int
    ) -> Sequence[tuple[CallId, str]]:
        """Return (call, device) for calls that ended between these instants and owe a notice."""
        return [
            (CallId(row[0]), row[1])
            for row in self._reader.all(
                """SELECT calls.id, device_id FROM announced
                JOIN calls ON calls.no = announced.call
                WHERE told_end IS NULL AND ended_at BETWEEN ? AND ?
                ORDER BY announced.call DESC LIMIT ?""",
                *ended, limit,
            )
        ]  # fmt: skip
