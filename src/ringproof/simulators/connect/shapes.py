"""The request shapes of Connect's service model (botocore, connect/2017-08-08)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ringproof.simulators.connect.refusals import Refused

PHONE_NUMBER = r"\+[1-9]\d{1,14}$"
MOST_ATTRIBUTE_BYTES = 32_768
ATTRIBUTE_KEY = re.compile(r"[A-Za-z0-9_-]+\Z")


@dataclass(frozen=True)
class Text:
    """A string; lengths in characters."""

    required: bool = False
    shortest: int = 0
    longest: int | None = None
    pattern: str | None = None
    choices: tuple[str, ...] = ()

    def fault(self, value: Any) -> str | None:
        """Tell which constraint a value breaks."""
        if not isinstance(value, str):
            raise Refused("SerializationException", "a string was expected")
        if len(value) < self.shortest:
            return f"Member must have length greater than or equal to {self.shortest}"
        if self.longest is not None and len(value) > self.longest:
            return f"Member must have length less than or equal to {self.longest}"
        if self.pattern and not re.fullmatch(self.pattern, value):
            return f"Member must satisfy regular expression pattern: {self.pattern}"
        if self.choices and value not in self.choices:
            return f"Member must satisfy enum value set: [{', '.join(self.choices)}]"
        return None


@dataclass(frozen=True)
class Whole:
    """An integer between two others."""

    low: int
    high: int
    required: bool = False

    def fault(self, value: Any) -> str | None:
        """Tell which constraint a value breaks."""
        if type(value) is not int:
            raise Refused("SerializationException", "an integer was expected")
        if value < self.low:
            return f"Member must have value greater than or equal to {self.low}"
        if value > self.high:
            return f"Member must have value less than or equal to {self.high}"
        return None


@dataclass(frozen=True)
class Mapped:
    """A map or a structure, whose members the operation looks at."""

    required: bool = False
    texts: bool = False

    def fault(self, value: Any) -> str | None:
        """Refuse what is not a JSON object, or not one of strings where it must be."""
        if not isinstance(value, dict):
            raise Refused("SerializationException", "an object was expected")
        if self.texts and not all(isinstance(item, str) for item in value.values()):
            raise Refused("SerializationException", "an object of strings was expected")
        return None


Shape = Mapping[str, Text | Whole | Mapped]

INSTANCE = Text(required=True, shortest=1, longest=100)
CONTACT = Text(required=True, shortest=1, longest=256)

START_OUTBOUND_VOICE_CONTACT: Shape = {
    "Name": Text(longest=1024),
    "Description": Text(longest=4096),
    "References": Mapped(),
    "RelatedContactId": Text(shortest=1, longest=256),
    "DestinationPhoneNumber": Text(required=True, pattern=PHONE_NUMBER),
    "ContactFlowId": Text(required=True, longest=500),
    "InstanceId": INSTANCE,
    "ClientToken": Text(longest=500),
    "SourcePhoneNumber": Text(pattern=PHONE_NUMBER),
    "QueueId": Text(),
    "Attributes": Mapped(texts=True),
    "AnswerMachineDetectionConfig": Mapped(),
    "CampaignId": Text(shortest=1, longest=100),
    "TrafficType": Text(choices=("GENERAL", "CAMPAIGN")),
    "OutboundStrategy": Mapped(),
    "RingTimeoutInSeconds": Whole(15, 60),
}
STOP_CONTACT: Shape = {"ContactId": CONTACT, "InstanceId": INSTANCE, "DisconnectReason": Mapped()}
DESCRIBE_CONTACT: Shape = {"ContactId": CONTACT, "InstanceId": INSTANCE}
GET_CONTACT_ATTRIBUTES: Shape = {"InitialContactId": CONTACT, "InstanceId": INSTANCE}
UPDATE_CONTACT_ATTRIBUTES: Shape = {
    "InitialContactId": CONTACT,
    "InstanceId": INSTANCE,
    "Attributes": Mapped(required=True, texts=True),
}


def check_shape(shape: Shape, params: Mapping[str, Any]) -> None:
    """Refuse parameters outside the model; members that the model does not know are ignored."""
    faults = [fault for name in shape if (fault := _member_fault(name, shape[name], params))]
    if faults:
        plural = "s" if len(faults) > 1 else ""
        message = f"{len(faults)} validation error{plural} detected: {'; '.join(faults)}"
        raise Refused("InvalidRequestException", message)


def check_attributes(attributes: Mapping[str, str]) -> None:
    """Refuse attributes beyond 32,768 UTF-8 bytes, or with other than plain keys."""
    if not all(map(ATTRIBUTE_KEY.match, attributes)):
        message = "Attribute keys can include only alphanumeric, dash, and underscore characters."
        raise Refused("InvalidParameterException", message)
    size = sum(len(text.encode()) for pair in attributes.items() for text in pair)
    if size > MOST_ATTRIBUTE_BYTES:
        raise Refused("InvalidParameterException", "Attributes exceed 32768 bytes.")


def _member_fault(
    name: str, member: Text | Whole | Mapped, params: Mapping[str, Any]
) -> str | None:
    value = params.get(name)
    fault = member.fault(value) if value is not None else None
    if value is None and member.required:
        fault = "Member must not be null"
    where = name[0].lower() + name[1:]
    return f"Value at '{where}' failed to satisfy constraint: {fault}" if fault else None
