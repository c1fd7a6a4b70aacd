"""A contact that went round the verified path: what it was, what was done, and who has looked at it."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TypeVar

from ringproof.core.call import CallId
from ringproof.core.phone import E164
from ringproof.core.time import Millis

RANG_ALL_THE_SAME = "rang_all_the_same"
"""The gate said no in block mode, and Connect called the customer: the flow is not what it should be."""
CALLER_ID_DIFFERS = "caller_id_differs"
NUMBER_DIFFERS = "number_differs"
BREAK_GLASS = "break_glass"
UNKNOWN_METHOD = "unknown_method"

BY_METHOD = {
    "OUTBOUND": "ungated_dial",
    "API": "foreign_api_call",
    "EXTERNAL_OUTBOUND": "external_dial",
    "CALLBACK": "callback",
}
"""What an outbound contact without a call is, by how it began; anything else is UNKNOWN_METHOD."""


class Done(IntEnum):
    """What was done about it, from the best to the worst for the customer."""

    BLOCKED = 0
    STOPPED = 1
    WARNED = 2
    RECORDED = 3
    NOT_STOPPED = 4

    @property
    def wire(self) -> str:
        """The name as the API spells it."""
        return self.name.lower()


class FoundBy(StrEnum):
    """Who saw it first."""

    GATE = "gate"
    EVENT = "event"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A supervisor has looked at it."""

    by: str
    at: Millis
    comment: str


@dataclass(frozen=True, slots=True)
class Violation:
    """
    One contact's violation: who (*agent_arn*), whom (*number*), when, how (*method*, *code*), what was done.

    There is one for each contact. *call_id* is a call that it may have to do with.
    """

    contact_id: str
    code: str
    at: Millis
    method: str
    found_by: FoundBy
    done: Done
    agent_arn: str | None = None
    agent_id: str | None = None
    number: E164 | None = None
    shown: E164 | None = None
    queue: str | None = None
    call_id: CallId | None = None
    acknowledged: Acknowledged | None = None


def merged(one: Violation, other: Violation) -> Violation:
    """
    Join what two sources say of one contact: whoever comes first, and however often, it comes to the same.

    The earliest instant and the first in the order of sources count; what was done is the worst that
    either knows of, with the code of who knows it. A supervisor's word stays.
    """
    graver = max(one, other, key=lambda each: (each.done, each.code))
    seen = [each.acknowledged for each in (one, other) if each.acknowledged]
    return Violation(
        contact_id=one.contact_id,
        code=graver.code,
        done=graver.done,
        at=min(one.at, other.at),
        method=min(one.method, other.method),
        found_by=min(one.found_by, other.found_by, key=_ORDER.index),
        agent_arn=_known(one.agent_arn, other.agent_arn),
        agent_id=_known(one.agent_id, other.agent_id),
        number=_known(one.number, other.number),
        shown=_known(one.shown, other.shown),
        queue=_known(one.queue, other.queue),
        call_id=_known(one.call_id, other.call_id),
        acknowledged=min(seen, key=lambda each: (each.at, each.by), default=None),
    )


_ORDER = (FoundBy.GATE, FoundBy.EVENT, FoundBy.RECORD)
_T = TypeVar("_T", bound=str)


def _known(one: _T | None, other: _T | None) -> _T | None:
    # Of two facts that differ, either would do, as long as it is always the same one.
    return min((each for each in (one, other) if each is not None), default=None)
