"""The agent's browser: what `agent.connect()` and the Contact Control Panel do."""

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.websockets import WebSocket

from ringproof.simulators.connect.behaviours import is_number
from ringproof.simulators.connect.contacts import Contact
from ringproof.simulators.connect.conversation import Message, converse
from ringproof.simulators.connect.desks import agent_of, snapshot
from ringproof.simulators.connect.exchange import Exchange
from ringproof.simulators.connect.gate import Gate, Verdict
from ringproof.simulators.connect.options import Queue

RING_TIMEOUT_S = 60
STOPPED = "OTHER"  # what the contact record says of a contact that StopContact ended
FAILED = "OUTBOUND_ATTEMPT_FAILED"


async def dial(request: Request, exchange: Exchange, gate: Gate) -> JSONResponse:
    """Accept a dial: `{}` means that the request was accepted, not that anybody answered."""
    try:
        body = await request.json()
    except ValueError:
        body = None
    if not isinstance(body, dict) or not isinstance(body.get("agentArn"), str):
        return _failure(400, "BadRequest", "agentArn, number and queueArn are needed")
    queue = exchange.options.queue(str(body.get("queueArn", exchange.options.queues[0].id)))
    if refusal := _refusal(body, queue, exchange):
        return refusal
    contact = Contact("OUTBOUND", body["number"], agent_arn=body["agentArn"], queue=queue)
    exchange.begin(contact)
    exchange.background.spawn(_whisper(contact, exchange, gate))
    return JSONResponse({})


async def sit(socket: WebSocket, exchange: Exchange) -> None:
    """Serve one tab of one agent until it closes."""
    await socket.accept()
    agent_arn = agent_of(socket)
    if not agent_arn:
        await socket.close(1008, "agentArn is needed")
        return
    tab = await exchange.desks.open(agent_arn)
    for contact in exchange.book.live():
        if contact.agent_arn == agent_arn:
            tab.put_nowait(snapshot(contact))
    try:
        await converse(socket, tab, _obey(agent_arn, exchange))
    finally:
        exchange.desks.close(agent_arn, tab)


def _obey(agent_arn: str, exchange: Exchange) -> Callable[[Message], None]:
    def obey(message: Message) -> None:
        contact = exchange.book.get(str(message.get("contactId")))
        if message.get("type") == "hangup" and contact and contact.agent_arn == agent_arn:
            exchange.finish(contact, "AGENT_DISCONNECT")

    return obey


async def _whisper(contact: Contact, exchange: Exchange, gate: Gate) -> None:
    """Run the outbound whisper flow up to where it makes the call."""
    verdict = Verdict(allow=True)
    if contact.queue and contact.queue.gated and exchange.options.gate_url:
        verdict = await gate.ask(contact)
    if not verdict.allow:
        exchange.finish(contact, STOPPED)
        return
    contact.attributes.update(verdict.attributes)
    caller_id = exchange.options.caller_id(contact.queue, verdict.caller_id)
    if not contact.live:
        return
    if caller_id is None:
        exchange.finish(contact, FAILED)
        return
    exchange.dial(contact, caller_id, RING_TIMEOUT_S)


def _refusal(body: dict[str, Any], queue: Queue | None, exchange: Exchange) -> JSONResponse | None:
    """Refuse what the private API behind the panel refuses."""
    number = body.get("number")
    if not is_number(number):
        return _failure(400, "BadEndpointException", "not a telephone number in E.164")
    if queue is None:
        return _failure(400, "InvalidQueueException", "the queue is not of this instance")
    if not exchange.options.outbound_calls or not exchange.options.may_dial(str(number)):
        return _failure(403, "UnsupportedCountryException", "calls to there are not allowed")
    if any(contact.agent_arn == body["agentArn"] for contact in exchange.book.live()):
        return _failure(409, "InvalidStateException", "the agent is on a contact")
    if exchange.full:
        return _failure(429, "LimitExceededException", "too many concurrent calls")
    return None


def _failure(status: int, kind: str, message: str) -> JSONResponse:
    return JSONResponse({"type": kind, "message": message}, status)
