"""Bring to an end what nobody else will, by the clock."""

from collections.abc import Awaitable, Callable

import structlog

from ringproof import metrics
from ringproof.core.call import Call, CallState, Outcome
from ringproof.core.contact_event import outcome_of
from ringproof.core.errors import DependencyDown
from ringproof.core.time import HOUR, MINUTE
from ringproof.ports import Contact
from ringproof.usecases.conclude import concluded, notify_again
from ringproof.usecases.desk import Desk
from ringproof.usecases.report_violation import tell_alerts

_log = structlog.get_logger()

_BEFORE_DIAL = frozenset({CallState.REQUESTED, CallState.ANNOUNCED})
_NOTICES_AT_ONCE = 100


async def sweep(desk: Desk) -> int:
    """
    End calls that are stuck, send the end notices that are owed, bind all chains together.

    Announced and never dialed: ABANDONED. Dialed or connected for long: Connect is asked; a call that
    Connect knows nothing of ends as UNCONFIRMED, with an alarm. Return how many calls were ended. One
    call that cannot be settled now does not keep the others waiting.
    """
    policy, now = desk.deployment.policy, desk.now()
    stuck = await desk.ports.store.unfinished(now - policy.abandon_grace)
    lapsed = [
        call
        for call in stuck
        if call.state in _BEFORE_DIAL and now > call.dial_before + policy.abandon_grace
    ]
    unsettled = [
        call
        for call in stuck
        if call.dialed_at is not None and now > call.dialed_at + policy.unsettled_after
    ]
    swept = [await _tried(desk, call, _abandon) for call in lapsed]
    swept += [await _tried(desk, call, _ask_connect) for call in unsettled]
    await _notify(desk)
    await tell_alerts(desk)
    await desk.ports.store.checkpoint(now)
    return sum(swept)


async def _notify(desk: Desk) -> None:
    """Send the end notices again that were lost with a process, a signer or a push service."""
    now = desk.now()
    await desk.ports.store.forgive_end_notices(now - HOUR)
    ended = (now - HOUR, now - MINUTE)
    for call_id, device_id in await desk.ports.store.end_notices_owed(ended, _NOTICES_AT_ONCE):
        await notify_again(desk, call_id, device_id)


async def _tried(desk: Desk, call: Call, end: Callable[[Desk, Call], Awaitable[bool]]) -> bool:
    try:
        return await end(desk, call)
    except DependencyDown as down:
        _log.warning("not_swept", call=call.id, down=down.what, detail=down.detail)
        return False


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
    if contact is None:
        return Outcome.UNCONFIRMED
    return outcome_of(contact.disconnect_reason, answered=contact.answered)
