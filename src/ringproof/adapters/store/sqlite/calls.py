"""The ledger of calls: what changes it, each act in one transaction."""

from collections.abc import Collection, Sequence

from ringproof.adapters.store import ledger
from ringproof.adapters.store.sqlite.changes import hold, hold_by_id, insert, write
from ringproof.adapters.store.sqlite.database import Database
from ringproof.adapters.store.sqlite.requests import answered, remember
from ringproof.adapters.store.sqlite.writer import Transaction
from ringproof.core.call import Assurance, Call, CallId, CallState, Outcome
from ringproof.core.time import Millis
from ringproof.ports import Announced, Opened, OpenVerdict, RequestKey

_KILLED = "SELECT 1 FROM posture WHERE killed"
_HINTED = "SELECT 1 FROM events WHERE call = ? AND kind = 'contact_hint' AND detail = ?"


class CallActs(Database):
    """What happens to calls."""

    async def open_call(
        self,
        call: Call,
        announced: Sequence[Announced],
        key: RequestKey | None,
        asserted_by: str | None = None,
    ) -> Opened:
        """Store a new call, whom it will be announced to, and the request's key, all or nothing."""
        begun = ledger.opened(call, announced, asserted_by)

        def act(t: Transaction) -> Opened:
            if key and (before := answered(t.db, key)):
                return before
            no = insert(t, begun)
            if no is None:
                return Opened(_objection(t, call))
            t.db.executemany(
                "INSERT INTO announced (call, device_id, jti) VALUES (?, ?, ?)",
                [(no, each.device_id, each.jti) for each in announced],
            )
            if key:
                remember(t.db, key, no, call.requested_at)
            return Opened(OpenVerdict.OPENED, call)

        return await self._write(act)

    async def advance(
        self,
        call_id: CallId,
        *,
        at: Collection[CallState],
        to: CallState,
        now: Millis,
        assurance: Assurance | None = None,
        outcome: Outcome | None = None,
        code: str | None = None,
        contact_id: str | None = None,
    ) -> Call | None:
        """Move a call; also None if *contact_id* is another call's, or not the one it has."""
        ledger.check_moves(at, to)

        def act(t: Transaction) -> Call | None:
            held = hold_by_id(t, call_id)
            if held is None or held.call.state not in at:
                return None
            if to is CallState.DIALED and t.db.execute(_KILLED).fetchone():
                return None
            change = ledger.moved(
                held.call, to, now,
                assurance=assurance, outcome=outcome, code=code, contact_id=contact_id,
            )  # fmt: skip
            return write(t, held, change) if change else None

        return await self._write(act)

    async def bind_contact(self, call_id: CallId, contact_id: str, now: Millis) -> Call | None:
        """Record which contact a dialed call became; its own contact again changes nothing."""

        def act(t: Transaction) -> Call | None:
            held = hold_by_id(t, call_id)
            if held is None or held.call.contact_id == contact_id:
                return held.call if held else None
            change = ledger.bound(held.call, contact_id, now)
            return write(t, held, change) if change else None

        return await self._write(act)

    async def hint_contact(self, call_id: CallId, contact_id: str, now: Millis) -> None:
        """Append which contact a browser says it got, once, while the call is not over."""

        def act(t: Transaction) -> None:
            held = hold_by_id(t, call_id)
            if held is None or held.call.state.final:
                return
            if t.db.execute(_HINTED, (held.no, contact_id)).fetchone() is None:
                write(t, held, ledger.noted(held.call, "contact_hint", now, detail=contact_id))

        await self._write(act)

    async def note(
        self,
        call_id: CallId,
        kind: str,
        now: Millis,
        *,
        device_id: str | None = None,
        detail: str = "",
        outcome: Outcome | None = None,
        code: str | None = None,
    ) -> Call | None:
        """Append an event that moves nothing; None if there is no such call."""

        def act(t: Transaction) -> Call | None:
            held = hold_by_id(t, call_id)
            if held is None:
                return None
            change = ledger.noted(
                held.call, kind, now,
                device_id=device_id, detail=detail, outcome=outcome, code=code,
            )  # fmt: skip
            return write(t, held, change)

        return await self._write(act)


def _objection(t: Transaction, call: Call) -> OpenVerdict:
    if hold_by_id(t, call.id):
        return OpenVerdict.ID_TAKEN
    if hold(t, "WHERE customer_id = ? AND ended_at IS NULL", call.customer_id):
        return OpenVerdict.CUSTOMER_BUSY
    return OpenVerdict.NUMBER_BUSY
