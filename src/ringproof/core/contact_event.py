"""
Amazon Connect's contact events and disconnect reasons, as far as a call depends on them.

https://docs.aws.amazon.com/connect/latest/adminguide/contact-events.html: best effort, unordered,
casing not to be relied on, unknown fields and types to be ignored.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from ringproof.core.call import Outcome
from ringproof.core.time import Millis


class ContactEventType(StrEnum):
    """The event types that move a call."""

    INITIATED = "INITIATED"
    CONNECTED_TO_SYSTEM = "CONNECTED_TO_SYSTEM"
    CONNECTED_TO_AGENT = "CONNECTED_TO_AGENT"
    DISCONNECTED = "DISCONNECTED"


_TYPES = {each.value: each for each in ContactEventType}


@dataclass(frozen=True, slots=True)
class ContactEvent:
    """
    One event; *type* is None for a kind that means nothing to us, such as QUEUED.

    *at* is when it happened, None where it does not say. It names neither the customer nor attributes.
    """

    contact_id: str
    type: ContactEventType | None
    initiation_method: str
    disconnect_reason: str = ""
    at: Millis | None = None
    queue: str | None = None
    agent_arn: str | None = None
    initial_id: str = ""
    answered: bool = False

    @property
    def outbound(self) -> bool:
        """True when the bank's side called somebody; an unknown method may have, so it counts."""
        return self.initiation_method not in _NOT_OUTBOUND


# https://docs.aws.amazon.com/connect/latest/adminguide/contact-initiation-methods.html
_NOT_OUTBOUND = frozenset({"INBOUND", "MONITOR", "WEBRTC_API", "AGENT_REPLY", "MESSAGING_SYSTEM"})

OUTCOMES: Mapping[str, Outcome] = {
    "TELECOM_BUSY": Outcome.BUSY,
    "TELECOM_UNANSWERED": Outcome.NO_ANSWER,
    "TELECOM_TIMEOUT": Outcome.NO_ANSWER,
    "CUSTOMER_NEVER_ARRIVED": Outcome.NO_ANSWER,
    "TELECOM_POTENTIAL_BLOCKING": Outcome.SCREENED,
    "TELECOM_NUMBER_INVALID": Outcome.FAILED,
    "TELECOM_PROBLEM": Outcome.FAILED,
    "OUTBOUND_DESTINATION_ENDPOINT_ERROR": Outcome.FAILED,
    "OUTBOUND_ATTEMPT_FAILED": Outcome.FAILED,
    "CONTACT_FLOW_DISCONNECT": Outcome.FAILED,
    "OTHER": Outcome.FAILED,  # what is said of a contact that StopContact ended, before it rang or after
}


def outcome_of(disconnect_reason: str, *, answered: bool) -> Outcome:
    """Say what became of a call that has ended; an unknown reason before the answer is NO_ANSWER."""
    if answered:
        return Outcome.ANSWERED
    return OUTCOMES.get(disconnect_reason.upper(), Outcome.NO_ANSWER)


def read_contact_event(body: Mapping[str, Any]) -> ContactEvent | None:
    """Read an EventBridge event; None if it is not a contact event."""
    detail = body.get("detail")
    if body.get("source") != "aws.connect" or not isinstance(detail, dict):
        return None
    folded = {str(name).lower(): value for name, value in detail.items()}
    contact_id, kind = folded.get("contactid"), str(folded.get("eventtype", "")).upper()
    if not isinstance(contact_id, str):
        return None
    return ContactEvent(
        contact_id,
        _TYPES.get(kind),
        str(folded.get("initiationmethod", "")).upper(),
        str(folded.get("disconnectreason") or ""),
        instant(body.get("time")),
        _member(folded, "queueinfo", "queuearn"),
        _member(folded, "agentinfo", "agentarn"),
        str(folded.get("initialcontactid") or contact_id),
        kind == ContactEventType.CONNECTED_TO_SYSTEM
        or bool(folded.get("connectedtosystemtimestamp")),
    )


def _member(folded: Mapping[str, Any], name: str, member: str) -> str | None:
    value = folded.get(name)
    members = value.items() if isinstance(value, dict) else ()
    found = {str(key).lower(): text for key, text in members}.get(member)
    return found if isinstance(found, str) and found else None


def instant(time: object) -> Millis | None:
    """Read an EventBridge `time` (RFC 3339); None for anything else."""
    try:
        moment = datetime.fromisoformat(str(time))
    except ValueError:
        return None
    return int(moment.timestamp() * 1_000) if moment.tzinfo else None
