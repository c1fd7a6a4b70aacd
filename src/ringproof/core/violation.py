"""A contact that went round the verified path: what it was, what was done, and who has looked at it."""

from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum

from ringproof.core.call import CallId
from ringproof.core.phone import E164
from ringproof.core.time import Millis

RANG_ALL_THE_SAME = "rang_all_the_same"
"""The gate said no in block mode, and Connect called the customer: the flow is not what it should be."""
CALLER_ID_DIFFERS = "caller_id_differs"
NUMBER_DIFFERS = "number_differs"
BREAK_GLASS = "break_glass"

BY_METHOD = {
    "OUTBOUND": "ungated_dial",
    "API": "foreign_api_call",
    "EXTERNAL_OUTBOUND": "external_dial",
    "CALLBACK": "callback",
}
"""What an outbound contact without a call is, by how it began; anything else is `unknown_method`."""


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


def merged(known: Violation, other: Violation) -> Violation:
    """
    Join what two sources say of one contact, in whichever order they come.

    The earlier instant counts, and the first source that has a fact; what was done is the worst that
    either knows of, with the code of who knows it. A supervisor's word stays.
    """
    graver = max((known, other), key=lambda each: (each.done, each.code))
    first = min((known, other), key=lambda each: (_TRUST[each.found_by], each.at))
    second = other if first is known else known
    return replace(
        first,
        code=graver.code,
        done=graver.done,
        at=min(known.at, other.at),
        agent_arn=first.agent_arn or second.agent_arn,
        agent_id=first.agent_id or second.agent_id,
        number=first.number or second.number,
        shown=first.shown or second.shown,
        queue=first.queue or second.queue,
        call_id=first.call_id or second.call_id,
        acknowledged=known.acknowledged or other.acknowledged,
    )


_TRUST = {FoundBy.GATE: 0, FoundBy.EVENT: 1, FoundBy.RECORD: 2}
