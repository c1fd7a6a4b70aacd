"""Find out whose contact an event is about: a call of ours, or something that must be judged."""

import asyncio
from dataclasses import replace

import structlog

from ringproof import metrics
from ringproof.core.call import Call
from ringproof.core.contact_event import ContactEvent, ContactEventType
from ringproof.core.contact_record import ContactRecord
from ringproof.core.errors import DependencyDown
from ringproof.core.time import Millis
from ringproof.core.violation import Done, FoundBy
from ringproof.ports import Contact, Standing
from ringproof.usecases.desk import Desk
from ringproof.usecases.reconcile import claimed, reconcile

_OWN_ANSWER_WITHIN = 2.0
"""Seconds. Connect's event of our own request may be here before its answer to the request."""
_NO_CUSTOMERS = frozenset({Standing.MANUAL, Standing.EMERGENCY})

_log = structlog.get_logger()


async def call_behind(desk: Desk, event: ContactEvent) -> Call | None:
    """
    Find the call that an event's contact is; None if it is none.

    A contact that is no call of ours is judged, and remembered until it ends: while it may be ringing
    a customer, nobody may be told that it is not us.
    """
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
        await desk.ports.store.add_unmatched(event.contact_id, record.number, desk.now())
    judged = await reconcile(desk, record, FoundBy.EVENT)
    if judged and judged.standing in _NO_CUSTOMERS:
        await desk.ports.store.end_unmatched(event.contact_id)
    elif event.type is not ContactEventType.DISCONNECTED:
        metrics.ALARMS.labels("contact_without_call").inc()
        _log.warning(
            "contact_without_call", contact=event.contact_id, method=event.initiation_method
        )
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


async def _described(desk: Desk, event: ContactEvent) -> Contact | None:
    try:
        return await desk.ports.dialer.describe(event.contact_id)
    except DependencyDown:
        if event.type is not ContactEventType.DISCONNECTED:
            await desk.ports.store.add_unmatched(event.contact_id, None, desk.now())
        raise


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
