"""Blocks of Connect's flow language, 2019-10-30: one function for each action that our flows use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Action = dict[str, Any]
COLUMNS, WIDTH, HEIGHT = 5, 260, 220  # how the flow designer lays the blocks out


@dataclass(frozen=True)
class When:
    """One branch of a comparison."""

    operator: str
    operand: str
    then: str


def document(actions: Sequence[Action]) -> dict[str, Any]:
    """Put actions together; the first is where the flow begins."""
    places = {
        action["Identifier"]: {
            "position": {"x": 200 + n % COLUMNS * WIDTH, "y": 20 + n // COLUMNS * HEIGHT}
        }
        for n, action in enumerate(actions)
    }
    return {
        "Version": "2019-10-30",
        "StartAction": actions[0]["Identifier"],
        "Metadata": {"entryPointPosition": {"x": 20, "y": 20}, "ActionMetadata": places},
        "Actions": list(actions),
    }


def compare(name: str, value: str, *cases: When, otherwise: str) -> Action:
    """Branch on a value; *otherwise* is both of the edges that Connect takes without a match."""
    conditions = [
        {"NextAction": when.then,
         "Condition": {"Operator": when.operator, "Operands": [when.operand]}}
        for when in cases
    ]  # fmt: skip
    transitions = {"Conditions": conditions, **_onward(otherwise, NoMatchingCondition=otherwise)}
    return _action(name, "Compare", {"ComparisonValue": value}, transitions)


def invoke(
    name: str, arn: str, given: Mapping[str, str], *, then: str, otherwise: str, seconds: int = 4
) -> Action:
    """Invoke a Lambda and wait; *seconds* (1 to 8) is for one try."""
    parameters = {
        "LambdaFunctionARN": arn,
        "InvocationTimeLimitSeconds": str(seconds),
        "InvocationType": "SYNCHRONOUS",
        "LambdaInvocationAttributes": dict(given),
        "ResponseValidation": {"ResponseType": "STRING_MAP"},
    }
    return _action(
        name, "InvokeLambdaFunction", parameters, _onward(then, NoMatchingError=otherwise)
    )


def stamp(name: str, attributes: Mapping[str, str], *, then: str, otherwise: str) -> Action:
    """Write attributes into the contact, where its record keeps them."""
    parameters = {"TargetContact": "Current", "Attributes": dict(attributes)}
    return _action(
        name, "UpdateContactAttributes", parameters, _onward(then, NoMatchingError=otherwise)
    )


def call(name: str, caller_id: str, *, then: str) -> Action:
    """Call the customer: the one block that is meant to."""
    return _action(name, "CompleteOutboundCall", {"CallerId": {"Number": caller_id}}, _onward(then))


def loop(name: str, times: int, *, again: str, done: str) -> Action:
    """Go round *times* times, then on."""
    conditions = [
        {"NextAction": then, "Condition": {"Operator": "Equals", "Operands": [which]}}
        for which, then in (("ContinueLooping", again), ("DoneLooping", done))
    ]
    return _action(
        name, "Loop", {"LoopCount": str(times)}, {"Conditions": conditions, **_onward(done)}
    )


def say(name: str, text: str, *, then: str) -> Action:
    """Speak to the customer; in a whisper flow this would place the call."""
    return _action(name, "MessageParticipant", {"Text": text}, _onward(then, NoMatchingError=then))


def aim(name: str, target: Mapping[str, str], *, then: str, otherwise: str) -> Action:
    """Choose where the contact goes: `{"QueueId": …}` or `{"AgentId": …}`."""
    return _action(
        name, "UpdateContactTargetQueue", dict(target), _onward(then, NoMatchingError=otherwise)
    )


def transfer(name: str, *, otherwise: str) -> Action:
    """Hand the contact over to where it was aimed; the flow ends, unless that fails."""
    onward = _onward(otherwise, QueueAtCapacity=otherwise, NoMatchingError=otherwise)
    return _action(name, "TransferContactToQueue", {}, onward)


def while_queued(name: str, flow: str, *, then: str, otherwise: str) -> Action:
    """Choose the flow that keeps the customer company while they wait in a queue."""
    parameters = {"EventHooks": {"CustomerQueue": flow}}
    return _action(
        name, "UpdateContactEventHooks", parameters, _onward(then, NoMatchingError=otherwise)
    )


def hold(name: str, text: str, seconds: int, *, then: str) -> Action:
    """Speak to the waiting customer again and again, and go on after so many seconds."""
    parameters = {"Messages": [{"Text": text}], "InterruptFrequencySeconds": str(seconds)}
    interrupted = {"Operator": "Equals", "Operands": ["MessagesInterrupted"]}
    conditions = [{"NextAction": then, "Condition": interrupted}]
    onward = _onward(then, NoMatchingError=then)
    return _action(
        name, "MessageParticipantIteratively", parameters, {"Conditions": conditions, **onward}
    )


def hang_up(name: str) -> Action:
    """Disconnect the customer; not permitted in whisper flows."""
    return _action(name, "DisconnectParticipant", {}, {})


def end(name: str) -> Action:
    """End the flow; in a whisper flow that has not called yet, this calls."""
    return _action(name, "EndFlowExecution", {}, {})


def _action(
    name: str, kind: str, parameters: Mapping[str, Any], transitions: Mapping[str, Any]
) -> Action:
    return {
        "Identifier": name,
        "Type": kind,
        "Parameters": dict(parameters),
        "Transitions": dict(transitions),
    }


def _onward(then: str, **errors: str) -> dict[str, Any]:
    wired = [{"ErrorType": kind, "NextAction": target} for kind, target in errors.items()]
    return {"NextAction": then, "Errors": wired} if wired else {"NextAction": then}
