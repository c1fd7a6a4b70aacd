"""What Connect demands of each action (developer guide, "Flow language actions").

Only the actions, and only the forms of them, that the simulator can run.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ringproof.simulators.connect.flow.program import OUTBOUND_WHISPER

WHISPERS = frozenset({OUTBOUND_WHISPER, "AGENT_WHISPER", "CUSTOMER_WHISPER"})
TRANSFERS = frozenset({"AGENT_TRANSFER", "QUEUE_TRANSFER"})
CONTACT = frozenset({"CONTACT_FLOW"})
QUEUE = frozenset({"CUSTOMER_QUEUE"})
HOLDS = frozenset({"CUSTOMER_HOLD", "AGENT_HOLD"})
EVERY = WHISPERS | TRANSFERS | CONTACT | QUEUE | HOLDS
Check = Callable[[Any], bool]


@dataclass(frozen=True)
class Rule:
    """Where an action may stand, what it takes, and which edges it must have and may have.

    A final action has no edges at all; a silent one cannot fail, and an error branch is refused.
    """

    allowed_in: frozenset[str] = EVERY
    takes: Mapping[str, Check] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()
    must_catch: frozenset[str] = frozenset()
    may_catch: frozenset[str] = frozenset()
    cases: frozenset[str] | None = frozenset()
    final: bool = False


def _text(pattern: str) -> Check:
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None


def _texts(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(each, str) for each in value.values())


def _exactly(wanted: Any) -> Check:
    return lambda value: value == wanted


def _one_hook(value: Any) -> bool:
    return _texts(value) and set(value) == {"CustomerQueue"} and all(value.values())


def _messages(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_message, value))


def _message(value: Any) -> bool:
    return _texts(value) and set(value) == {"Text"}


def _caller_id(value: Any) -> bool:
    return _texts(value) and set(value) == {"Number"}


ANY = _text(r"(?s).+")
FAILS = frozenset({"NoMatchingError"})
RULES: Mapping[str, Rule] = {
    "Compare": Rule(
        takes={"ComparisonValue": _text(r"\$\.\S+")},
        must_catch=frozenset({"NoMatchingCondition"}),
        cases=None,
    ),
    "InvokeLambdaFunction": Rule(
        takes={
            "LambdaFunctionARN": _text(r"arn:aws[a-z-]*:lambda:[^:]+:\d{12}:function:[\w-]+(:\S+)?"),
            "InvocationTimeLimitSeconds": _text("[1-8]"),
            "InvocationType": _exactly("SYNCHRONOUS"),
            "LambdaInvocationAttributes": _texts,
            "ResponseValidation": _exactly({"ResponseType": "STRING_MAP"}),
        },
        optional=frozenset({"LambdaInvocationAttributes"}),
        must_catch=FAILS,
    ),
    "UpdateContactAttributes": Rule(
        takes={"TargetContact": _exactly("Current"), "Attributes": _texts}, must_catch=FAILS
    ),
    "UpdateFlowLoggingBehavior": Rule(takes={"FlowLoggingBehavior": _text("Enabled|Disabled")}),
    "Loop": Rule(
        takes={"LoopCount": _text(r"\d{1,2}|100")},
        cases=frozenset({"ContinueLooping", "DoneLooping"}),
    ),
    "MessageParticipant": Rule(
        allowed_in=EVERY - HOLDS, takes={"Text": ANY}, may_catch=FAILS
    ),
    "MessageParticipantIteratively": Rule(
        allowed_in=QUEUE | HOLDS,
        takes={"Messages": _messages, "InterruptFrequencySeconds": _text(r"[1-9]\d{0,3}")},
        must_catch=FAILS,
        cases=frozenset({"MessagesInterrupted"}),
    ),
    "UpdateContactEventHooks": Rule(
        allowed_in=CONTACT | TRANSFERS, takes={"EventHooks": _one_hook}, must_catch=FAILS
    ),
    "CompleteOutboundCall": Rule(
        allowed_in=frozenset({OUTBOUND_WHISPER}),
        takes={"CallerId": _caller_id},
        optional=frozenset({"CallerId"}),
    ),
    "UpdateContactTargetQueue": Rule(
        allowed_in=CONTACT | TRANSFERS,
        takes={"QueueId": ANY, "AgentId": ANY},
        optional=frozenset({"QueueId", "AgentId"}),
        must_catch=FAILS,
    ),
    "TransferContactToQueue": Rule(
        allowed_in=CONTACT | TRANSFERS, takes={}, must_catch=FAILS | {"QueueAtCapacity"}
    ),
    "DisconnectParticipant": Rule(allowed_in=CONTACT | TRANSFERS | QUEUE, takes={}, final=True),
    "EndFlowExecution": Rule(allowed_in=WHISPERS | QUEUE, takes={}, final=True),
}  # fmt: skip
OPERATORS = frozenset({
    "Equals",
    "TextStartsWith",
    "TextEndsWith",
    "TextContains",
    "NumberGreaterThan",
    "NumberGreaterOrEqualTo",
    "NumberLessThan",
    "NumberLessOrEqualTo",
})  # fmt: skip
