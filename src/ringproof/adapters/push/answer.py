"""What a push service answered, and what may follow; plain data that the tables are made of."""

from dataclasses import dataclass

from ringproof.core.time import Millis
from ringproof.ports import PushVerdict


@dataclass(frozen=True, slots=True)
class Follow:
    """
    What to do after an answer, at most *times* for one push.

    *jitter* waits 100 to 400 ms first; *fresh* leaves the connection for a new one.
    """

    name: str
    times: int = 1
    jitter: bool = False
    fresh: bool = False


STOP = Follow("stop", times=0)
AGAIN = Follow("again", times=2, jitter=True)
AGAIN_ONCE = Follow("again_once", jitter=True)
AGAIN_ELSEWHERE = Follow("again_elsewhere", times=2, jitter=True, fresh=True)
RECONNECT = Follow("reconnect", times=3, jitter=True)
ABANDON_CONNECTION = Follow("abandon_connection", times=2, fresh=True)
REOPEN = Follow("reopen", fresh=True)
RENEW_CREDENTIAL = Follow("renew_credential")
RENEW_CREDENTIAL_ELSEWHERE = Follow("renew_credential_elsewhere", fresh=True)
KEEP_CREDENTIAL = Follow("keep_credential", fresh=True)


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of a service's table: what its word means to us, and what follows."""

    verdict: PushVerdict
    follow: Follow = STOP


@dataclass(frozen=True, slots=True)
class Answer:
    """
    One attempt's result.

    *reason* is the service's word, or the name of our client's error. *retry_after* is in seconds.
    """

    verdict: PushVerdict
    reason: str = ""
    follow: Follow = STOP
    dead_since: Millis | None = None
    retry_after: float | None = None


def by_status(status: int) -> Rule:
    """Judge an answer whose reason we do not know: services add reasons without telling."""
    if status in (401, 403):
        return Rule(PushVerdict.CREDENTIAL)
    if status == 429:  # noqa: PLR2004
        return Rule(PushVerdict.THROTTLED)
    if 400 <= status < 500:  # noqa: PLR2004
        return Rule(PushVerdict.REJECTED)
    return Rule(PushVerdict.UNAVAILABLE, AGAIN)
