"""The gate of a queue, in three variants: which one a queue has is its mode.

An outbound whisper flow runs its blocks up to the first call or prompt before the customer's
telephone rings, so it decides whether it rings at all.
"""

from dataclasses import dataclass
from typing import Any

from infra.flows.blocks import Action, When, call, compare, document, end, invoke, loop, stamp

# Bare, and as panels write them for a caller in this country or that; none can be a customer's.
SERVICES = ("999", "112", "911", "000")
EMERGENCY = (
    *SERVICES,
    *(f"+{service}" for service in SERVICES),
    *(f"+44{service}" for service in SERVICES),
    "+1911",
    "+61000",
)
ROUNDS = 20


@dataclass(frozen=True)
class Mode:
    """Where the edges of one variant lead: after a denial, after a failure, after a failed stamp."""

    name: str
    denied: str
    failed: str
    unstamped: str


BLOCK = Mode("block", denied="mark", failed="stop", unstamped="stop")
WARN = Mode("warn", denied="mark", failed="dial_plainly", unstamped="dial")
MONITOR = Mode("monitor", denied="dial_plainly", failed="dial_plainly", unstamped="dial")


def gate(mode: Mode) -> dict[str, Any]:
    """Write the gate; a block that no edge of this mode leads to is left out."""
    asked = [
        *_question(mode),
        *_allowed(mode),
        call("dial_plainly", "${StaticCallerId}", then="end"),
        end("end"),
    ]
    if mode.denied == "mark":
        asked.append(_mark(mode))
    if mode.failed == "stop":
        asked += _stop()
    return document(asked)


def _question(mode: Mode) -> list[Action]:
    emergencies = [When("Equals", number, "dial_plainly") for number in EMERGENCY]
    given = {
        "agentArn": "$.Agent.ARN",
        "queueArn": "$.Queue.ARN",
        "number": "$.CustomerEndpoint.Address",
        "mode": mode.name,
    }
    return [
        compare("emergency", "$.CustomerEndpoint.Address", *emergencies, otherwise="gate"),
        invoke("gate", "${GateFunctionArn}", given, then="decide", otherwise=mode.failed),
        compare(
            "decide",
            "$.External.decision",
            When("Equals", "allow", "caller_id"),
            When("Equals", "deny", mode.denied),
            otherwise=mode.failed,
        ),
    ]


def _allowed(mode: Mode) -> list[Action]:
    """
    Dial as announced; an allow that names no number to show is none.

    What passes without a call, such as a manual contact, is not noted as verified.
    """
    noted = {"verified_call": "$.External.verified", "ringproof_call_id": "$.External.callId"}
    shown = "$.External.callerId"
    return [
        compare("caller_id", shown, When("TextStartsWith", "+", "stamp"), otherwise=mode.failed),
        stamp("stamp", noted, then="dial", otherwise=mode.unstamped),
        call("dial", shown, then="end"),
    ]


def _mark(mode: Mode) -> Action:
    """Let the contact record say which rule the dial broke."""
    noted = {"ringproof_violation": "$.External.code"}
    return stamp("mark", noted, then=mode.failed, otherwise=mode.failed)


def _stop() -> list[Action]:
    """Have the contact stopped, and hold the flow off its end while that takes effect.

    An end would dial with the queue's number: the queue has none, so even that end is safe.
    """
    given = {"number": "$.CustomerEndpoint.Address", "code": "$.External.code"}
    return [
        invoke("stop", "${StopFunctionArn}", given, then="hold", otherwise="hold"),
        loop("hold", ROUNDS, again="stop", done="end_denied"),
        end("end_denied"),
    ]
