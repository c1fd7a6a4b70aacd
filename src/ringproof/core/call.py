"""A call: its states, the moves between them, and how sure we are that it was announced."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import NewType

from ringproof.core.phone import E164
from ringproof.core.time import Millis

CallId = NewType("CallId", str)
"""A UUID in lower case, chosen by the agent's side or by us."""


class CallState(StrEnum):
    """Where a call stands. The last five are end states."""

    REQUESTED = "requested"
    ANNOUNCED = "announced"
    DIALED = "dialed"
    CONNECTED = "connected"
    ENDED = "ended"
    REFUSED = "refused"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    ABANDONED = "abandoned"

    @property
    def final(self) -> bool:
        """True when nothing follows."""
        return not MOVES[self]

    @property
    def announcing(self) -> bool:
        """True while decline, cancel and sweep still revoke the authorisation to dial."""
        return self in (CallState.REQUESTED, CallState.ANNOUNCED)


_S = CallState

# The edge requested → dialed is missing. That is the product: prove, then dial.
MOVES: Mapping[CallState, frozenset[CallState]] = {
    _S.REQUESTED: frozenset(
        {_S.ANNOUNCED, _S.REFUSED, _S.DECLINED, _S.CANCELLED, _S.ABANDONED},
    ),
    _S.ANNOUNCED: frozenset({_S.DIALED, _S.DECLINED, _S.CANCELLED, _S.ABANDONED}),
    _S.DIALED: frozenset({_S.CONNECTED, _S.ENDED}),
    _S.CONNECTED: frozenset({_S.ENDED}),
    _S.ENDED: frozenset(),
    _S.REFUSED: frozenset(),
    _S.DECLINED: frozenset(),
    _S.CANCELLED: frozenset(),
    _S.ABANDONED: frozenset(),
}

LIVE = frozenset(state for state in CallState if not state.final)


class Assurance(IntEnum):
    """How sure we are that the customer was told, in order; the wire has the names in lower case."""

    NONE = 0
    FALLBACK = 1
    ACCEPTED = 2
    ACKNOWLEDGED = 3

    @property
    def wire(self) -> str:
        """The name as the API spells it."""
        return self.name.lower()

    @classmethod
    def of(cls, wire: str) -> "Assurance":
        """Read the API's spelling; ValueError for any other."""
        for level in cls:
            if level.wire == wire:
                return level
        raise ValueError(wire)


class DialMode(StrEnum):
    """Who dials: our server through Connect's API, or the agent's browser through the gate."""

    SERVER = "server"
    AGENT = "agent"


class Outcome(StrEnum):
    """What became of a call after it was dialed."""

    ANSWERED = "answered"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    DECLINED = "declined"
    SCREENED = "screened"
    VOICEMAIL = "voicemail"
    FAILED = "failed"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True)
class Call:
    """
    One attempt to reach one customer on one number; frozen: the store holds the current version.

    *version* grows with everything that an onlooker may want to hear of. *dial_before* is the last
    instant at which it may be dialed. *code* says why it was refused, or what went wrong in dialing.
    """

    id: CallId
    customer_id: str
    agent_id: str
    mode: DialMode
    orig: E164
    dest: E164
    queue: str
    reason: str
    crn: str
    match_code: str
    minimum: Assurance
    requested_at: Millis
    dial_before: Millis
    state: CallState = CallState.REQUESTED
    assurance: Assurance = Assurance.NONE
    version: int = 1
    outcome: Outcome | None = None
    code: str | None = None
    contact_id: str | None = None
    dialed_at: Millis | None = None
    connected_at: Millis | None = None
    ended_at: Millis | None = None


@dataclass(frozen=True, slots=True)
class CallEvent:
    """One thing that happened to a call; *state* is set where it moved."""

    seq: int
    at: Millis
    kind: str
    state: CallState | None = None
    device_id: str | None = None
    detail: str | None = None


def allowed(at: CallState, to: CallState) -> bool:
    """True when the table has this edge."""
    return to in MOVES[at]
