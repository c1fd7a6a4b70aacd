"""Connect's API: AWS REST-JSON over HTTP, as botocore's `connect` client speaks it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ringproof.simulators.connect import outbound, records, shapes
from ringproof.simulators.connect.exchange import Exchange
from ringproof.simulators.connect.refusals import Refused, error_response
from ringproof.simulators.connect.sigv4 import check_signature
from ringproof.simulators.connect.throttle import TokenBucket
from ringproof.simulators.faults import Answer

Perform = Callable[[Exchange, dict[str, Any]], dict[str, Any]]


@dataclass(frozen=True)
class Operation:
    """One operation of the service model."""

    method: str
    path: str
    shape: shapes.Shape
    perform: Perform


OPERATIONS = (
    Operation(
        "PUT",
        "/contact/outbound-voice",
        shapes.START_OUTBOUND_VOICE_CONTACT,
        outbound.start_outbound_voice_contact,
    ),
    Operation("POST", "/contact/stop", shapes.STOP_CONTACT, records.stop_contact),
    Operation(
        "GET",
        "/contacts/{InstanceId}/{ContactId}",
        shapes.DESCRIBE_CONTACT,
        records.describe_contact,
    ),
    Operation(
        "GET",
        "/contact/attributes/{InstanceId}/{InitialContactId}",
        shapes.GET_CONTACT_ATTRIBUTES,
        records.get_contact_attributes,
    ),
    Operation(
        "POST",
        "/contact/attributes",
        shapes.UPDATE_CONTACT_ATTRIBUTES,
        records.update_contact_attributes,
    ),
)


def connect_api(exchange: Exchange) -> Starlette:
    """Build the application; every operation has a request quota of its own."""
    return Starlette(routes=[_route(operation, exchange) for operation in OPERATIONS])


def injected(_: str, fault: Answer) -> Response:
    """Answer with an injected error, in Connect's shape."""
    code = fault.reason or "InternalServiceException"
    return error_response(
        code, "Injected fault.", status=fault.status, retry_after=fault.retry_after
    )


def _route(operation: Operation, exchange: Exchange) -> Route:
    options = exchange.options
    bucket = TokenBucket(options.requests_per_second, options.burst)

    async def serve(request: Request) -> JSONResponse:
        try:
            params = await _admit(request, operation, exchange, bucket)
            return JSONResponse(operation.perform(exchange, params))
        except Refused as refused:
            return error_response(refused.code, refused.message)

    return Route(operation.path, serve, methods=[operation.method])


async def _admit(
    request: Request, operation: Operation, exchange: Exchange, bucket: TokenBucket
) -> dict[str, Any]:
    """Check identity, then quota, then form: the order of an AWS front end."""
    options, body = exchange.options, await request.body()
    now = datetime.now(UTC)
    check_signature(request, body, keys=options.access_keys, region=options.region, now=now)
    if not bucket.take():
        raise Refused("TooManyRequestsException", "Too Many Requests")
    params = {**_parse(body), **request.path_params}
    shapes.check_shape(operation.shape, params)
    if params["InstanceId"] not in (options.instance_id, options.instance_arn):
        raise Refused("ResourceNotFoundException", "Instance not found.")
    return params


def _parse(body: bytes) -> dict[str, Any]:
    try:
        params = json.loads(body or b"{}")
    except ValueError:
        raise Refused("SerializationException", "The body is not JSON.") from None
    if not isinstance(params, dict):
        raise Refused("SerializationException", "The body is not an object.")
    return params
