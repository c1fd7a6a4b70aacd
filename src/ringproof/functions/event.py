"""Reading a ContactFlowEvent, many of whose fields may be null."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Reply = dict[str, str]
"""A STRING_MAP: what a flow can read of a Lambda's answer."""


@dataclass(frozen=True, slots=True)
class FlowEvent:
    """What a flow says of its contact: *data* is Connect's word, *given* what the flow was told to pass."""

    data: Mapping[str, Any]
    given: Mapping[str, Any]

    @property
    def contact_id(self) -> str:
        """The contact's id, or nothing."""
        return _text(self.data, "ContactId")

    @property
    def number(self) -> str:
        """The customer's number as Connect has it: what it is about to dial, or who calls."""
        return _text(_object(self.data, "CustomerEndpoint"), "Address") or self.parameter("number")

    @property
    def queue(self) -> str:
        """The ARN of the queue."""
        return _text(_object(self.data, "Queue"), "ARN") or self.parameter("queueArn")

    @property
    def attributes(self) -> Mapping[str, Any]:
        """The contact's attributes: claims, which anybody may have written."""
        return _object(self.data, "Attributes")

    def parameter(self, name: str) -> str:
        """Return what the flow was told to pass under this name, or nothing."""
        return _text(self.given, name)


def read_flow_event(event: Mapping[str, Any]) -> FlowEvent | None:
    """Read the event; None for anything else."""
    details = _object(event, "Details")
    if event.get("Name") != "ContactFlowEvent" or not details:
        return None
    return FlowEvent(_object(details, "ContactData"), _object(details, "Parameters"))


def _object(parent: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = parent.get(name)
    return value if isinstance(value, dict) else {}


def _text(parent: Mapping[str, Any], name: str) -> str:
    value = parent.get(name)
    return value if isinstance(value, str) else ""
