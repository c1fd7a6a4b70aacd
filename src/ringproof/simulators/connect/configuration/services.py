"""One endpoint for four services: a request belongs to the service that it is signed for."""

import re
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Router
from starlette.types import ASGIApp, Receive, Scope, Send

from ringproof.simulators.connect import api
from ringproof.simulators.connect.configuration import aws_lambda, iam, quotas
from ringproof.simulators.connect.configuration.rest import connect_reads
from ringproof.simulators.connect.exchange import Exchange
from ringproof.simulators.faults import Answer, Faults
from ringproof.simulators.recording import RequestLog
from ringproof.simulators.vendor_side import VendorSide

SCOPE = re.compile(r"Credential=[^/]+/\d+/[\w-]+/(?P<service>[\w-]+)/")
# These say at "/" what they are asked to do; faults and the record of requests go by path.
ONE_PATH = frozenset({"iam", "servicequotas"})

Shape = Callable[[str, Answer], Response]


def services(exchange: Exchange, faults: Faults, requests: RequestLog) -> ASGIApp:
    """Serve Connect, Lambda, Service Quotas and IAM, with the same faults and the same record."""
    options = exchange.options
    connect = Router(connect_reads(options), default=api.connect_api(exchange))

    def side(app: ASGIApp, shape: Shape) -> ASGIApp:
        return VendorSide(app, faults=faults, requests=requests, shape=shape)

    sides = {
        "connect": side(connect, api.injected),
        "lambda": side(aws_lambda.lambda_api(options), aws_lambda.injected),
        "servicequotas": side(quotas.quotas_api(options), quotas.injected),
        "iam": side(iam.iam_api(options), iam.injected),
    }

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        service = _service(Request(scope))
        if service in ONE_PATH:
            scope = {**scope, "path": f"/{service}"}  # the signature is over raw_path
        await sides.get(service, sides["connect"])(scope, receive, send)

    return serve


def _service(request: Request) -> str:
    found = SCOPE.search(request.headers.get("authorization", ""))
    return found["service"] if found else "connect"
