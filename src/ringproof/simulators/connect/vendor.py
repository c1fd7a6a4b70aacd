"""The vendor side of a simulator: it writes down what it receives and shows injected faults."""

import asyncio
from collections.abc import Callable

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ringproof.simulators.connect.requests import RequestLog
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

GARBAGE = Response("<html><body>It works!</body></html>", media_type="text/html")


class VendorSide:
    """An ASGI application around another one.

    `shape` makes the vendor's error answer out of an `Answer` fault.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        faults: Faults,
        requests: RequestLog,
        shape: Callable[[Answer], Response],
    ) -> None:
        self.app, self.faults, self.requests, self.shape = app, faults, requests, shape

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        body = await _read(receive)
        received = self.requests.note(scope["path"], scope["headers"], body)

        async def noted_send(message: Message) -> None:
            if message["type"] == "http.response.start":
                received.answer = message["status"]
            await send(message)

        fault = self.faults.take(scope["path"])
        await self._serve(fault, scope, _Replay(body, receive), noted_send)

    async def _serve(self, fault: Fault | None, scope: Scope, receive: Receive, send: Send) -> None:
        match fault:
            case Answer():
                await self.shape(fault)(scope, receive, send)
            case Garbage():
                await GARBAGE(scope, receive, send)
            case Reset():
                scope["extensions"]["tcp.reset"]["now"]()
                await _until_disconnect(receive)
            case Blackhole():
                await _until_disconnect(receive)
            case AcceptThenSilence():
                await self.app(scope, receive, _swallow)
                await _until_disconnect(receive)
            case Latency():
                await asyncio.sleep(fault.ms / 1000)
                await self.app(scope, receive, send)
            case _:
                await self.app(scope, receive, send)


class _Replay:
    """The body once more, and then whatever the connection has to say."""

    def __init__(self, body: bytes, receive: Receive) -> None:
        self._body: bytes | None = body
        self._receive = receive

    async def __call__(self) -> Message:
        body, self._body = self._body, None
        if body is None:
            return await self._receive()
        return {"type": "http.request", "body": body, "more_body": False}


async def _read(receive: Receive) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            return bytes(body)


async def _until_disconnect(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _swallow(message: Message) -> None:
    pass
