"""Dial an announced call through Connect, once."""

import asyncio

import structlog

from ringproof import metrics
from ringproof.core.call import Call, CallState, Outcome
from ringproof.core.errors import Code, DependencyDown
from ringproof.core.people import Agent
from ringproof.core.time import SECOND
from ringproof.ports import Dial, DialOutcome, DialVerdict
from ringproof.usecases.called_off import called_off, outcome_called_off
from ringproof.usecases.conclude import concluded
from ringproof.usecases.desk import Desk
from ringproof.usecases.lead import observe_lead
from ringproof.usecases.switch import kill

_log = structlog.get_logger()

_BETWEEN_THROTTLES = 0.6
"""Seconds. Connect's default quota is 2 requests a second: half a second refills one."""

_CODES = {
    DialVerdict.THROTTLED: Code.DIALER_THROTTLED,
    DialVerdict.LIMIT: Code.DIALER_LIMIT,
    DialVerdict.DESTINATION_NOT_ALLOWED: Code.DESTINATION_NOT_ALLOWED,
    DialVerdict.NOT_PERMITTED: Code.OUTBOUND_NOT_PERMITTED,
    DialVerdict.REFUSED: Code.DIALER_REFUSED,
    DialVerdict.DOWN: Code.DIALER_DOWN,
}


async def dial(desk: Desk, call: Call, agent: Agent) -> Call:
    """
    Move an announced call to DIALED, durably, and only then ask Connect for it.

    Should this process die in between, the call is settled later from Connect's events and records;
    it is never asked for again blindly.
    """
    store, now = desk.ports.store, desk.now()
    if now >= call.dial_before:
        return await _lapsed(desk, call)
    dialed = await store.advance(call.id, at={CallState.ANNOUNCED}, to=CallState.DIALED, now=now)
    if dialed is None:
        killed = (await store.posture()).killed
        return await kill(desk, call) if killed else await store.call(call.id) or call
    await observe_lead(desk, dialed)
    return await _settle(desk, dialed, await _asked_for(desk, dialed, agent))


async def _asked_for(desk: Desk, call: Call, agent: Agent) -> DialOutcome:
    request = Dial(
        call.id, call.orig, call.dest, call.queue, agent.connect_user_arn, agent.display_name
    )
    while True:
        outcome = await desk.ports.dialer.dial(request)
        metrics.DIALS.labels(outcome.verdict).inc()
        _log.info(
            "dial",
            call=call.id,
            verdict=outcome.verdict,
            reason=outcome.reason,
            contact=outcome.contact_id,
        )
        # Only a definite no, and time left, make a second request safe.
        if outcome.verdict is not DialVerdict.THROTTLED:
            return outcome
        if desk.now() + _BETWEEN_THROTTLES * SECOND >= call.dial_before:
            return outcome
        await asyncio.sleep(_BETWEEN_THROTTLES)
        if await called_off(desk, call):
            return outcome


async def _settle(desk: Desk, call: Call, outcome: DialOutcome) -> Call:
    store, now = desk.ports.store, desk.now()
    if outcome.verdict is DialVerdict.ACCEPTED and outcome.contact_id:
        return await _taken(desk, call, outcome.contact_id)
    if outcome.verdict in (DialVerdict.UNCONFIRMED, DialVerdict.ACCEPTED):
        noted = await store.note(
            call.id, "unconfirmed", now, detail=outcome.reason,
            outcome=Outcome.UNCONFIRMED, code=Code.DIAL_UNCONFIRMED,
        )  # fmt: skip
        return noted or call
    off = await called_off(desk, call)
    ended = await store.advance(
        call.id, at={CallState.DIALED}, to=CallState.ENDED, now=now,
        outcome=outcome_called_off(off) if off else Outcome.FAILED,
        code=off or _CODES[outcome.verdict],
    )  # fmt: skip
    return concluded(desk, ended) if ended else await store.call(call.id) or call


async def _taken(desk: Desk, call: Call, contact_id: str) -> Call:
    store, bound = desk.ports.store, None
    try:
        bound = await store.bind_contact(call.id, contact_id, desk.now())
    except DependencyDown as down:
        # The phone rings all the same, and the agent must see that. Connect's next event binds it.
        _log.error("contact_not_bound", call=call.id, contact=contact_id, store=down.detail)
    current = bound or await store.call(call.id) or call
    # A no that came while Connect was being asked had no contact to hang up.
    if current.state is CallState.DIALED and await called_off(desk, current):
        await desk.ports.dialer.stop(contact_id)
    return current


async def _lapsed(desk: Desk, call: Call) -> Call:
    moved = await desk.ports.store.advance(
        call.id,
        at={CallState.ANNOUNCED},
        to=CallState.ABANDONED,
        now=desk.now(),
        code=Code.ANNOUNCED_TOO_LATE,
    )
    return concluded(desk, moved) if moved else await desk.ports.store.call(call.id) or call
