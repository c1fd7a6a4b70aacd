"""The receiver as a whole, on one port."""

import contextlib
import json
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from ringproof.simulators.faults import Answer, Faults
from ringproof.simulators.loopback import CORS, served
from ringproof.simulators.management import management_routes
from ringproof.simulators.recording import RequestLog
from ringproof.simulators.vendor_side import VendorSide
from ringproof.simulators.webhook.verification import Unverified, verify

SECRET = "whsec_c2ltdWxhdG9yc2ltdWxhdG9yc2ltdWxhdG9y"  # noqa: S105 (nobody else's)


@dataclass(frozen=True)
class WebhookOptions:
    """Whom to believe; port 0 takes any free one, *now* is in seconds."""

    secret: str = SECRET
    host: str = "127.0.0.1"
    port: int = 8407
    now: Callable[[], float] = field(default=time.time)


class WebhookSimulator:
    """A receiver that takes each message once; *messages* are those that it believed, by id."""

    def __init__(self, options: WebhookOptions | None = None) -> None:
        self.options = options or WebhookOptions()
        self.faults = Faults()
        self.requests = RequestLog()
        self.messages: dict[str, Any] = {}
        self.url = ""

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator["WebhookSimulator"]:
        """Serve until the block ends."""
        async with served(self._app(), self.options.host, self.options.port) as self.url:
            yield self

    async def receive(self, request: Request) -> Response:
        """Believe a message or answer 401; one that came before is taken and changes nothing."""
        body, options = await request.body(), self.options
        try:
            name = verify(request.headers, body, secret=options.secret, now=options.now())
        except Unverified as why:
            return JSONResponse({"error": str(why)}, 401)
        try:
            self.messages.setdefault(name, json.loads(body))
        except ValueError:
            return JSONResponse({"error": "the body is not JSON"}, 400)
        return Response(status_code=204)

    async def tell(self, _: Request) -> Response:
        """Show what was believed, oldest first."""
        shown = [{"id": name, "message": message} for name, message in self.messages.items()]
        return JSONResponse({"messages": shown})

    def _app(self) -> Starlette:
        receiver = Starlette(routes=[Route("/{path:path}", self.receive, methods=["POST"])])
        vendor = VendorSide(receiver, faults=self.faults, requests=self.requests, shape=_shape)
        routes = [
            *management_routes(self.faults, self.requests),
            Route("/sim/messages", self.tell),
            Mount("/", vendor),
        ]
        return Starlette(routes=routes, middleware=[CORS])


def _shape(_: str, fault: Answer) -> Response:
    headers = {} if fault.retry_after is None else {"retry-after": str(fault.retry_after)}
    return JSONResponse({"error": fault.reason}, fault.status, headers)
