"""Follow what Connect reports of a contact: answered, ended."""

from ringproof.core.call import Call, CallState, Outcome
from ringproof.core.contact_event import ContactEvent, ContactEventType, outcome_of
from ringproof.core.errors import DependencyDown
from ringproof.core.time import SECOND, Millis
from ringproof.usecases.called_off import called_off, outcome_called_off
from ringproof.usecases.conclude import concluded
from ringproof.usecases.contact_owner import call_behind
from ringproof.usecases.desk import Desk

_HEARD_EVERY: Millis = 10 * SECOND


async def follow_contact(desk: Desk, event: ContactEvent) -> Call | None:
    """
    Move the call that this contact belongs to; None if it belongs to none.

    Events are unordered, repeated and sometimes missing: each move is a compare-and-set, so that a
    late or a second one changes nothing.
    """
    await hear_feed(desk, event.at)
    if event.type is ContactEventType.DISCONNECTED and not event.outbound:
        await desk.ports.store.inbound_ended(event.contact_id)
    if event.type is None or not event.outbound:
        return None
    call = await call_behind(desk, event)
    if call is None:
        return None
    match event.type:
        case ContactEventType.CONNECTED_TO_SYSTEM:
            return await _answered(desk, call)
        case ContactEventType.DISCONNECTED:
            return await _ended(desk, call, event)
        case _:
            return call


async def hear_feed(desk: Desk, at: Millis | None) -> None:
    """
    Record that the event feed lives; what comes hours late shows that it lived then.

    Once in a while: a busy feed would otherwise cost a write for each event, to say the same.
    """
    now = desk.now()
    heard, before = min(at or now, now), (await desk.ports.store.posture()).feed_at
    if before is None or heard >= before + _HEARD_EVERY:
        await desk.ports.store.heard_feed(heard)


async def _answered(desk: Desk, call: Call) -> Call:
    # Only CONNECTED_TO_SYSTEM: an agent's own dial reaches the agent long before the customer.
    moved = await desk.ports.store.advance(
        call.id, at={CallState.DIALED}, to=CallState.CONNECTED, now=desk.now()
    )
    return moved or call


async def _ended(desk: Desk, call: Call, event: ContactEvent) -> Call:
    store = desk.ports.store
    current = await store.call(call.id) or call
    if current.state not in (CallState.DIALED, CallState.CONNECTED):
        return current
    moved = await store.advance(
        call.id,
        at={current.state},
        to=CallState.ENDED,
        now=desk.now(),
        outcome=await _outcome(desk, current, event),
    )
    if moved is None:  # the answer came between our look and our move
        return await _ended(desk, call, event)
    return concluded(desk, moved)


async def _outcome(desk: Desk, call: Call, event: ContactEvent) -> Outcome:
    """Say what became of it; Connect is asked where the events do not tell."""
    if call.state is CallState.CONNECTED:
        return Outcome.ANSWERED
    try:
        contact = await desk.ports.dialer.describe(event.contact_id)
    except DependencyDown:
        contact = None
    if contact and contact.answered:  # its event was lost, or is late
        return Outcome.ANSWERED
    if off := await called_off(desk, call):
        return outcome_called_off(off)
    reason = event.disconnect_reason or (contact.disconnect_reason if contact else "")
    return outcome_of(reason, answered=False)
