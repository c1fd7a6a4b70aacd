"""Call it off, by the agent or by the clock."""

import structlog

from ringproof import metrics
from ringproof.core.call import Call, CallState, Outcome
from ringproof.core.contact_event import outcome_of
from ringproof.core.errors import Code, Refused
from ringproof.ports import Contact
from ringproof.usecases.conclude import concluded
from ringproof.usecases.desk import Desk

_log = structlog.get_logger()

_BEFORE_DIAL = frozenset({CallState.REQUESTED, CallState.ANNOUNCED})


async def cancel(desk: Desk, call: Call) -> Call:
    """
    Cancel a call on the agent's word.

    Before the dial that revokes the authorisation. A phone that is ringing is hung up. Once the
    customer has answered it is too late (TOO_LATE_TO_CANCEL): end the call in the softphone.
    """
    store = desk.ports.store
    moved = await store.advance(
        call.id, at=_BEFORE_DIAL, to=CallState.CANCELLED, now=desk.now(), code="agent"
    )
    if moved:
        return concluded(desk, moved)
    current = await store.call(call.id) or call
    if current.state is CallState.DIALED and current.contact_id:
        stopped = await desk.ports.dialer.stop(current.contact_id)
        said = "stopped" if stopped else "stop refused"
        return await store.note(call.id, "cancel", desk.now(), detail=said) or current
    if current.state.final:
        return current
    raise Refused(Code.TOO_LATE_TO_CANCEL, "The call is under way. Hang up in the softphone.")


async def sweep(desk: Desk) -> int:
    """
    Bring calls to an end that nobody else will, and return how many.

    Announced and never dialed: ABANDONED. Dialed or connected for long: Connect is asked; a call
    that Connect knows nothing of ends as UNCONFIRMED, with an alarm.
    """
    policy, now = desk.deployment.policy, desk.now()
    swept = 0
    for call in await desk.ports.store.unfinished(now - policy.abandon_grace):
        if call.state in _BEFORE_DIAL:
            swept += (
                await _abandon(desk, call) if now > call.dial_before + policy.abandon_grace else 0
            )
        elif now > (call.dialed_at or call.requested_at) + policy.unsettled_after:
            swept += await _ask_connect(desk, call)
    return swept


async def _abandon(desk: Desk, call: Call) -> bool:
    moved = await desk.ports.store.advance(
        call.id, at=_BEFORE_DIAL, to=CallState.ABANDONED, now=desk.now()
    )
    if moved:
        concluded(desk, moved)
    return moved is not None


async def _ask_connect(desk: Desk, call: Call) -> bool:
    contact = await desk.ports.dialer.describe(call.contact_id) if call.contact_id else None
    if contact and not contact.ended:
        return False
    moved = await desk.ports.store.advance(
        call.id,
        at={call.state},
        to=CallState.ENDED,
        now=desk.now(),
        outcome=_outcome(call, contact),
    )
    if moved is None:
        return False
    if contact is None:
        metrics.ALARMS.labels("call_without_contact").inc()
        _log.error("call_without_contact", call=call.id, contact=call.contact_id)
    concluded(desk, moved)
    return True


def _outcome(call: Call, contact: Contact | None) -> Outcome:
    if call.state is CallState.CONNECTED:
        return Outcome.ANSWERED
    return outcome_of(contact.disconnect_reason, answered=False) if contact else Outcome.UNCONFIRMED
