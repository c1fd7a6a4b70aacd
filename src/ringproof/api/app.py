"""The ASGI application: every route, and what stands around them."""

from collections.abc import Iterable
from urllib.parse import urlsplit

import msgspec
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.routing import BaseRoute, Router
from starlette.routing import Route as StarletteRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from ringproof.api import (
    admin,
    agents,
    connect,
    customers,
    handsets,
    my_violations,
    supervisors,
    wellknown,
)
from ringproof.api.endpoint import Endpoint
from ringproof.api.middleware import Problems, RequestIds, SecurityHeaders
from ringproof.api.openapi import openapi
from ringproof.api.pages import page_routes
from ringproof.api.route import Ask, Audience, Route
from ringproof.api.service import Service
from ringproof.api.wire.shape import Nothing
from ringproof.core.errors import Code, Refused
from ringproof.settings import Settings

ROUTES: tuple[Route, ...] = (
    *agents.ROUTES,
    *my_violations.ROUTES,
    *customers.ROUTES,
    *handsets.ROUTES,
    *supervisors.ROUTES,
    *admin.ROUTES,
    *connect.ROUTES,
    *wellknown.ROUTES,
)

_FOR_BROWSERS = ["Authorization", "Content-Type", "Idempotency-Key", "X-Request-Id"]
_SEEN_BY_BROWSERS = ["X-Request-Id", "Retry-After", "WWW-Authenticate"]


def create_app(service: Service) -> ASGIApp:
    """Build the application; it has no state but the service's, and no life cycle of its own."""
    settings = service.settings
    described = (*ROUTES, _description(settings.public_url))
    router = Router(
        [*_routed(service, described), *page_routes(settings, service.desk.ports.store)],
        redirect_slashes=False,
        default=_nothing_here,
    )
    app: ASGIApp = Problems(router)
    app = CORSMiddleware(
        app, allow_origins=_callers(settings), allow_methods=["GET", "POST", "PUT", "DELETE"],
        allow_headers=_FOR_BROWSERS, expose_headers=_SEEN_BY_BROWSERS, max_age=600,
    )  # fmt: skip
    app = SecurityHeaders(app, https=urlsplit(settings.public_url).scheme == "https")
    return RequestIds(app)


def _callers(settings: Settings) -> list[str]:
    """List the origins whose pages may call the API."""
    dynamics = settings.dynamics_origin
    return [*settings.cors_origins, *([dynamics] if dynamics else [])]


def _routed(service: Service, routes: Iterable[Route]) -> list[BaseRoute]:
    by_path: dict[str, list[Route]] = {}
    for route in routes:
        by_path.setdefault(route.path, []).append(route)
    # In order of the table: /devices/challenge stands before /devices/{deviceId}.
    return [
        StarletteRoute(path, _Named(path, Endpoint(service, each)))
        for path, each in by_path.items()
    ]


class _Named:
    """Tell the access log which route it was."""

    def __init__(self, path: str, app: ASGIApp) -> None:
        self._path = path
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["route_path"] = self._path
        await self._app(scope, receive, send)


def _description(server: str) -> Route:
    document = b""

    async def describe(_: Ask[None, Nothing]) -> Response:
        """Describe this API."""
        headers = {"Cache-Control": "public, max-age=60", "Access-Control-Allow-Origin": "*"}
        return Response(document, headers=headers, media_type="application/json")

    route = Route(
        method="GET", path="/openapi.json", audience=Audience.PUBLIC, handle=describe,
        answer=bytes, codes=frozenset({Code.INVALID_REQUEST}), summary="This description",
    )  # fmt: skip
    document = msgspec.json.encode(openapi((*ROUTES, route), server))
    return route


async def _nothing_here(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001
    raise Refused(Code.NOT_FOUND, "There is nothing here. See /openapi.json.")
