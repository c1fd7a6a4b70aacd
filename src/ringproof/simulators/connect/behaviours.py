"""What a number without a handset does when it is called."""

import re
from dataclasses import dataclass
from typing import Any, Literal, get_args

Kind = Literal["answer", "no_answer", "busy", "decline", "voicemail", "forward", "unreachable"]
E164 = re.compile(r"\+[1-9]\d{1,14}\Z")


@dataclass(frozen=True)
class Behaviour:
    """A habit; times in simulated milliseconds, counted from the ring and from the answer."""

    kind: Kind = "no_answer"
    after_ms: int = 800
    hangup_after_ms: int | None = None
    forward_to: str | None = None


def parse_behaviour(body: Any) -> Behaviour:
    """Read a behaviour from JSON; `ValueError` says in words what is wrong with it."""
    if not isinstance(body, dict) or body.get("behaviour") not in get_args(Kind):
        raise ValueError(f"behaviour must be one of {', '.join(get_args(Kind))}")
    if body["behaviour"] == "forward" and not is_number(body.get("forwardTo")):
        raise ValueError("forward needs forwardTo, a number in E.164")
    return Behaviour(
        kind=body["behaviour"],
        after_ms=_milliseconds(body.get("afterMs", 800)) or 0,
        hangup_after_ms=_milliseconds(body.get("hangupAfterMs")),
        forward_to=body.get("forwardTo"),
    )


def is_number(value: Any) -> bool:
    """True for a telephone number in E.164."""
    return isinstance(value, str) and E164.match(value) is not None


def _milliseconds(value: Any) -> int | None:
    if value is None:
        return None
    if type(value) is not int or value < 0:
        raise ValueError("times are whole milliseconds, 0 or more")
    return value
