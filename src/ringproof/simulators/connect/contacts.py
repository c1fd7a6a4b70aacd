"""Contacts: what Connect knows about each call."""

import asyncio
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from ringproof.simulators.connect.instance import Queue
from ringproof.simulators.connect.leg import EndReason, Leg
from ringproof.simulators.connect.pace import now_ms


class Stage(StrEnum):
    """What has happened to a contact."""

    INITIATED = "initiated"
    DIALED = "dialed"
    RINGING = "ringing"
    CONNECTED = "connected"
    QUEUED = "queued"
    AGENT_CONNECTED = "agent_connected"
    ENDED = "ended"


# DisconnectReason of the contact record (admin guide, ctr-data-model). Connect has no value for a
# declined call: a mobile network reports it as user busy (Q.850 cause 17).
DISCONNECT_REASONS = {
    EndReason.BUSY: "TELECOM_BUSY",
    EndReason.DECLINED: "TELECOM_BUSY",
    EndReason.NO_ANSWER: "TELECOM_TIMEOUT",
    EndReason.UNREACHABLE: "TELECOM_UNANSWERED",
    EndReason.CALLEE_HUNG_UP: "CUSTOMER_DISCONNECT",
    EndReason.CALLER_HUNG_UP: "AGENT_DISCONNECT",
}


@dataclass(eq=False)
class Contact:
    """A voice contact; its timeline holds milliseconds since the epoch.

    `flow_id` is the flow that runs once the customer has answered, `queue_flow_id` the one that
    runs while they wait in a queue, and `prompts` is what they heard.
    A callback is known to its flow by the id of another contact.
    """

    method: str
    customer_number: str
    system_number: str | None = None
    agent_arn: str | None = None
    queue: Queue | None = None
    attributes: dict[str, str] = field(default_factory=dict)
    name: str | None = None
    description: str | None = None
    related_id: str | None = None
    previous: "Contact | None" = None
    known_to_flow_as: str | None = None
    flow_id: str | None = None
    queue_flow_id: str | None = None
    prompts: list[str] = field(default_factory=list)
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    timeline: dict[Stage, int] = field(default_factory=dict)
    disconnect_reason: str | None = None
    updated_at: int = 0
    leg: Leg | None = None
    _marked: asyncio.Event = field(default_factory=asyncio.Event, repr=False)

    def __post_init__(self) -> None:
        self.mark(Stage.INITIATED)

    @property
    def previous_id(self) -> str | None:
        """Name the contact before this one in its chain."""
        return self.previous.id if self.previous else None

    @property
    def initial_id(self) -> str:
        """Name the first contact of the chain."""
        return self.previous.initial_id if self.previous else self.id

    @property
    def live(self) -> bool:
        """True until the contact has ended."""
        return Stage.ENDED not in self.timeline

    @property
    def stage(self) -> Stage:
        """Tell what happened last."""
        return next(reversed(self.timeline))

    def mark(self, stage: Stage, at: int | None = None) -> None:
        """Write down when something happened, once."""
        self.updated_at = now_ms()
        self.timeline.setdefault(stage, at or self.updated_at)
        self._marked.set()
        self._marked = asyncio.Event()

    async def until(self, stage: Stage) -> None:
        """Wait until something has happened; return also if it now never can."""
        while self.live and stage not in self.timeline:
            await self._marked.wait()

    def story(self) -> dict[str, Any]:
        """Tell everything, as the management API shows it."""
        return {
            "contactId": self.id,
            "initiationMethod": self.method,
            "state": self.stage,
            "number": self.customer_number,
            "callerId": self.system_number,
            "agentArn": self.agent_arn,
            "attributes": self.attributes,
            "prompts": self.prompts,
            "disconnectReason": self.disconnect_reason,
            "answeredBy": self.leg.answered_by if self.leg else None,
            "timeline": [{"state": stage, "at": at} for stage, at in self.timeline.items()],
        }


def merge_attributes(contact: Contact, attributes: Mapping[str, str]) -> None:
    """Set user attributes; those not named stay."""
    contact.attributes.update(attributes)
    contact.updated_at = now_ms()
