"""
What FCM's answers mean, as a table.

Rows: Firebase, "FCM ErrorCode" (the `errorCode` of the FcmError in `error.details`). INVALID_ARGUMENT
is two things under one name: a message we got wrong, or a registration token that never was one.
"""

from collections.abc import Mapping, Sequence

import msgspec

from ringproof.adapters.push.answer import (
    AGAIN,
    AGAIN_ONCE,
    RENEW_CREDENTIAL,
    STOP,
    Answer,
    Rule,
    by_status,
)
from ringproof.core.time import Millis
from ringproof.ports import PushVerdict as V

TABLE: Mapping[str, Rule] = {
    "UNREGISTERED": Rule(V.TOKEN_DEAD),
    "SENDER_ID_MISMATCH": Rule(V.WRONG_APP),
    "INVALID_ARGUMENT": Rule(V.REJECTED),
    # Google wants a minute of back-off: more than any call has.
    "QUOTA_EXCEEDED": Rule(V.THROTTLED),
    "UNAVAILABLE": Rule(V.UNAVAILABLE, AGAIN),
    "INTERNAL": Rule(V.UNAVAILABLE, AGAIN_ONCE),
    "THIRD_PARTY_AUTH_ERROR": Rule(V.CREDENTIAL),
}
_EXPIRED = Rule(V.CREDENTIAL, RENEW_CREDENTIAL)
_BAD_TOKEN = Rule(V.TOKEN_DEAD)

_DEAD = (V.TOKEN_DEAD, V.WRONG_APP)


class _Violation(msgspec.Struct, frozen=True):
    field: str = ""


class _Detail(msgspec.Struct, frozen=True, rename={"type": "@type"}):
    type: str = ""
    errorCode: str = ""  # noqa: N815
    fieldViolations: Sequence[_Violation] = ()  # noqa: N815


class _Error(msgspec.Struct, frozen=True):
    message: str = ""
    status: str = ""
    details: Sequence[_Detail] = ()

    @property
    def code(self) -> str:
        """FCM's own code, or empty where Google's front end answered."""
        return next((d.errorCode for d in self.details if d.errorCode), "")

    @property
    def about_token(self) -> bool:
        """True if an INVALID_ARGUMENT means the registration token, not our message."""
        fields = [v.field for d in self.details for v in d.fieldViolations]
        return fields == ["message.token"] or (not fields and "registration token" in self.message)


class _Refused(msgspec.Struct, frozen=True):
    error: _Error


class _Accepted(msgspec.Struct, frozen=True):
    name: str


def read(status: int, body: bytes, retry_after: str | None, asked_at: Millis) -> Answer:
    """
    Read an answer to a message that was sent at *asked_at*.

    FCM does not say since when a token is dead: *dead_since* is *asked_at*, because what was
    registered after we asked is another life of the token.
    """
    if status == 200:  # noqa: PLR2004
        return _accepted(body)
    error = _error(body)
    rule = _rule(status, error)
    return Answer(
        rule.verdict,
        error.code or error.status or f"status {status}",
        rule.follow,
        asked_at if rule.verdict in _DEAD else None,
        _seconds(retry_after) if rule.follow is not STOP else None,
    )


def _rule(status: int, error: _Error) -> Rule:
    if status == 401 and not error.code:  # noqa: PLR2004
        return _EXPIRED
    if error.code == "INVALID_ARGUMENT" and error.about_token:
        return _BAD_TOKEN
    return TABLE.get(error.code) or by_status(status)


def _accepted(body: bytes) -> Answer:
    """Believe a 200 only with the message's name in it: a proxy can say 200, too."""
    try:
        msgspec.json.decode(body, type=_Accepted)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return Answer(V.UNAVAILABLE, "garbage", AGAIN)
    return Answer(V.ACCEPTED)


def _error(body: bytes) -> _Error:
    try:
        return msgspec.json.decode(body, type=_Refused).error
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return _Error()


def _seconds(retry_after: str | None) -> float | None:
    """Read Retry-After in seconds (RFC 9110 §10.2.3); a date is not used by Google."""
    return float(retry_after) if retry_after and retry_after.isdecimal() else None
