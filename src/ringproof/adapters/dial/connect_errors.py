"""
What Connect's errors mean for a dial, as a table.

One question decides: is it certain that no phone will ring? A modelled refusal is. No answer, and
InternalServiceException, are not: the request may have been taken. Rows: botocore's service model of
StartOutboundVoiceContact; throttling is not modelled there and goes by code.
"""

import ssl
from collections.abc import Mapping

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    HTTPClientError,
    IncompleteReadError,
    ParamValidationError,
    ProxyConnectionError,
    SSLError,
)
from botocore.parsers import ResponseParserError

from ringproof.ports import DialOutcome
from ringproof.ports import DialVerdict as V

TABLE: Mapping[str, V] = {
    "InvalidRequestException": V.REFUSED,
    "InvalidParameterException": V.REFUSED,
    "ResourceNotFoundException": V.REFUSED,
    "LimitExceededException": V.LIMIT,
    "ServiceQuotaExceededException": V.LIMIT,
    "DestinationNotAllowedException": V.DESTINATION_NOT_ALLOWED,
    "OutboundContactNotPermittedException": V.NOT_PERMITTED,
    "AccessDeniedException": V.REFUSED,
    "TooManyRequestsException": V.THROTTLED,
    "ThrottlingException": V.THROTTLED,
    "Throttling": V.THROTTLED,
    "RequestLimitExceeded": V.THROTTLED,
    # Another request with this ClientToken is, or was, being worked on.
    "IdempotencyException": V.UNCONFIRMED,
    "ConflictException": V.UNCONFIRMED,
    "InternalServiceException": V.UNCONFIRMED,
}

FAILURES = (BotoCoreError, ClientError, ResponseParserError, ValueError)
"""Everything that a call of the SDK raises; ValueError for a body that is not JSON."""

_BEFORE_SENDING = (EndpointConnectionError, ConnectTimeoutError, ProxyConnectionError)
_WHILE_WAITING = (HTTPClientError, SSLError, IncompleteReadError)


def outcome_of(error: Exception) -> DialOutcome:
    """Say what became of a dial that raised one of FAILURES."""
    if isinstance(error, ClientError):
        code = code_of(error)
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        return DialOutcome(verdict_of(code, status), reason=code)
    return DialOutcome(_without_answer(error), reason=type(error).__name__)


def verdict_of(code: str, status: int) -> V:
    """Judge by code, else by HTTP status: only a client error is a certain refusal."""
    if code in TABLE:
        return TABLE[code]
    if status == 429:  # noqa: PLR2004
        return V.THROTTLED
    if status != 409 and 400 <= status < 500:  # noqa: PLR2004
        return V.REFUSED
    return V.UNCONFIRMED


def code_of(error: ClientError) -> str:
    """Return the error's code as the SDK read it."""
    return error.response.get("Error", {}).get("Code", "")


def _without_answer(error: Exception) -> V:
    if isinstance(error, _BEFORE_SENDING) or _untrusted(error):
        return V.DOWN
    if isinstance(error, _WHILE_WAITING) or not isinstance(error, BotoCoreError):
        return V.UNCONFIRMED
    # What is left is the SDK's own: parameters that fail its model, no credentials, no region.
    return V.REFUSED if isinstance(error, ParamValidationError) else V.DOWN


def _untrusted(error: Exception) -> bool:
    """True for a handshake that failed on the certificate, before anything was sent."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return True
        cause = cause.__cause__ or cause.__context__
    return False
