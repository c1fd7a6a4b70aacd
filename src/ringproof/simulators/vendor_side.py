"""The vendor side of an HTTP/1.1 simulator: it records what comes and shows injected faults."""

import asyncio
from collections.abc import Callable

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ringproof.simulators.faults import (
    AcceptThenSilence,
    Answer,
    Blackhole,
    Fault,
    Faults,
    Garbage,
    Latency,
    Reset,
)
from ringproof.simulators.recording import RequestLog

GARBAGE = Response("<html><body>It works!</body></html>", media_type="text/html")


class VendorSide:
    """Wrap the ASGI application that does what the vendor does.

    *shape* turns an `Answer` fault into the vendor's error response.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        faults: Faults,
        requests: RequestLog,
        shape: Callable[[str, Answer], Response],
    ) -> None:
        self._app, self._faults, self._requests, self._shape = app, faults, requests, shape

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = await _read(receive)
        received = self._requests.note(scope["path"], scope["headers"], body)

        async def noted_send(message: Message) -> None:
            if message["type"] == "http.response.start":
                received.answer = message["status"]
            await send(message)

        fault = self._faults.take(scope["path"])
        await self._serve(fault, scope, _replay(body, receive), noted_send)

    async def _serve(self, fault: Fault | None, scope: Scope, receive: Receive, send: Send) -> None:
        match fault:
            case Answer():
                await self._shape(scope["path"], fault)(scope, receive, send)
            case Garbage():
                await GARBAGE(scope, receive, send)
            case Reset():
                scope["extensions"]["tcp.reset"]["now"]()
                await _disconnected(receive)
            case Blackhole():
                await _disconnected(receive)
            case AcceptThenSilence():
                await self._app(scope, receive, _swallow)
                await _disconnected(receive)
            case Latency():
                await asyncio.sleep(fault.ms / 1000)
                await self._app(scope, receive, send)
            case _:
                await self._app(scope, receive, send)


def _replay(body: bytes, receive: Receive) -> Receive:
    """Give the body once more, and then whatever the connection has to say."""
    unread: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive_again() -> Message:
        return unread.pop() if unread else await receive()

    return receive_again


async def _read(receive: Receive) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            return bytes(body)


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _swallow(message: Message) -> None:
    pass
