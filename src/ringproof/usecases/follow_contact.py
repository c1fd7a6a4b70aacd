"""Follow what Connect reports of a contact: answered, ended."""

import asyncio
from dataclasses import replace

import structlog

from ringproof import metrics
from ringproof.core.call import Call, CallState, Outcome
from ringproof.core.contact_event import ContactEvent, ContactEventType, outcome_of
from ringproof.core.contact_record import ContactRecord
from ringproof.core.errors import DependencyDown
from ringproof.core.time import SECOND, Millis
from ringproof.core.violation import Done, FoundBy
from ringproof.ports import Contact, Standing
from ringproof.usecases.called_off import called_off, outcome_called_off
from ringproof.usecases.conclude import concluded
from ringproof.usecases.desk import Desk
from ringproof.usecases.reconcile import claimed, reconcile

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
    if event.type is ContactEventType.DISCONNECTED and not event.outbound:
        await desk.ports.store.inbound_ended(event.contact_id)
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
    if await _judged_before(desk, event) or _before_the_gate(desk, event):
        return None
    if event.type is ContactEventType.INITIATED and event.initiation_method == "API":
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
    record = _record_of(event, contact, desk.now())
    if ours := await claimed(desk, record):
        return ours
    if event.type is not ContactEventType.DISCONNECTED:
        await _unmatched(desk, event, contact)
    await reconcile(desk, record, FoundBy.EVENT)
    return None


async def _judged_before(desk: Desk, event: ContactEvent) -> bool:
    """
    Look whether the gate, or an earlier event, has said what this contact is.

    Connect is not asked again, unless it went on to a customer whom the gate had kept it from.
    """
    known = await desk.ports.store.violation(event.contact_id)
    if known is not None:
        if event.answered and known.done is Done.BLOCKED:
            await reconcile(desk, _record_of(event, None, desk.now()), FoundBy.EVENT)
        return True
    seen = await desk.ports.store.contact_seen(event.contact_id)
    return seen is not None and seen.standing is not Standing.VIOLATION


def _before_the_gate(desk: Desk, event: ContactEvent) -> bool:
    # An agent's own dial reaches the agent, and the gate of our queue, before it rings anybody.
    return (
        event.initiation_method == "OUTBOUND"
        and event.queue in {None, desk.deployment.queue}
        and event.type in (ContactEventType.INITIATED, ContactEventType.CONNECTED_TO_AGENT)
    )


def _record_of(event: ContactEvent, contact: Contact | None, now: Millis) -> ContactRecord:
    at = event.at or now
    told = ContactRecord(
        contact_id=event.contact_id,
        initial_id=event.initial_id or event.contact_id,
        method=event.initiation_method,
        at=at,
        updated_at=at,
        agent_arn=event.agent_arn,
        queue=event.queue,
        answered=event.answered,
        ended=event.type is ContactEventType.DISCONNECTED,
        disconnect_reason=event.disconnect_reason,
    )
    if contact is None:
        return told
    return replace(
        told,
        initial_id=contact.initial_id or told.initial_id,
        number=contact.customer,
        dialed=contact.dialed or contact.customer or "",
        shown=contact.system,
        agent_arn=contact.agent_arn or told.agent_arn,
        queue=contact.queue or told.queue,
        claims=contact.call_id,
        answered=contact.answered or told.answered,
        ended=contact.ended or told.ended,
    )


async def _described(desk: Desk, event: ContactEvent) -> Contact | None:
    try:
        return await desk.ports.dialer.describe(event.contact_id)
    except DependencyDown:
        if event.type is not ContactEventType.DISCONNECTED:
            await desk.ports.store.add_unmatched(event.contact_id, None, desk.now())
        raise


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
