"""What a flow wants done, and how it went."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Invoke:
    """Invoke a Lambda with parameters; `limit_ms` is for one try."""

    function_arn: str
    parameters: Mapping[str, str]
    limit_ms: int


@dataclass(frozen=True)
class SetAttributes:
    """Write user attributes into the contact."""

    attributes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Dial:
    """Call the customer, showing this number, or the queue's if there is none or it is not ours.

    `meant` is false for the call that Connect makes because the flow came to a prompt, or to its
    end, without having called.
    """

    caller_id: str | None
    meant: bool = True


@dataclass(frozen=True)
class Play:
    """Speak to the customer."""

    text: str


@dataclass(frozen=True)
class Hold:
    """Speak to the waiting customer until this time has passed, or somebody has come."""

    text: str
    for_ms: int


@dataclass(frozen=True)
class Hook:
    """Choose the flow, by id or ARN, that runs while the customer waits in a queue."""

    flow: str


@dataclass(frozen=True)
class Aim:
    """Choose the queue, or the agent's own queue, for the transfer to come."""

    kind: str
    id: str


@dataclass(frozen=True)
class Transfer:
    """Hand the contact over to where it was aimed; if that succeeds, the flow has ended."""

    target: Aim | None


@dataclass(frozen=True)
class Disconnect:
    """Hang up on the customer; the flow has ended."""


@dataclass(frozen=True)
class End:
    """The flow has ended."""


Effect = Invoke | SetAttributes | Dial | Play | Hold | Hook | Aim | Transfer | Disconnect | End


@dataclass(frozen=True)
class Done:
    """It was done; `reply` is what a Lambda answered."""

    reply: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Failed:
    """It failed with one of Connect's error types."""

    error: str = "NoMatchingError"


Outcome = Done | Failed
