"""Every path of a flow: at each block, every way in which what it wants can go."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ringproof.flows import fill, flow_file
from ringproof.simulators.connect.flow.effects import (
    Dial,
    Disconnect,
    Done,
    Effect,
    End,
    Failed,
    Invoke,
    Outcome,
    Transfer,
)
from ringproof.simulators.connect.flow.lambdas import LARGEST_REPLY, function_name, read
from ringproof.simulators.connect.flow.load import load
from ringproof.simulators.connect.flow.machine import begin, follow, wanted
from ringproof.simulators.connect.flow.program import Program
from ringproof.simulators.connect.flow.wants import Position

CUSTOMER, STATIC, SHOWN = "+447400100001", "+442079460100", "+442079460123"
ARN = "arn:aws:lambda:eu-west-2:123456789012:function:ringproof-{}"
VALUES = {
    **{f"{name.title()}FunctionArn": ARN.format(name)
       for name in ("gate", "stop", "ledger", "inbound")},
    "WaitFlowArn": "api-wait",
    "StaticCallerId": STATIC,
    "QueueArn": "arn:aws:connect:eu-west-2:123456789012:instance/i/queue/q",
    "BankName": "Example Bank",
}  # fmt: skip
TYPES = {"api-call": "CONTACT_FLOW", "api-wait": "CUSTOMER_QUEUE", "inbound-caller": "CONTACT_FLOW"}
ALLOW = {
    "decision": "allow",
    "callId": "c1",
    "callerId": SHOWN,
    "code": "",
    "verified": "true",
    "agentUserId": "a1",
}
DENY = {**ALLOW, "decision": "deny", "callId": "", "callerId": "", "code": "not_announced"}


def said(reply: Any, status: int = 200, **how: bool) -> Outcome:
    """What a flow learns of an answer; what would be tried again has failed three times."""
    return read(status, json.dumps(reply).encode(), **how) or Failed()


ANSWERS: Mapping[str, Outcome] = {
    "allow": said(ALLOW),
    "deny": said(DENY),
    "deny that is dressed up": said({**ALLOW, "decision": "deny"}),
    "nothing": said({}),
    "allow without a number": said({"decision": "allow", "callId": "c1"}),
    "allow with an empty number": said({**ALLOW, "callerId": ""}),
    "number without a decision": said({"callId": "c1", "callerId": SHOWN}),
    "another word": said({**ALLOW, "decision": "Allow"}),
    "no object": said([ALLOW]),
    "nested": said({**ALLOW, "decision": {"decision": "allow"}}),
    "not JSON": read(200, b"allow") or Failed(),
    "oversized": said({**ALLOW, "long": "x" * LARGEST_REPLY}),
    "function error": said(ALLOW, failed=True),
    "throttled": said(ALLOW, 429),
    "crashed": said(ALLOW, 502),
    "not there": said(ALLOW, 404),
    "no answer": Failed(),
}
ALIKE = {str(outcome): outcome for outcome in ANSWERS.values()}


@dataclass(frozen=True)
class Path:
    """What has happened so far: the last answer but `stop`'s, stops, and everything done."""

    answer: str = ""
    stops: int = 0
    done: tuple[Effect, ...] = ()


@dataclass(frozen=True)
class Moment:
    """The instant before an effect, on one path."""

    effect: Effect
    path: Path


def program(name: str) -> Program:
    """Load a flow as it is deployed."""
    return load(fill(flow_file(name), VALUES), TYPES.get(name, "OUTBOUND_WHISPER"))


def facts(number: str = CUSTOMER, **attributes: str) -> dict[str, Any]:
    """What Connect knows of the contact."""
    return {
        "CustomerEndpoint": {"Address": number},
        "Agent": {"ARN": "arn:agent"},
        "Queue": {"ARN": "arn:queue"},
        "Attributes": attributes,
    }


def walk(flow: Program, about: Mapping[str, Any]) -> Iterator[Moment]:
    """Yield every effect of every path; what happened alike is walked on from once."""
    seen: set[tuple[Position, Path]] = set()
    waiting = [(begin(flow), Path())]
    while waiting:
        at, path = waiting.pop()
        if (at, path) in seen:
            continue
        seen.add((at, path))
        effect = wanted(flow, at, about)
        if effect is not None:
            yield Moment(effect, path)
        for outcome, there in _ways(effect, path):
            waiting.append((follow(flow, at, about, outcome), there))


def _ways(effect: Effect | None, path: Path) -> Iterator[tuple[Outcome, Path]]:
    if effect is None:
        yield Done(), path
    elif isinstance(effect, Invoke):
        yield from _answers(effect, path)
    elif not isinstance(effect, End | Disconnect):
        if not isinstance(effect, Transfer):
            yield Done(), replace(path, done=(*path.done, effect))
        if not isinstance(effect, Dial):
            yield Failed(), path
        if isinstance(effect, Transfer):
            yield Failed("QueueAtCapacity"), path


def _answers(invoke: Invoke, path: Path) -> Iterator[tuple[Outcome, Path]]:
    """Nobody looks at what `stop` answers, so that answers alike are one there."""
    if function_name(invoke.function_arn) != "stop":
        yield from ((outcome, replace(path, answer=name)) for name, outcome in ANSWERS.items())
        return
    there = replace(path, stops=path.stops + 1)
    yield from ((outcome, there) for outcome in ALIKE.values())
