"""Follow what Connect reports of a contact: answered, ended."""

import asyncio

import structlog

from ringproof import metrics
from ringproof.core.call import Call, CallState, Outcome
from ringproof.core.contact_event import ContactEvent, ContactEventType, outcome_of
from ringproof.core.errors import DependencyDown
from ringproof.core.time import SECOND, Millis
from ringproof.ports import Contact
from ringproof.usecases.called_off import called_off, outcome_called_off
from ringproof.usecases.conclude import concluded
from ringproof.usecases.desk import Desk

_HEARD_EVERY: Millis = 10 * SECOND
_OWN_ANSWER_WITHIN = 2.0
"""Seconds. Connect's event of our own request may be here before its answer to the request."""

_log = structlog.get_logger()


async def follow_contact(desk: Desk, event: ContactEvent) -> Call | None:
    """
    Move the call that this contact belongs to; None if it belongs to none.

    Events are unordered, repeated and sometimes missing: each move is a compare-and-set, so that a
    late or a second one changes nothing. An outbound contact that belongs to no call is remembered
    until it ends: while it may be ringing a customer, nobody may be told that it is not us.
    """
    await hear_feed(desk, event.at)
    if event.type is None or not event.outbound:
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


async def hear_feed(desk: Desk, at: Millis | None) -> None:
    """
    Record that the event feed lives; what comes hours late shows that it lived then.

    Once in a while: a busy feed would otherwise cost a write for each event, to say the same.
    """
    now = desk.now()
    heard, before = min(at or now, now), (await desk.ports.store.posture()).feed_at
    if before is None or heard >= before + _HEARD_EVERY:
        await desk.ports.store.heard_feed(heard)


async def _call_of(desk: Desk, event: ContactEvent) -> Call | None:
    if call := await desk.ports.store.call_of_contact(event.contact_id):
        return call
    if event.type is ContactEventType.DISCONNECTED:
        await desk.ports.store.end_unmatched(event.contact_id)
    elif _before_the_gate(event):
        return None
    elif event.type is ContactEventType.INITIATED:
        desk.background.start(_look_again(desk, event), f"contact {event.contact_id}")
        return None
    return await _described_call(desk, event)


async def _look_again(desk: Desk, event: ContactEvent) -> None:
    # DescribeContact has 2 requests a second for all: not one for each call of our own.
    await asyncio.sleep(_OWN_ANSWER_WITHIN)
    if await desk.ports.store.call_of_contact(event.contact_id) is None:
        await _described_call(desk, event)


async def _described_call(desk: Desk, event: ContactEvent) -> Call | None:
    """Ask Connect what this contact is: ours, whose answer was lost, or nobody's."""
    contact = await _described(desk, event)
    if contact and (ours := await _bound(desk, contact)):
        return ours
    if event.type is not ContactEventType.DISCONNECTED:
        await _unmatched(desk, event, contact)
    return None


def _before_the_gate(event: ContactEvent) -> bool:
    # An agent's own dial reaches the agent, and the gate, before it rings anybody.
    return (
        event.initiation_method == "OUTBOUND"
        and event.type is not ContactEventType.CONNECTED_TO_SYSTEM
    )


async def _described(desk: Desk, event: ContactEvent) -> Contact | None:
    try:
        return await desk.ports.dialer.describe(event.contact_id)
    except DependencyDown:
        if event.type is not ContactEventType.DISCONNECTED:
            await desk.ports.store.add_unmatched(event.contact_id, None, desk.now())
        raise


async def _bound(desk: Desk, contact: Contact) -> Call | None:
    """
    Bind a contact to the call that it says it is, if it calls that number from ours.

    Ours, when Connect took a request and its answer was lost: the contact carries the call's id. An
    attribute is no proof, and anybody with access to the instance can write one.
    """
    call = await desk.ports.store.call(contact.call_id) if contact.call_id else None
    if call is None or contact.customer != call.dest or contact.system not in {None, call.orig}:
        return None
    return await desk.ports.store.bind_contact(call.id, contact.id, desk.now())


async def _unmatched(desk: Desk, event: ContactEvent, contact: Contact | None) -> None:
    number = contact.customer if contact else None
    await desk.ports.store.add_unmatched(event.contact_id, number, desk.now())
    metrics.ALARMS.labels("contact_without_call").inc()
    _log.warning("contact_without_call", contact=event.contact_id, method=event.initiation_method)


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
