"""Place a call: prove, then dial."""

import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from ringproof.core.call import Call, CallId, CallState, DialMode
from ringproof.core.errors import Code, Refused
from ringproof.core.people import Agent, Customer, Device
from ringproof.core.phone import E164, masked, parse_number, region_of
from ringproof.core.policy import check_caps, check_hours, minimum_for
from ringproof.core.reasons import Reason
from ringproof.ports import Announced, Opened, OpenVerdict, RequestKey
from ringproof.usecases.announce import announce
from ringproof.usecases.desk import Desk
from ringproof.usecases.dial import dial
from ringproof.usecases.switch import kill

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class CallRequest:
    """
    What an agent asks for. *phone* only selects among the customer's stored numbers.

    *asserted_by* is the server that asks in the agent's name, None if the agent does.
    """

    agent: Agent
    customer_id: str
    mode: DialMode
    phone: str | None = None
    reason: str | None = None
    call_id: CallId | None = None
    key: RequestKey | None = None
    asserted_by: str | None = None


async def request_call(desk: Desk, request: CallRequest) -> Call:
    """
    Look everything up, check the policy, and store the call before any effect.

    A repeat of a request gets the call that the first one made. Refused says why there is none.
    """
    store = desk.ports.store
    if request.key and (repeated := await store.repeated(request.key)):
        return _opened(repeated)
    if (await store.posture()).killed:
        raise Refused(Code.KILL_SWITCH)
    customer = await store.customer(request.customer_id)
    if customer is None:
        raise Refused(Code.UNKNOWN_CUSTOMER, "There is no such customer.", field="customerId")
    call = await _drafted(desk, request, customer)
    devices = reachable(desk, await store.devices(customer.id))
    await check_allowed(desk, customer, request.agent, devices)
    announced = [Announced(device.id, str(uuid.uuid4())) for device in devices]
    opened = await store.open_call(call, announced, request.key, request.asserted_by)
    if opened.verdict is OpenVerdict.ID_TAKEN and await _own(desk, call):
        opened = Opened(OpenVerdict.MISMATCH)
    return _opened(opened)


async def _own(desk: Desk, call: Call) -> bool:
    """True when the id is taken by another call of the same agent: that may be told."""
    taken = await desk.ports.store.call(call.id)
    return taken is not None and taken.agent_id == call.agent_id


async def carry_out(desk: Desk, call: Call, agent: Agent) -> Call:
    """
    Take a call as far as it goes without somebody else: announced for the agent's browser, or dialed.

    Safe to repeat, and to run twice at once: each step is a compare-and-set, and a device knows a
    second announcement by its `jti`.
    """
    call = await desk.ports.store.call(call.id) or call
    if call.state.announcing and (await desk.ports.store.posture()).killed:
        return await kill(desk, call)
    if call.state is CallState.REQUESTED:
        call = await announce(desk, call, agent, await desk.ports.store.devices(call.customer_id))
        _log.info("announced", call=call.id, state=call.state, assurance=call.assurance.wire)
    if call.state is CallState.ANNOUNCED and call.mode is DialMode.SERVER:
        call = await dial(desk, call, agent)
    return call


def reachable(desk: Desk, devices: Sequence[Device]) -> list[Device]:
    """Choose the devices that would show a push, by a service that we have a channel to."""
    return [each for each in devices if each.reachable and each.push_service in desk.ports.push]


async def check_allowed(
    desk: Desk, customer: Customer, agent: Agent, reachable: Sequence[Device]
) -> None:
    """Refuse a call to this customer, by this agent, that the policy does not want now."""
    now, policy = desk.now(), desk.deployment.policy
    if not reachable:
        raise Refused(
            Code.NO_REACHABLE_DEVICE,
            "No device of this customer can be notified. Ask them to open the app, or write to them.",
        )
    check_hours(policy, customer.zone, now)
    since = (now - policy.customer_period, now - policy.agent_period)
    to_customer, by_agent = await desk.ports.store.count_calls(
        customer_id=customer.id, agent_id=agent.id, since=since
    )
    check_caps(policy, to_customer=to_customer, by_agent=by_agent)


async def caller_id(desk: Desk) -> E164:
    """Return the number to be shown; it must be the bank's, and not inbound-only."""
    outbound = [each.phone for each in await desk.ports.store.numbers() if not each.inbound_only]
    chosen = desk.deployment.caller_id or next(iter(outbound), None)
    if chosen not in outbound or chosen is None:
        raise Refused(
            Code.NO_CALLER_ID,
            "No outbound number of the bank is set up. Ask your administrator to import one.",
        )
    return chosen


async def _drafted(desk: Desk, request: CallRequest, customer: Customer) -> Call:
    now, deployment = desk.now(), desk.deployment
    reason = await _reason(desk, request.reason)
    orig = await caller_id(desk)
    return Call(
        id=request.call_id or CallId(str(uuid.uuid4())),
        customer_id=customer.id,
        agent_id=request.agent.id,
        mode=request.mode,
        orig=orig,
        dest=_selected(customer, request.phone),
        queue=deployment.queue,
        reason=reason.code,
        crn=reason.text(customer.language, deployment.default_language),
        match_code=f"{secrets.randbelow(100):02d}",
        minimum=minimum_for(deployment.policy, reason),
        requested_at=now,
        dial_before=now + deployment.policy.dial_within,
    )


def _selected(customer: Customer, phone: str | None) -> E164:
    if phone is None:
        return customer.phone(None)
    # A CRM may hold a number as people write it at home: read it where the customer's own is.
    return customer.phone(parse_number(phone, region_of(customer.phones[0])))


async def _reason(desk: Desk, code: str | None) -> Reason:
    reasons = await desk.ports.store.reasons()
    reason = reasons.get(code or desk.deployment.default_reason)
    if reason is None:
        known = ", ".join(sorted(reasons)) or "none; ask your administrator to import some"
        raise Refused(Code.UNKNOWN_REASON, f"Known reasons: {known}.", field="reason")
    return reason


def _opened(opened: Opened) -> Call:
    match opened.verdict:
        case OpenVerdict.OPENED | OpenVerdict.REPEATED if opened.call is not None:
            if opened.verdict is OpenVerdict.OPENED:
                call = opened.call
                _log.info("requested", call=call.id, agent=call.agent_id, dest=masked(call.dest))
            return opened.call
        case OpenVerdict.MISMATCH:
            raise Refused(
                Code.IDEMPOTENCY_MISMATCH,
                "This key was used for another request. Use a new one.",
                field="callId",
            )
        case OpenVerdict.ID_TAKEN:
            raise Refused(Code.NOT_FOUND, "There is no such call of yours.", field="callId")
        case _:
            raise Refused(
                Code.CALL_IN_PROGRESS,
                "A call to this customer is already under way. Wait until it has ended.",
            )
