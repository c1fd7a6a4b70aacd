"""PutEvents over AWS JSON 1.1, on one port."""

import contextlib
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from ringproof.simulators.connect.refusals import STATUSES, Refused
from ringproof.simulators.connect.sigv4 import check_signature
from ringproof.simulators.eventbridge.entries import read_entries, result
from ringproof.simulators.faults import Answer, Faults
from ringproof.simulators.loopback import CORS, served
from ringproof.simulators.management import management_routes
from ringproof.simulators.recording import RequestLog
from ringproof.simulators.vendor_side import VendorSide

TARGET = "AWSEvents.PutEvents"
SERVICE = "events"
JSON_1_1 = "application/x-amz-json-1.1"


@dataclass(frozen=True)
class EventBridgeOptions:
    """Which buses there are, in which Region, and who may put events on them."""

    host: str = "127.0.0.1"
    port: int = 8406
    region: str = "eu-west-2"
    buses: frozenset[str] = frozenset({"default"})
    access_keys: Mapping[str, str] = field(default_factory=lambda: {"simulator": "simulator"})


class EventBridgeSimulator:
    """EventBridge on this machine; *events* are the entries that it took, with their ids."""

    def __init__(self, options: EventBridgeOptions | None = None) -> None:
        self.options = options or EventBridgeOptions()
        self.faults = Faults()
        self.requests = RequestLog()
        self.events: list[dict[str, Any]] = []
        self.url = ""

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator["EventBridgeSimulator"]:
        """Serve until the block ends."""
        async with served(self._app(), self.options.host, self.options.port) as self.url:
            yield self

    async def serve(self, request: Request) -> Response:
        """Check identity, then form, then each entry."""
        options, body = self.options, await request.body()
        try:
            check_signature(
                request, body, keys=options.access_keys, region=options.region,
                now=datetime.now(UTC), service=SERVICE,
            )  # fmt: skip
            return _json(self._put_events(read_entries(_parsed(request, body))))
        except Refused as refused:
            return _error(refused.code, refused.message, STATUSES.get(refused.code, 400))

    async def tell(self, _: Request) -> Response:
        """Show what was taken, oldest first."""
        return JSONResponse({"events": self.events})

    def _put_events(self, entries: list[dict[str, Any]]) -> dict[str, Any]:
        results = [result(entry, self.options.buses) for entry in entries]
        for entry, each in zip(entries, results, strict=True):
            if "EventId" in each:
                self.events.append({**entry, **each})
        failed = sum("ErrorCode" in each for each in results)
        return {"FailedEntryCount": failed, "Entries": results}

    def _app(self) -> Starlette:
        api = Starlette(routes=[Route("/", self.serve, methods=["POST"])])
        vendor = VendorSide(api, faults=self.faults, requests=self.requests, shape=_shape)
        routes = [
            *management_routes(self.faults, self.requests),
            Route("/sim/events", self.tell),
            Mount("/", vendor),
        ]
        return Starlette(routes=routes, middleware=[CORS])


def _parsed(request: Request, body: bytes) -> dict[str, Any]:
    if request.headers.get("x-amz-target") != TARGET:
        raise Refused("UnknownOperationException", "")
    try:
        params = json.loads(body)
    except ValueError:
        raise Refused("SerializationException", "The body is not JSON.") from None
    if not isinstance(params, dict):
        raise Refused("SerializationException", "The body is not an object.")
    return params


def _shape(_: str, fault: Answer) -> Response:
    """
    Answer with an injected error; with status 200 the request succeeds, and its one entry does not.

    That is how EventBridge throttles, and fails inside (API_PutEventsResultEntry).
    """
    code = fault.reason or "InternalFailure"
    if fault.status == 200:  # noqa: PLR2004
        entry = {"ErrorCode": code, "ErrorMessage": "Injected fault."}
        return _json({"FailedEntryCount": 1, "Entries": [entry]})
    return _error(code, "Injected fault.", fault.status)


def _error(code: str, message: str, status: int) -> Response:
    return _json({"__type": code, "message": message}, status)


def _json(body: dict[str, Any], status: int = 200) -> Response:
    return JSONResponse(body, status, media_type=JSON_1_1)
