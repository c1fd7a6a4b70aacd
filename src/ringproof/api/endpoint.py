"""From a request to its answer: who asks, how often, what was said; then the handler."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from ringproof.api import body
from ringproof.api.authenticate import authenticate, count_forgery
from ringproof.api.route import Ask, Route
from ringproof.api.service import Service
from ringproof.api.wire.shape import Nothing
from ringproof.core.errors import Code, Refused

_NO_BODY = (204, 205, 304)


class Endpoint:
    """One path with its methods: an ASGI app."""

    def __init__(self, service: Service, routes: Sequence[Route]) -> None:
        self._service = service
        self._by_method = {route.method: route for route in routes}
        if "GET" in self._by_method:
            self._by_method["HEAD"] = self._by_method["GET"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        route = self._by_method.get(request.method)
        if route is None:
            raise MethodNotAllowed(sorted(self._by_method))
        response = await answer(self._service, route, request)
        await response(scope, receive, send)


class MethodNotAllowed(Refused):
    """Refuse a method; *allowed* are the others (RFC 9110 §15.5.6)."""

    def __init__(self, allowed: Sequence[str]) -> None:
        self.allowed = ", ".join(allowed)
        super().__init__(Code.METHOD_NOT_ALLOWED, f"This address takes {self.allowed}.")


async def answer(service: Service, route: Route, request: Request) -> Response:
    """Carry one request out. Who asks is settled before anything that they send is read."""
    address = request.client.host if request.client else ""
    who = await authenticate(service, route, request.headers, address)
    said = await _said(service, route, request)
    ask = Ask(
        service=service, who=who, said=said, path=_path(request), headers=request.headers,
        address=address, request_id=request.state.request_id,
    )  # fmt: skip
    try:
        return _written(route, await route.handle(ask))
    except Refused as refused:
        count_forgery(service, route, refused.code, address)
        raise


async def _said(service: Service, route: Route, request: Request) -> Any:
    limit = service.settings.max_import if route.large else service.settings.max_body
    # Not request.url, which puts the whole address together to give its query.
    asked = request.scope["query_string"].decode("latin-1")
    query = body.read_query(asked, route.query or Nothing)
    if route.signed:
        return await body.read_bytes(request, (body.JOSE,), limit)
    if route.body is None:
        return query
    return body.read_json(await body.read_bytes(request, route.takes, limit), route.body)


def _path(request: Request) -> Mapping[str, str]:
    # SQLite's text ends at NUL for some of its functions; no id of ours has one.
    if any("\0" in value for value in request.path_params.values()):
        raise Refused(Code.NOT_FOUND, "There is no such thing.")
    return request.path_params


def _written(route: Route, answered: Any) -> Response:
    if isinstance(answered, Response):
        return answered
    if answered is None:
        return Response(status_code=route.status if route.status in _NO_BODY else 204)
    return Response(msgspec.json.encode(answered), route.status, {"Content-Type": body.JSON})
