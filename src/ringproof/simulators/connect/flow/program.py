"""A flow that has been loaded: everything in it is known to be in order."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

OUTBOUND_WHISPER = "OUTBOUND_WHISPER"
CONTACT_FLOW = "CONTACT_FLOW"
CUSTOMER_QUEUE = "CUSTOMER_QUEUE"


@dataclass(frozen=True)
class Case:
    """One branch: taken if the value stands to the operand as the operator says."""

    operator: str
    operand: str
    then: str


@dataclass(frozen=True)
class Action:
    """One block, with its edges; `errors` leads from each error type to the next action."""

    id: str
    type: str
    parameters: Mapping[str, Any]
    next: str | None
    cases: tuple[Case, ...]
    errors: Mapping[str, str]


@dataclass(frozen=True)
class Program:
    """A flow of one type, and where it begins."""

    type: str
    start: str
    actions: Mapping[str, Action]

    @property
    def before_the_call(self) -> bool:
        """True if the flow begins before the customer is called."""
        return self.type == OUTBOUND_WHISPER

    @property
    def while_waiting(self) -> bool:
        """True if the flow is for waiting customers, and over once somebody has come."""
        return self.type == CUSTOMER_QUEUE

    @property
    def hangs_up(self) -> bool:
        """True if nobody is left with the customer where the flow ends."""
        return self.type == CONTACT_FLOW
