"""Routes of the agent's desktop: who the agent is, whom they may call, and why."""

from collections.abc import Sequence
from datetime import UTC, datetime

from ringproof.api.auth.callers import AgentCaller
from ringproof.api.route import Ask, Audience, Route
from ringproof.api.sentences import SENTENCES
from ringproof.api.wire import agents as wire
from ringproof.api.wire.shape import Nothing
from ringproof.core.call import Call
from ringproof.core.errors import Code, Refused
from ringproof.core.people import Agent, Customer, Device
from ringproof.core.receipt import Evt
from ringproof.core.time import Millis, rfc3339
from ringproof.usecases.desk import Desk
from ringproof.usecases.place_call import caller_id, check_allowed

_MOST_FOUND = 20
_MOST_RECENT = 5


async def me(ask: Ask[AgentCaller, Nothing]) -> wire.Me:
    """Say who the agent is, and how this deployment dials."""
    agent, settings = ask.who.require_agent(), ask.service.settings
    return wire.Me(
        agent_id=agent.id,
        name=agent.name,
        display_name=agent.display_name,
        roles=sorted(ask.who.roles & {"agent", "supervisor", "admin"}),
        dial_mode=settings.dial_mode,
        photo=f"{ask.service.desk.deployment.photos}/{agent.photo}" if agent.photo else None,
        connect_user_arn=agent.connect_user_arn,
        queue_arn=ask.service.desk.deployment.queue,
    )


async def search(ask: Ask[AgentCaller, wire.CustomerSearch]) -> wire.CustomerRows:
    """Find customers by part of a name, an id, or a number; each search is recorded, and capped."""
    agent, desk = ask.who.require_agent(), ask.service.desk
    ask.service.limiter.take(ask.service.settings.rate_search, "search", agent.id)
    found = await desk.ports.store.find_customers(ask.said.q, _MOST_FOUND)
    await desk.ports.store.record_search(agent.id, len(found), desk.now())
    return wire.CustomerRows(customers=[row(each) for each in found])


def row(customer: Customer) -> wire.CustomerRow:
    """Write a customer as a search finds them."""
    return wire.CustomerRow(
        customer_id=customer.id, name=customer.name, phones=list(customer.phones),
        language=customer.language, time_zone=customer.time_zone,
    )  # fmt: skip


async def verified_status(ask: Ask[AgentCaller, Nothing]) -> wire.VerifiedStatus:
    """Say what the agent should know before the press; each look is recorded, and they are capped."""
    agent, desk = ask.who.require_agent(), ask.service.desk
    ask.service.limiter.take(ask.service.settings.rate_look_up, "look up", agent.id)
    store, now = desk.ports.store, desk.now()
    customer = await store.customer(ask.path["customerId"])
    if customer is None:
        raise Refused(Code.UNKNOWN_CUSTOMER, "There is no such customer.")
    await store.record_look_up(agent.id, customer.id, now)
    devices = await store.devices(customer.id)
    recent = await store.recent_calls(customer.id, _MOST_RECENT)
    local = datetime.fromtimestamp(now / 1_000, UTC).astimezone(customer.zone)
    return wire.VerifiedStatus(
        customer_id=customer.id,
        name=customer.name,
        language=customer.language,
        time_zone=customer.time_zone,
        local_time=local.isoformat(timespec="milliseconds"),
        phones=list(customer.phones),
        devices=[_device(each, now, desk.deployment.policy.new_device) for each in devices],
        last_receipt=await _last_receipt(desk, recent),
        calling=await _calling(desk, customer, agent, devices),
        recent_calls=[_recent(each) for each in recent],
    )


def _device(device: Device, now: Millis, new_for: Millis) -> wire.CustomerDevice:
    return wire.CustomerDevice(
        device_id=device.id,
        platform=device.platform,
        push_service=device.push_service,
        reachable=device.reachable,
        notifications=device.notifications,
        app_version=device.app_version,
        enrolled_at=rfc3339(device.enrolled_at),
        last_seen_at=rfc3339(device.last_seen_at) if device.last_seen_at is not None else None,
        is_new=now - device.enrolled_at < new_for,
    )


async def _last_receipt(desk: Desk, recent: Sequence[Call]) -> wire.LastReceipt | None:
    for call in recent:
        if seen := await desk.ports.store.receipts(call.id):
            return wire.LastReceipt(evt=Evt(seen[-1].evt), at=rfc3339(seen[-1].at))
    return None


async def _calling(
    desk: Desk, customer: Customer, agent: Agent, devices: Sequence[Device]
) -> wire.Calling:
    """Ask what a press would be refused for, in the order in which it would be."""
    store = desk.ports.store
    try:
        if (await store.posture()).killed:
            raise Refused(Code.KILL_SWITCH)  # noqa: TRY301
        await caller_id(desk)
        await check_allowed(desk, customer, agent, [each for each in devices if each.reachable])
        if await store.concerning(customer.id, customer.phones, desk.now()):
            raise Refused(Code.CALL_IN_PROGRESS)  # noqa: TRY301
    except Refused as refused:
        detail = refused.detail or SENTENCES[refused.code]
        return wire.Calling(allowed=False, code=refused.code, detail=detail)
    return wire.Calling(allowed=True, code=None, detail=None)


def _recent(call: Call) -> wire.RecentCall:
    return wire.RecentCall(
        call_id=call.id, state=call.state, outcome=call.outcome, at=rfc3339(call.requested_at),
        reason=call.reason,
    )  # fmt: skip


async def reasons(ask: Ask[AgentCaller, wire.ReasonsFor]) -> wire.Reasons:
    """Return the catalogue in one language."""
    deployment = ask.service.desk.deployment
    language = ask.said.language or deployment.default_language
    catalogue = await ask.service.desk.ports.store.reasons()
    return wire.Reasons(
        default=deployment.default_reason,
        reasons=[
            wire.ReasonRow(
                code=each.code,
                text=each.text(language, deployment.default_language),
                minimum_assurance=each.minimum.wire if each.minimum is not None else None,
            )
            for each in catalogue.values()
        ],
    )


ROUTES = (
    Route(
        method="GET", path="/me", audience=Audience.AGENT, handle=me, answer=wire.Me,
        codes=frozenset({Code.INVALID_REQUEST}), summary="Who I am",
    ),
    Route(
        method="GET", path="/customers", audience=Audience.AGENT, handle=search,
        query=wire.CustomerSearch, answer=wire.CustomerRows, summary="Find customers",
    ),
    Route(
        method="GET", path="/customers/{customerId}/verified-status", audience=Audience.AGENT,
        handle=verified_status, answer=wire.VerifiedStatus,
        codes=frozenset({Code.UNKNOWN_CUSTOMER, Code.INVALID_REQUEST}),
        summary="A customer's devices, and whether calling is allowed now",
    ),
    Route(
        method="GET", path="/reasons", audience=Audience.AGENT, handle=reasons,
        query=wire.ReasonsFor, answer=wire.Reasons, summary="Why one may call",
    ),
)  # fmt: skip
