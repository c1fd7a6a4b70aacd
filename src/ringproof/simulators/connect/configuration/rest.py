"""The operations of REST-JSON that only read: Connect's own, and Lambda's GetPolicy."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ringproof.simulators.connect.configuration import people, routes, service
from ringproof.simulators.connect.configuration.found import Params
from ringproof.simulators.connect.configuration.pages import page
from ringproof.simulators.connect.options import ConnectOptions
from ringproof.simulators.connect.refusals import Refused, error_response
from ringproof.simulators.connect.sigv4 import check_signature
from ringproof.simulators.connect.throttle import TokenBucket


@dataclass(frozen=True)
class Described:
    """An operation that answers with one thing, under *key*."""

    path: str
    key: str
    find: Callable[[ConnectOptions, Params], Any]


@dataclass(frozen=True)
class Listed:
    """An operation that answers with a list under *key*, at most *longest* at a time."""

    path: str
    key: str
    longest: int
    items: Callable[[ConnectOptions, Params], Sequence[Any]]


READS: tuple[Described | Listed, ...] = (
    Listed("/queues-summary/{InstanceId}", "QueueSummaryList", 1000, routes.queues),
    Described("/queues/{InstanceId}/{QueueId}", "Queue", routes.queue),
    Listed(
        "/queues/{InstanceId}/{QueueId}/quick-connects",
        "QuickConnectSummaryList",
        100,
        routes.quick_connects,
    ),
    Described("/contact-flows/{InstanceId}/{ContactFlowId}", "ContactFlow", routes.flow),
    Listed(
        "/routing-profiles-summary/{InstanceId}",
        "RoutingProfileSummaryList",
        1000,
        routes.routing_profiles,
    ),
    Described(
        "/routing-profiles/{InstanceId}/{RoutingProfileId}",
        "RoutingProfile",
        routes.routing_profile,
    ),
    Listed(
        "/routing-profiles/{InstanceId}/{RoutingProfileId}/queues",
        "RoutingProfileQueueConfigSummaryList",
        100,
        routes.routing_profile_queues,
    ),
    Listed(
        "/security-profiles-summary/{InstanceId}",
        "SecurityProfileSummaryList",
        1000,
        people.security_profiles,
    ),
    Listed(
        "/security-profiles-permissions/{InstanceId}/{SecurityProfileId}",
        "Permissions",
        1000,
        people.permissions,
    ),
    Listed("/users-summary/{InstanceId}", "UserSummaryList", 1000, people.users),
    Described("/users/{InstanceId}/{UserId}", "User", people.user),
    Listed("/instance/{InstanceId}/approved-origins", "Origins", 25, service.origins),
    Listed("/instance/{InstanceId}/lambda-functions", "LambdaFunctions", 25, service.functions),
    Listed("/instance/{InstanceId}/storage-configs", "StorageConfigs", 10, service.storage),
    Described("/instance/{InstanceId}/attribute/{AttributeType}", "Attribute", service.attribute),
)


def connect_reads(options: ConnectOptions) -> list[Route]:
    """Serve what Connect tells of its configuration; each operation has a quota of its own."""
    return [_route(read, options) for read in READS]


def _route(read: Described | Listed, options: ConnectOptions) -> Route:
    bucket = TokenBucket(options.requests_per_second, options.burst)

    async def serve(request: Request) -> Response:
        try:
            await _admit(request, options, bucket)
            params = {**request.query_params, **request.path_params}
            return JSONResponse(_answer(read, options, params))
        except Refused as refused:
            return error_response(refused.code, refused.message)

    return Route(read.path, serve, methods=["GET"])


async def _admit(request: Request, options: ConnectOptions, bucket: TokenBucket) -> None:
    body, now = await request.body(), datetime.now(UTC)
    check_signature(request, body, keys=options.access_keys, region=options.region, now=now)
    if not bucket.take():
        raise Refused("TooManyRequestsException", "Too Many Requests")
    if request.path_params["InstanceId"] not in (options.instance_id, options.instance_arn):
        raise Refused("ResourceNotFoundException", "Instance not found.")


def _answer(read: Described | Listed, options: ConnectOptions, params: Params) -> dict[str, Any]:
    if isinstance(read, Described):
        return {read.key: read.find(options, params)}
    wanted = _most(params.get("maxResults"), read.longest)
    longest = min(read.longest, options.configuration.page)
    found, token = page(read.items(options, params), params.get("nextToken"), wanted, longest)
    return {read.key: list(found), **({"NextToken": token} if token else {})}


def _most(text: str | None, longest: int) -> int:
    if text is None:
        return longest
    if not text.isdecimal() or not 1 <= int(text) <= longest:
        raise Refused("InvalidParameterException", f"MaxResults must be from 1 to {longest}.")
    return int(text)
