"""Routes of the agent's desktop: place, watch and cancel calls."""

import asyncio
import hashlib
import re
from typing import Any

import msgspec
import structlog

from ringproof.api import body
from ringproof.api.auth.callers import AgentCaller, is_own_id, named_agent
from ringproof.api.call_view import call_view
from ringproof.api.route import Ask, Audience, Handler, Route
from ringproof.api.wire import agents as wire
from ringproof.api.wire.shape import Nothing
from ringproof.core.call import Call, CallId, DialMode
from ringproof.core.errors import Code, Refused
from ringproof.core.people import Agent, same_id
from ringproof.ports import RequestKey
from ringproof.usecases.cancel import cancel
from ringproof.usecases.place_call import CallRequest

_log = structlog.get_logger()
_C = Code
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

Order = Ask[AgentCaller, wire.CallOrder]


async def initiate(ask: Order) -> wire.CallView:
    """Announce, and dial as the deployment says: by this server, or by the agent's browser."""
    return await _place(ask, ask.service.settings.dial_mode, "initiate-verified-call")


async def send_push(ask: Order) -> wire.CallView:
    """Announce and authorise; the agent's browser dials."""
    return await _place(ask, DialMode.AGENT, "send-push")


async def _place(ask: Order, mode: DialMode, route: str) -> wire.CallView:
    agent = await _agent_for(ask)
    key = _key_of(ask)
    request = CallRequest(
        agent=agent,
        customer_id=ask.said.customer_id,
        mode=mode,
        phone=ask.said.phone,
        reason=ask.said.reason,
        call_id=CallId(ask.said.call_id.lower()) if ask.said.call_id else None,
        key=RequestKey(agent.id, route, key, digest(ask.said)) if key else None,
        asserted_by=ask.who.asserted_by,
    )
    call = await ask.service.placing.place(request)
    return await call_view(ask.service.desk.ports.store, await _current(ask, call))


async def _agent_for(ask: Order) -> Agent:
    """Return who calls: the token's own agent, or the one that a trusted server names."""
    written = ask.said.agent_id
    if ask.who.asserted_by and ask.who.agent is None and written:
        named = await named_agent(ask.service.desk.ports.store, written)
        ask.service.limiter.take(ask.service.settings.rate_agent, Audience.AGENT, named.id)
        return named
    agent = ask.who.require_agent()
    if written is not None and not is_own_id(agent, written):
        raise Refused(_C.NOT_YOUR_AGENT, "agentId is not yours.", field="agentId")
    return agent


def _key_of(ask: Order) -> str | None:
    header = ask.headers.get("idempotency-key")
    header = header.strip().strip('"').lower() if header else None
    if header is not None and not _UUID.fullmatch(header):
        raise Refused(
            _C.INVALID_REQUEST, "Idempotency-Key must be a UUID.", field="Idempotency-Key"
        )
    chosen = ask.said.call_id.lower() if ask.said.call_id else None
    if header and chosen and header != chosen:
        raise Refused(
            _C.IDEMPOTENCY_MISMATCH, "Idempotency-Key and callId differ. Send one, or the same."
        )
    return chosen or header


def digest(order: wire.CallOrder) -> bytes:
    """Hash what the request means: ids as CRMs write them are the same id."""
    meaning = [same_id(order.customer_id), order.phone, order.reason, same_id(order.agent_id or "")]
    return hashlib.sha256(msgspec.json.encode(meaning)).digest()


async def look(ask: Ask[AgentCaller, wire.CallPoll]) -> wire.CallView:
    """Return the call; with *wait*, as soon as it is newer than *after*."""
    call = await _own(ask)
    if ask.said.wait and call.version <= ask.said.after and not call.state.final:
        call = await _newer(ask, call) or call
    return await call_view(ask.service.desk.ports.store, call)


async def _newer(ask: Ask[AgentCaller, wire.CallPoll], call: Call) -> Call | None:
    store, said = ask.service.desk.ports.store, ask.said
    waiting = asyncio.ensure_future(store.wait(call.id, said.after, said.wait))
    closing = asyncio.ensure_future(ask.service.closing.wait())
    try:
        await asyncio.wait({waiting, closing}, return_when=asyncio.FIRST_COMPLETED)
        return waiting.result() if waiting.done() else None
    finally:
        waiting.cancel()
        closing.cancel()


async def cancel_call(ask: Ask[AgentCaller, Nothing]) -> wire.CallView:
    """Call it off."""
    call = await cancel(ask.service.desk, await _own(ask))
    return await call_view(ask.service.desk.ports.store, call)


async def hint_contact(ask: Ask[AgentCaller, wire.ContactHint]) -> None:
    """Take down which contact the browser got; the gate and the ledger decide, not this."""
    call, desk = await _own(ask), ask.service.desk
    await desk.ports.store.hint_contact(call.id, ask.said.contact_id.lower(), desk.now())


async def _own(ask: Ask[AgentCaller, Any]) -> Call:
    """Find the agent's own call; another's is not there at all."""
    agent = ask.who.require_agent()
    call = await ask.service.desk.ports.store.call(CallId(ask.path["callId"].lower()))
    if call is None or call.agent_id != agent.id:
        raise Refused(_C.NOT_FOUND, "There is no such call of yours.")
    return call


async def _current(ask: Order, call: Call) -> Call:
    return await ask.service.desk.ports.store.call(call.id) or call


_REFUSED = frozenset(
    {
        _C.NOT_FOUND, _C.IDEMPOTENCY_MISMATCH, _C.UNKNOWN_CUSTOMER,
        _C.NUMBER_INVALID, _C.NUMBER_NOT_CUSTOMERS, _C.NO_CALLER_ID, _C.UNKNOWN_REASON,
        _C.KILL_SWITCH, _C.NO_REACHABLE_DEVICE, _C.CALL_IN_PROGRESS, _C.QUIET_HOURS,
        _C.CUSTOMER_CAP, _C.AGENT_CAP,
    }
)  # fmt: skip


def _placing(path: str, handle: Handler, summary: str) -> Route:
    return Route(
        method="POST", path=path, audience=Audience.AGENT, handle=handle, summary=summary,
        body=wire.CallOrder, answer=wire.CallView, codes=_REFUSED,
        # The note's own fetch() sends a string, which browsers label text/plain. That opens no door
        # to other sites: nothing happens without the bearer header, which no form or link can send.
        takes=(body.JSON, body.TEXT),
    )  # fmt: skip


_OWN = frozenset({_C.NOT_FOUND, _C.INVALID_REQUEST})

ROUTES = (
    _placing("/initiate-verified-call", initiate, "Announce a call, then dial"),
    _placing("/send-push", send_push, "Announce a call; the agent's browser dials"),
    Route(
        method="GET", path="/calls/{callId}", audience=Audience.AGENT, handle=look,
        query=wire.CallPoll, answer=wire.CallView, codes=_OWN, summary="Look at a call, or wait for it",
    ),
    Route(
        method="POST", path="/calls/{callId}/cancel", audience=Audience.AGENT, handle=cancel_call,
        answer=wire.CallView, codes=_OWN | {_C.TOO_LATE_TO_CANCEL}, summary="Cancel a call",
    ),
    Route(
        method="POST", path="/calls/{callId}/contact", audience=Audience.AGENT,
        handle=hint_contact, body=wire.ContactHint, status=204, codes=_OWN,
        summary="Say which contact the browser got",
    ),
)  # fmt: skip
