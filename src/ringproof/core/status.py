"""
"Is my bank calling me now?": the question, the five answers, and until when each is true.

Nothing here guesses: an answer that is not known to be true is `cannot_tell`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ringproof.core import claims as read
from ringproof.core import jws
from ringproof.core.bank_token import open_bank_token
from ringproof.core.call import Call, CallState, Outcome
from ringproof.core.errors import Code
from ringproof.core.keys import PublicKey
from ringproof.core.receipt import open_signed, require_near
from ringproof.core.time import HOUR, MINUTE, SECOND, Millis

QUESTION_TYP = "status-request+jwt"
ANSWER_TYP = "status+jwt"
ANSWER_SECONDS = 10
NONCE_LIFETIME: Millis = 5 * MINUTE
RING_TIMEOUT_SECONDS = 45
_RING_GRACE: Millis = 15 * SECOND
LONGEST_CALL: Millis = 2 * HOUR
"""A call that has gone on for longer has more likely lost its end than lasted."""
FEED_SILENCE: Millis = 3 * MINUTE
"""The event feed brings a heartbeat every minute; three missing ones are silence."""


class Answer(StrEnum):
    """The five answers."""

    CALLING_YOU = "calling_you"
    ON_CALL_WITH_YOU = "on_call_with_you"
    YOU_CALLED_US = "you_called_us"
    NOT_US = "not_us"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Question:
    """A device asks; *nonce* makes the answer its own."""

    dev: str
    aud: str
    iat: int
    nonce: str


@dataclass(frozen=True, slots=True)
class Facts:
    """
    All that an answer may rest on.

    *calls* are the customer's calls that are live, or ended in doubt not long ago. *feed_at* is
    when Connect's event feed was last heard. *covered*: every dial path is in block mode and the last
    audit is clean. *inbound* is an inbound-flow block's report of somebody calling us from the
    customer's number. *unmatched*: something else rings, or rang, one of the customer's numbers: an
    outbound contact that belongs to no call, or another customer's call to a number that they share.
    """

    calls: Collection[Call]
    feed_at: Millis | None
    covered: bool
    killed: bool
    inbound: bool = False
    unmatched: bool = False


def answer(facts: Facts, now: Millis) -> tuple[Answer, Call | None]:
    """Answer truthfully, with the call that the answer is about."""
    if facts.killed:
        return Answer.CANNOT_TELL, None
    feed_alive = facts.feed_at is not None and abs(now - facts.feed_at) <= FEED_SILENCE
    for call in sorted(facts.calls, key=lambda c: c.requested_at, reverse=True):
        said = _about(call, now, feed_alive=feed_alive)
        if said is not None:
            return said, call if said is not Answer.CANNOT_TELL else None
    if facts.inbound:  # its end may be lost, too
        return Answer.YOU_CALLED_US if feed_alive else Answer.CANNOT_TELL, None
    if facts.covered and feed_alive and not facts.unmatched:
        return Answer.NOT_US, None
    return Answer.CANNOT_TELL, None


def _about(call: Call, now: Millis, *, feed_alive: bool) -> Answer | None:
    """Say what a call means for the customer, or None when it is over."""
    match call.state:
        case CallState.REQUESTED | CallState.ANNOUNCED:
            # Past its deadline it cannot be dialed any more, whatever the sweep has got to.
            return Answer.CALLING_YOU if now < call.dial_before else None
        case CallState.DIALED:
            rung_out = (call.dialed_at or 0) + RING_TIMEOUT_SECONDS * SECOND + _RING_GRACE
            return Answer.CALLING_YOU if now < rung_out else Answer.CANNOT_TELL
        case CallState.CONNECTED:
            fresh = now < (call.connected_at or 0) + LONGEST_CALL
            return Answer.ON_CALL_WITH_YOU if fresh and feed_alive else Answer.CANNOT_TELL
        case CallState.ENDED if call.outcome is Outcome.UNCONFIRMED:
            # Nobody said what became of it, so somebody may be talking still.
            return Answer.CANNOT_TELL if now < (call.ended_at or 0) + LONGEST_CALL else None
        case _:
            return None


def read_question(token: bytes, device_id: str, key: PublicKey, aud: str, now: Millis) -> Question:
    """Verify and read a question; Refused(CLOCK_SKEW) if the phone's clock is too far off."""
    claims = open_signed(token, QUESTION_TYP, device_id, key)
    read.require(read.text(claims, "aud"), aud, Code.WRONG_APP, "asked of this bank's app")
    iat = read.seconds(claims, "iat")
    require_near(iat, now)
    return Question(device_id, aud, iat, read.text(claims, "nonce", longest=64))


def signing_input(claims: Mapping[str, Any], kid: str) -> str:
    """Return what the status key signs."""
    return jws.signing_input({"alg": "ES256", "kid": kid, "typ": ANSWER_TYP}, claims)


def verify_answer(
    token: str,
    keys: Mapping[str, PublicKey],
    *,
    iss: str,
    aud: str,
    dev: str,
    nonce: str,
    now: Millis,
) -> Answer:
    """Return the answer if the bank gives it to this device, to this question, now; Refused otherwise."""
    claims = open_bank_token(
        token, ANSWER_TYP, keys, iss=iss, aud=aud, dev=dev, now=now, longest_seconds=ANSWER_SECONDS
    )
    read.require(read.text(claims, "nonce"), nonce, Code.WRONG_NONCE, "the answer to this question")
    return read.choice(claims, "answer", Answer)
