"""The agent's browser: what `agent.connect()` and the Contact Control Panel do."""

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from ringproof.simulators.connect import panel
from ringproof.simulators.connect.conversation import Message, converse
from ringproof.simulators.connect.desks import agent_of, snapshot
from ringproof.simulators.connect.exchange import Exchange

Do = Callable[[Exchange, dict[str, Any]], None]


def browser_routes(exchange: Exchange) -> list[BaseRoute]:
    """Serve the agents' browsers."""

    async def desk(socket: WebSocket) -> None:
        await sit(socket, exchange)

    return [
        _route("/browser/dial", panel.dial, exchange),
        _route("/browser/add", panel.add, exchange),
        _route("/browser/callback", panel.call_back, exchange),
        WebSocketRoute("/browser", desk),
    ]


def _route(path: str, do: Do, exchange: Exchange) -> Route:
    """Accept what is asked: `{}` means that it was accepted, not that anybody answered."""

    async def serve(request: Request) -> Response:
        try:
            body = await request.json()
        except ValueError:
            body = None
        try:
            do(exchange, body if isinstance(body, dict) else {})
        except panel.PanelRefused as no:
            return JSONResponse({"type": no.kind, "message": no.message}, no.status)
        return JSONResponse({})

    return Route(path, serve, methods=["POST"])


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
        elif message.get("type") == "status" and isinstance(message.get("status"), str):
            status = exchange.desks.set_status(agent_arn, message["status"])
            exchange.background.spawn(status)

    return obey
