"""The one table from a code to its problem (RFC 9457), and how a problem is sent."""

from collections.abc import Mapping
from typing import Any

import msgspec
from starlette.responses import Response

from ringproof.core.errors import Code

_C = Code

PROBLEMS: Mapping[Code, tuple[int, str]] = {
    _C.INVALID_REQUEST: (400, "The request is not understood"),
    _C.TOO_LARGE: (413, "The request is too large"),
    _C.NOT_FOUND: (404, "There is no such thing"),
    _C.METHOD_NOT_ALLOWED: (405, "Method not allowed"),
    _C.UNSUPPORTED_MEDIA_TYPE: (415, "Wrong content type"),
    _C.IDEMPOTENCY_MISMATCH: (422, "The key was used for another request"),
    _C.RATE_LIMITED: (429, "Too many requests"),
    _C.UNAUTHENTICATED: (401, "Not signed in"),
    _C.FORBIDDEN: (403, "Not allowed"),
    _C.NOT_YOUR_AGENT: (403, "Another agent's id"),
    _C.UNKNOWN_AGENT: (403, "Not known as an agent"),
    _C.LOGIN_TOO_OLD: (401, "Sign in again"),
    _C.UNKNOWN_CUSTOMER: (404, "No such customer"),
    _C.NUMBER_INVALID: (422, "Not a phone number"),
    _C.NUMBER_NOT_CUSTOMERS: (422, "Not the customer's number"),
    _C.NO_CALLER_ID: (409, "No number to call from"),
    _C.UNKNOWN_REASON: (422, "No such reason"),
    _C.REASON_UNSAFE: (422, "This text must not be signed"),
    _C.KILL_SWITCH: (409, "Verified calling is switched off"),
    _C.NO_REACHABLE_DEVICE: (409, "No device can be reached"),
    _C.CALL_IN_PROGRESS: (409, "A call is under way"),
    _C.QUIET_HOURS: (409, "Quiet hours"),
    _C.CUSTOMER_CAP: (409, "Called often enough"),
    _C.AGENT_CAP: (409, "Enough calls for now"),
    _C.NOT_ANNOUNCED: (502, "The customer could not be told"),
    _C.ASSURANCE_TOO_LOW: (409, "No sure sign that the customer was told"),
    _C.ANNOUNCED_TOO_LATE: (504, "Too late to dial"),
    _C.DESTINATION_NOT_ALLOWED: (409, "Connect may not call this country"),
    _C.OUTBOUND_NOT_PERMITTED: (409, "Connect may not call out"),
    _C.DIALER_THROTTLED: (503, "Connect takes no more requests"),
    _C.DIALER_LIMIT: (503, "Connect has no free line"),
    _C.DIALER_REFUSED: (502, "Connect refused the call"),
    _C.DIALER_DOWN: (503, "Connect does not answer"),
    _C.DIAL_UNCONFIRMED: (504, "It is not known whether the call was placed"),
    _C.TOO_LATE_TO_CANCEL: (409, "Too late to cancel"),
    _C.MALFORMED: (400, "Not a token of ours"),
    _C.WRONG_HEADER: (400, "Wrong token header"),
    _C.UNKNOWN_KID: (403, "Unknown key"),
    _C.BAD_SIGNATURE: (403, "The signature does not verify"),
    _C.BAD_CLAIMS: (400, "Wrong claims"),
    _C.WRONG_TYPE: (400, "Wrong type of token"),
    _C.WRONG_BANK: (403, "Another bank's"),
    _C.WRONG_APP: (403, "Not the bank's app"),
    _C.WRONG_DEVICE: (403, "Another device's"),
    _C.WRONG_DIRECTION: (403, "Wrong direction"),
    _C.WRONG_NUMBER: (403, "Not the bank's number"),
    _C.WRONG_CUSTOMER_NUMBER: (403, "Not the customer's number"),
    _C.NOT_YET_VALID: (400, "From the future"),
    _C.EXPIRED: (400, "Expired"),
    _C.REPLAYED: (409, "Seen before"),
    _C.WRONG_NONCE: (400, "Not the answer to this question"),
    _C.CANNOT_OPEN: (400, "Not sealed for this device"),
    _C.BAD_PADDING: (400, "Wrong padding"),
    _C.CLOCK_SKEW: (400, "The device's clock is wrong"),
    _C.UNKNOWN_DEVICE: (404, "The device is not enrolled"),
    _C.UNKNOWN_ANNOUNCEMENT: (404, "No such announcement"),
    _C.BAD_CHALLENGE: (403, "Not a challenge of ours"),
    _C.BAD_KEY: (400, "Not a usable key"),
    _C.DEPENDENCY_DOWN: (503, "Something we depend on does not answer"),
    _C.INTERNAL: (500, "Something went wrong on our side"),
}
"""Status and title of every code; a test holds it to be complete."""

CONTENT_TYPE = "application/problem+json"


class Problem(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """A problem as it stands on the wire; *instance* is the request's id, *retry_after* in seconds."""

    type: str
    title: str
    status: int
    detail: str
    code: Code
    instance: str
    field: str | None = None
    retry_after: int | None = None
    server_time: str | None = None


def problem(
    code: Code, detail: str, instance: str, *, headers: Mapping[str, str] | None = None, **more: Any
) -> Response:
    """Send a code as its problem; *more* are the optional members."""
    status, title = PROBLEMS[code]
    body = Problem(
        type=f"/problems/{code}", title=title, status=status, detail=detail, code=code,
        instance=instance, **more,
    )  # fmt: skip
    return Response(
        msgspec.json.encode(body), status, {"Content-Type": CONTENT_TYPE, **(headers or {})}
    )
