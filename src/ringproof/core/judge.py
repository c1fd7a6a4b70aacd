"""May this dial become a call? The one rule of the gate, in one place for every store."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from ringproof.core.call import Call, CallState, DialMode
from ringproof.core.phone import E164
from ringproof.core.time import Millis


class Enforcement(StrEnum):
    """What becomes of a dial that may not be: which of the three gate flows its queue has."""

    BLOCK = "block"
    WARN = "warn"
    MONITOR = "monitor"


class Denial(StrEnum):
    """Why a dial may not become a call; also the code of its violation."""

    NOT_ANNOUNCED = "not_announced"
    ANOTHER_AGENT = "another_agent"
    ANOTHER_NUMBER = "another_number"
    ANOTHER_QUEUE = "another_queue"
    ALREADY_USED = "already_used"
    TOO_LATE = "too_late"
    REVOKED = "revoked"
    SERVER_DIALS = "server_dials"
    CONTACT_REUSED = "contact_reused"
    SWITCHED_OFF = "switched_off"
    NUMBER_INVALID = "number_invalid"


@dataclass(frozen=True, slots=True)
class GateQuestion:
    """What Connect says an agent is about to dial; *mode* is the flow that asks."""

    agent_arn: str
    number: E164
    queue: str
    contact_id: str
    mode: Enforcement = Enforcement.BLOCK


@dataclass(frozen=True, slots=True)
class Candidate:
    """A call that the question may be about, with the Connect user of its agent."""

    call: Call
    agent_arn: str


@dataclass(frozen=True, slots=True)
class Ruling:
    """
    The answer: the call that the dial becomes, or why it becomes none.

    *spend*: the authorisation is still to be spent, in the same transaction.
    """

    call: Call | None = None
    denial: Denial | None = None
    spend: bool = False


def judge(
    question: GateQuestion, candidates: Collection[Candidate], now: Millis, *, killed: bool
) -> Ruling:
    """
    Rule on a dial by the calls of its contact, its agent and its number.

    A contact that was ruled on before gets the same answer, since Connect repeats a Lambda that fails.
    """
    for each in candidates:
        if each.call.contact_id == question.contact_id:
            return _again(question, each)
    if killed:
        return Ruling(denial=Denial.SWITCHED_OFF)
    denials = []
    for each in candidates:
        denial = _objection(question, each, now)
        if denial is None:
            return Ruling(each.call, spend=True)
        denials.append(denial)
    # The nearest miss says most about what happened.
    return Ruling(denial=min(denials, key=_NEAREST.index, default=Denial.NOT_ANNOUNCED))


_NEAREST = (
    Denial.ANOTHER_QUEUE, Denial.TOO_LATE, Denial.SERVER_DIALS, Denial.REVOKED, Denial.ALREADY_USED,
    Denial.ANOTHER_AGENT, Denial.ANOTHER_NUMBER, Denial.NOT_ANNOUNCED,
)  # fmt: skip
_OF_STATES = {
    CallState.REQUESTED: Denial.NOT_ANNOUNCED,
    CallState.REFUSED: Denial.REVOKED,
    CallState.DECLINED: Denial.REVOKED,
    CallState.CANCELLED: Denial.REVOKED,
    CallState.ABANDONED: Denial.TOO_LATE,
}


def _again(question: GateQuestion, spent: Candidate) -> Ruling:
    same = (spent.agent_arn, spent.call.dest, spent.call.queue) == (
        question.agent_arn, question.number, question.queue,
    )  # fmt: skip
    if same and spent.agent_arn:
        return Ruling(spent.call)
    return Ruling(denial=Denial.CONTACT_REUSED)


def _objection(question: GateQuestion, candidate: Candidate, now: Millis) -> Denial | None:
    """Say why this call is not the one that is being dialed; None if it is."""
    call = candidate.call
    own = bool(question.agent_arn) and candidate.agent_arn == question.agent_arn
    if not own or call.dest != question.number:
        return _elsewhere(call, now, own=own)
    if call.mode is not DialMode.AGENT:
        return Denial.SERVER_DIALS
    if call.state is not CallState.ANNOUNCED:
        return _OF_STATES.get(call.state, Denial.ALREADY_USED)
    if now >= call.dial_before:
        return Denial.TOO_LATE
    return None if call.queue == question.queue else Denial.ANOTHER_QUEUE


def _elsewhere(call: Call, now: Millis, *, own: bool) -> Denial:
    if call.state is not CallState.ANNOUNCED or now >= call.dial_before:
        return Denial.NOT_ANNOUNCED
    return Denial.ANOTHER_NUMBER if own else Denial.ANOTHER_AGENT
