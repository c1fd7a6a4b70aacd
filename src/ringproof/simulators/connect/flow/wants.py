"""What each action wants done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ringproof.simulators.connect.flow.effects import (
    Aim,
    Dial,
    Disconnect,
    Effect,
    End,
    Hold,
    Hook,
    Invoke,
    Play,
    SetAttributes,
    Transfer,
)
from ringproof.simulators.connect.flow.values import Facts, value, values

Given = Mapping[str, Any]


@dataclass(frozen=True)
class Position:
    """Where a flow stands, and what it remembers; `action` is None once it ran off its end.

    `called` is the boundary: what comes before the customer is called, and what comes after.
    """

    action: str | None
    called: bool
    external: tuple[tuple[str, str], ...] = ()
    rounds: tuple[tuple[str, int], ...] = ()
    target: Aim | None = None


def invoke(given: Given, _: Position, facts: Facts) -> Invoke:
    """Invoke a Lambda."""
    parameters = values(given.get("LambdaInvocationAttributes", {}), facts)
    limit_ms = int(given["InvocationTimeLimitSeconds"]) * 1000
    return Invoke(given["LambdaFunctionARN"], parameters, limit_ms)


def call(given: Given, _: Position, facts: Facts) -> Dial:
    """Call the customer, showing the number given, if it is one."""
    return Dial(value(given.get("CallerId", {}).get("Number", ""), facts) or None)


def hold(given: Given, _: Position, facts: Facts) -> Hold:
    """Speak to the waiting customer."""
    texts = (value(message["Text"], facts) for message in given["Messages"])
    return Hold(" ".join(texts), int(given["InterruptFrequencySeconds"]) * 1000)


def aim(given: Given, facts: Facts) -> Aim:
    """Read the one target that is given."""
    ((kind, written),) = given.items()
    return Aim(kind, value(written, facts))


# An action that is not here only finds its way.
WANTS: Mapping[str, Callable[[Given, Position, Facts], Effect]] = {
    "InvokeLambdaFunction": invoke,
    "CompleteOutboundCall": call,
    "UpdateContactAttributes": lambda given, _, facts: SetAttributes(
        tuple(values(given["Attributes"], facts).items())
    ),
    "MessageParticipant": lambda given, _, facts: Play(value(given["Text"], facts)),
    "MessageParticipantIteratively": hold,
    "UpdateContactEventHooks": lambda given, _, facts: Hook(
        value(given["EventHooks"]["CustomerQueue"], facts)
    ),
    "UpdateContactTargetQueue": lambda given, _, facts: aim(given, facts),
    "TransferContactToQueue": lambda _, at, __: Transfer(at.target),
    "DisconnectParticipant": lambda *_: Disconnect(),
    "EndFlowExecution": lambda *_: End(),
}
