"""Follow what Connect reports of a contact: answered, ended."""

import structlog

from ringproof.core.call import Call, CallState
from ringproof.core.contact_event import ContactEvent, ContactEventType, outcome_of
from ringproof.core.errors import DependencyDown
from ringproof.usecases.conclude import concluded
from ringproof.usecases.desk import Desk

_log = structlog.get_logger()


async def follow_contact(desk: Desk, event: ContactEvent) -> Call | None:
    """
    Move the call that this contact belongs to; None if it belongs to none.

    Events are unordered, repeated and sometimes missing: each move is a compare-and-set, so that a
    late or a second one changes nothing.
    """
    await desk.ports.store.heard_feed(desk.now())
    if event.type is None:
        return None
    call = await _call_of(desk, event)
    if call is None:
        return None
    match event.type:
        case ContactEventType.CONNECTED_TO_SYSTEM:
            return await _answered(desk, call)
        case ContactEventType.DISCONNECTED:
            return await _ended(desk, call, event)
        case _:
            return call


async def _call_of(desk: Desk, event: ContactEvent) -> Call | None:
    store = desk.ports.store
    if call := await store.call_of_contact(event.contact_id):
        return call
    if event.initiation_method != "API":
        return None
    # Ours, if Connect took the request and its answer was lost: the contact carries the call's id.
    contact = await desk.ports.dialer.describe(event.contact_id)
    if contact is None or contact.call_id is None:
        _log.warning("contact_without_call", contact=event.contact_id)
        return None
    return await store.bind_contact(contact.call_id, event.contact_id, desk.now())


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
    answered = current.state is CallState.CONNECTED
    reason = event.disconnect_reason or ("" if answered else await _reason(desk, event.contact_id))
    moved = await store.advance(
        call.id,
        at={current.state},
        to=CallState.ENDED,
        now=desk.now(),
        outcome=outcome_of(reason, answered=answered),
    )
    if moved is None:  # the answer came between our look and our move
        return await _ended(desk, call, event)
    return concluded(desk, moved)


async def _reason(desk: Desk, contact_id: str) -> str:
    """Ask why a contact ended unanswered: the event does not say, and the customer's card should."""
    try:
        contact = await desk.ports.dialer.describe(contact_id)
    except DependencyDown:
        return ""
    return contact.disconnect_reason if contact else ""
