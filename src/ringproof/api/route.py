"""A route as a value: what is asked, by whom, and what is answered. The app and OpenAPI read it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from ringproof.api.body import JSON
from ringproof.api.service import Service
from ringproof.core.errors import Code

W = TypeVar("W")
S = TypeVar("S")
_C = Code


class Audience(StrEnum):
    """Who a route is for."""

    AGENT = "agent"
    CUSTOMER = "customer"
    DEVICE = "device"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"
    CONNECT = "connect"
    METRICS = "metrics"
    PUBLIC = "public"

    @property
    def codes(self) -> frozenset[Code]:
        """What may be refused before the route itself is asked."""
        return _BY_AUDIENCE[self] | {_C.RATE_LIMITED, _C.DEPENDENCY_DOWN, _C.INTERNAL}


_BEARER = frozenset({_C.UNAUTHENTICATED, _C.FORBIDDEN})
_BY_AUDIENCE: Mapping[Audience, frozenset[Code]] = {
    Audience.AGENT: _BEARER | {_C.UNKNOWN_AGENT, _C.NOT_YOUR_AGENT},
    Audience.CUSTOMER: _BEARER | {_C.UNKNOWN_CUSTOMER},
    Audience.DEVICE: frozenset(),
    Audience.SUPERVISOR: _BEARER,
    Audience.ADMIN: _BEARER,
    Audience.CONNECT: _BEARER,
    Audience.METRICS: _BEARER,
    Audience.PUBLIC: frozenset(),
}
OF_SIGNED = frozenset(
    {
        _C.MALFORMED, _C.WRONG_HEADER, _C.WRONG_TYPE, _C.BAD_SIGNATURE, _C.BAD_CLAIMS,
        _C.WRONG_DEVICE, _C.UNKNOWN_DEVICE,
    }
)  # fmt: skip
"""What is refused of a body that no device of ours has signed so."""


@dataclass(frozen=True, slots=True)
class Ask(Generic[W, S]):
    """One request: *who* asks, what was *said* (body or query), and where from."""

    service: Service
    who: W
    said: S
    path: Mapping[str, str]
    headers: Mapping[str, str]
    address: str
    request_id: str


Handler = Callable[[Ask[Any, Any]], Awaitable[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """
    One method of one path.

    *body* and *query* are structs; *signed*: the body is a compact JWS. *answer* is a struct, None
    for no content, or bytes where the handler sends a response of its own of *media* type.
    """

    method: str
    path: str
    audience: Audience
    handle: Handler
    summary: str
    body: Any = None
    query: Any = None
    signed: bool = False
    answer: Any = None
    status: int = 200
    media: str = JSON
    takes: tuple[str, ...] = (JSON,)
    large: bool = False
    codes: frozenset[Code] = frozenset()

    @property
    def all_codes(self) -> list[Code]:
        """Every code that it may answer with, in the order of the codes."""
        codes = self.codes | self.audience.codes
        if self.body is not None or self.signed:
            codes |= {_C.INVALID_REQUEST, _C.TOO_LARGE, _C.UNSUPPORTED_MEDIA_TYPE}
        if self.signed:
            codes |= OF_SIGNED
        if self.query is not None:
            codes |= {_C.INVALID_REQUEST}
        return [code for code in Code if code in codes]
