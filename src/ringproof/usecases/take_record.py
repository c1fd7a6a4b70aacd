"""Take a contact record: the last and surest word on a contact."""

import asyncio
from collections import Counter
from collections.abc import Iterable

from ringproof.core.call import Call, CallState, Outcome
from ringproof.core.contact_event import outcome_of
from ringproof.core.contact_record import ContactRecord, dials
from ringproof.core.violation import FoundBy
from ringproof.ports import Standing
from ringproof.usecases.called_off import called_off, outcome_called_off
from ringproof.usecases.conclude import concluded
from ringproof.usecases.desk import Desk
from ringproof.usecases.reconcile import Judged, reconcile

_AT_ONCE = 256


async def take_record(desk: Desk, record: ContactRecord) -> Judged | None:
    """
    Judge a record, and end the call whose events were lost.

    The same record again, or an older one, changes nothing.
    """
    judged = await reconcile(desk, record, FoundBy.RECORD)
    if not dials(record.method):
        await desk.ports.store.inbound_ended(record.contact_id)
    if judged is None:
        return None
    await desk.ports.store.end_unmatched(record.contact_id)
    if judged and judged.call and judged.standing is not Standing.CHAIN:
        await _settled(desk, judged.call, record)
    return judged


async def take_all(desk: Desk, records: Iterable[ContactRecord]) -> Counter[str]:
    """
    Take many records, so many at once that they share commits; return how many were of which standing.

    Memory is bounded: no more records are held than are being taken.
    """
    taken: Counter[str] = Counter()
    source = iter(records)

    async def worker() -> None:
        for record in source:
            judged = await take_record(desk, record)
            taken[judged.standing if judged else "no dial"] += 1

    async with asyncio.TaskGroup() as group:
        for _ in range(_AT_ONCE):
            group.create_task(worker())
    return taken


async def _settled(desk: Desk, call: Call, record: ContactRecord) -> None:
    if call.contact_id != record.contact_id or not record.ended:
        return
    store = desk.ports.store
    current = await store.call(call.id) or call
    while current.state in (CallState.DIALED, CallState.CONNECTED):
        moved = await store.advance(
            call.id,
            at={current.state},
            to=CallState.ENDED,
            now=desk.now(),
            outcome=await _outcome(desk, current, record),
        )
        if moved:
            concluded(desk, moved)
            return
        current = await store.call(call.id) or call


async def _outcome(desk: Desk, call: Call, record: ContactRecord) -> Outcome:
    if record.answered or call.state is CallState.CONNECTED:
        return Outcome.ANSWERED
    if off := await called_off(desk, call):
        return outcome_called_off(off)
    return outcome_of(record.disconnect_reason, answered=False)
