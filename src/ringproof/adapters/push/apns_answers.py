"""
What APNs' answers mean, as a table.

Rows: Apple, "Handling notification responses from APNs", and what clients in the field learned of it.
"""

from collections.abc import Mapping

import msgspec

from ringproof.adapters.push.answer import (
    AGAIN,
    AGAIN_ELSEWHERE,
    KEEP_CREDENTIAL,
    RENEW_CREDENTIAL_ELSEWHERE,
    REOPEN,
    Answer,
    Rule,
    by_status,
)
from ringproof.core.time import Millis
from ringproof.ports import PushVerdict as V

TABLE: Mapping[tuple[int, str], Rule] = {
    # The token is not one of this app in this environment (sandbox tokens live in another).
    (400, "BadDeviceToken"): Rule(V.TOKEN_DEAD),
    (400, "DeviceTokenNotForTopic"): Rule(V.WRONG_APP),
    (400, "TopicDisallowed"): Rule(V.WRONG_APP),
    # Our own mistakes.
    (400, "BadCollapseId"): Rule(V.REJECTED),
    (400, "BadExpirationDate"): Rule(V.REJECTED),
    (400, "BadMessageId"): Rule(V.REJECTED),
    (400, "BadPriority"): Rule(V.REJECTED),
    (400, "BadTopic"): Rule(V.REJECTED),
    (400, "DuplicateHeaders"): Rule(V.REJECTED),
    (400, "InvalidPushType"): Rule(V.REJECTED),
    (400, "MissingDeviceToken"): Rule(V.REJECTED),
    (400, "MissingTopic"): Rule(V.REJECTED),
    (400, "PayloadEmpty"): Rule(V.REJECTED),
    (404, "BadPath"): Rule(V.REJECTED),
    (405, "MethodNotAllowed"): Rule(V.REJECTED),
    (413, "PayloadTooLarge"): Rule(V.REJECTED),
    (400, "IdleTimeout"): Rule(V.UNAVAILABLE, REOPEN),
    # The credential. After ExpiredProviderToken APNs answers nothing else on that connection.
    (403, "ExpiredProviderToken"): Rule(V.CREDENTIAL, RENEW_CREDENTIAL_ELSEWHERE),
    (403, "BadCertificate"): Rule(V.CREDENTIAL),
    (403, "BadCertificateEnvironment"): Rule(V.CREDENTIAL),
    (403, "BadEnvironmentKeyIdInToken"): Rule(V.CREDENTIAL),
    (403, "Forbidden"): Rule(V.CREDENTIAL),
    (403, "InvalidProviderToken"): Rule(V.CREDENTIAL),
    (403, "MissingProviderToken"): Rule(V.CREDENTIAL),
    (403, "UnrelatedKeyIdInToken"): Rule(V.CREDENTIAL),
    (429, "TooManyProviderTokenUpdates"): Rule(V.CREDENTIAL, KEEP_CREDENTIAL),
    # The device.
    (410, "Unregistered"): Rule(V.TOKEN_DEAD),
    (410, "ExpiredToken"): Rule(V.TOKEN_DEAD),
    (429, "TooManyRequests"): Rule(V.THROTTLED),
    # The service.
    (500, "InternalServerError"): Rule(V.UNAVAILABLE, AGAIN_ELSEWHERE),
    (503, "ServiceUnavailable"): Rule(V.UNAVAILABLE, AGAIN_ELSEWHERE),
    (503, "Shutdown"): Rule(V.UNAVAILABLE, AGAIN_ELSEWHERE),
}

_GONE = Rule(V.TOKEN_DEAD)
_DEAD = (V.TOKEN_DEAD, V.WRONG_APP)


class _Refusal(msgspec.Struct, frozen=True):
    reason: str
    timestamp: int | None = None


def read(status: int, body: bytes, asked_at: Millis) -> Answer:
    """
    Read an answer to a push that was sent at *asked_at*.

    *dead_since* is APNs' own timestamp (milliseconds) where it gives one, else *asked_at*: what was
    registered after we asked is another life of the token.
    """
    if status == 200:  # noqa: PLR2004
        # A 200 of APNs has no body. One that has is somebody else's, such as a proxy's log-in page.
        return Answer(V.UNAVAILABLE, "garbage", AGAIN) if body else Answer(V.ACCEPTED)
    refusal = _refusal(body) or _Refusal(f"status {status}")
    rule = TABLE.get((status, refusal.reason)) or (_GONE if status == 410 else by_status(status))  # noqa: PLR2004
    dead_since = (refusal.timestamp or asked_at) if rule.verdict in _DEAD else None
    return Answer(rule.verdict, refusal.reason, rule.follow, dead_since)


def _refusal(body: bytes) -> _Refusal | None:
    try:
        return msgspec.json.decode(body, type=_Refusal)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
