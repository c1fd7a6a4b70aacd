"""Around every answer: the request's id, security headers, and problems for whatever went wrong."""

import re
import time
import uuid
from collections.abc import Mapping

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ringproof.api.endpoint import MethodNotAllowed
from ringproof.api.limiter import RateLimited
from ringproof.api.problems import problem
from ringproof.api.sentences import SENTENCES
from ringproof.core.errors import Code, DependencyDown, Refused
from ringproof.core.time import Millis, rfc3339

_log = structlog.get_logger()
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
_RETRY_AFTER = 2
_QUIET_PATHS = frozenset({"/healthz", "/metrics"})


class RequestIds:
    """Give each request an id, take over a proxy's, and log what came of it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _request_id(Headers(scope=scope))
        scope.setdefault("state", {})["request_id"] = request_id
        began, status = time.perf_counter_ns(), 0

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-Id"] = request_id
            await send(message)

        with structlog.contextvars.bound_contextvars(request=request_id):
            try:
                await self._app(scope, receive, sent)
            finally:
                _log_access(scope, status, (time.perf_counter_ns() - began) // 1_000_000)


def _request_id(headers: Headers) -> str:
    given = headers.get("x-request-id", "")
    return given if _REQUEST_ID.fullmatch(given) else str(uuid.uuid4())


def _log_access(scope: Scope, status: int, millis: Millis) -> None:
    # The route's pattern, not the path: a path may hold a customer's id, and a query a name.
    route = scope.get("route_path", "unknown")
    write = _log.debug if route in _QUIET_PATHS else _log.info
    write("request", method=scope["method"], route=route, status=status, ms=millis)


class SecurityHeaders:
    """Set what a browser should be told, unless the answer itself says otherwise."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self._app = app
        headers = {
            "x-content-type-options": "nosniff",
            "referrer-policy": "no-referrer",
            "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
            "cross-origin-resource-policy": "same-origin",
            "cache-control": "no-store",
        }
        if https:
            headers["strict-transport-security"] = "max-age=63072000; includeSubDomains"
        self._headers = [(name.encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = {name for name, _ in message["headers"]}  # ASGI's names are in lower case
                message["headers"].extend(each for each in self._headers if each[0] not in said)
            await send(message)

        await self._app(scope, receive, sent if scope["type"] == "http" else send)


class Problems:
    """Answer every refusal, failure and bug with its problem."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def sent(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, sent)
        except Exception as error:
            if started:
                raise
            response = rendered(error, scope["state"]["request_id"])
            await response(scope, receive, send)


def rendered(error: Exception, request_id: str) -> Response:
    """Say what went wrong, as far as the asker may know it."""
    match error:
        case Refused():
            return _refused(error, request_id)
        case DependencyDown():
            _log.warning("dependency_down", what=error.what, detail=error.detail)
            return problem(
                Code.DEPENDENCY_DOWN, f"{SENTENCES[Code.DEPENDENCY_DOWN]} ({error.what})",
                request_id, headers={"Retry-After": str(_RETRY_AFTER)}, retry_after=_RETRY_AFTER,
            )  # fmt: skip
        case HTTPException():
            code = {404: Code.NOT_FOUND, 405: Code.METHOD_NOT_ALLOWED}.get(error.status_code)
            code = code or Code.INVALID_REQUEST
            return problem(code, SENTENCES[code], request_id, headers=error.headers)
        case _:
            _log.error("bug", exc_info=error)
            return problem(Code.INTERNAL, SENTENCES[Code.INTERNAL], request_id)


def _refused(refused: Refused, request_id: str) -> Response:
    _log.info("refused", code=refused.code, field=refused.field)
    now = rfc3339(time.time_ns() // 1_000_000) if refused.code is Code.CLOCK_SKEW else None
    return problem(
        refused.code, refused.detail or SENTENCES[refused.code], request_id,
        headers=_headers(refused), field=refused.field, server_time=now,
        retry_after=refused.retry_after if isinstance(refused, RateLimited) else None,
    )  # fmt: skip


def _headers(refused: Refused) -> Mapping[str, str]:
    match refused:
        case RateLimited():
            return {"Retry-After": str(refused.retry_after)}
        case MethodNotAllowed():
            return {"Allow": refused.allowed}
    match refused.code:
        case Code.UNAUTHENTICATED:
            return {"WWW-Authenticate": 'Bearer error="invalid_token"'}  # RFC 6750 §3.1
        case Code.LOGIN_TOO_OLD:  # RFC 9470 §3
            return {"WWW-Authenticate": 'Bearer error="insufficient_user_authentication"'}
        case Code.FORBIDDEN:
            return {"WWW-Authenticate": 'Bearer error="insufficient_scope"'}
    return {}
