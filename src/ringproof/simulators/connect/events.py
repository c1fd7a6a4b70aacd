"""Contact events in the form in which EventBridge carries them."""

import uuid
from datetime import UTC, datetime
from typing import Any

from ringproof.simulators.connect.contacts import Contact, Stage
from ringproof.simulators.connect.options import ConnectOptions

# Event type by stage (admin guide, contact-events).
EVENT_TYPES = {
    Stage.INITIATED: "INITIATED",
    Stage.CONNECTED: "CONNECTED_TO_SYSTEM",
    Stage.QUEUED: "QUEUED",
    Stage.AGENT_CONNECTED: "CONNECTED_TO_AGENT",
    Stage.ENDED: "DISCONNECTED",
}
TIMESTAMPS = {
    Stage.INITIATED: "initiationTimestamp",
    Stage.CONNECTED: "connectedToSystemTimestamp",
    Stage.ENDED: "disconnectTimestamp",
}


def rfc3339(at: int) -> str:
    """Write milliseconds since the epoch as RFC 3339 in UTC."""
    text = datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def contact_event(contact: Contact, event_type: str, options: ConnectOptions) -> dict[str, Any]:
    """Describe what happened; it names neither the customer's number nor the attributes."""
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "Amazon Connect Contact Event",
        "source": "aws.connect",
        "account": options.account,
        "time": rfc3339(contact.updated_at)[:-5] + "Z",
        "region": options.region,
        "resources": _resources(contact, options),
        "detail": {"eventType": event_type, **_detail(contact, options)},
    }


def _resources(contact: Contact, options: ConnectOptions) -> list[str]:
    named = [options.instance_arn, f"{options.instance_arn}/contact/{contact.id}"]
    return [*named, contact.agent_arn] if contact.agent_arn else named


def _detail(contact: Contact, options: ConnectOptions) -> dict[str, Any]:
    times = contact.timeline
    detail: dict[str, Any] = {
        "contactId": contact.id,
        "initialContactId": contact.initial_id,
        "previousContactId": contact.previous_id,
        "relatedContactId": contact.related_id,
        "channel": "VOICE",
        "instanceArn": options.instance_arn,
        "initiationMethod": contact.method,
        "systemEndpoint": _endpoint(contact.system_number),
        "agentInfo": _agent(contact),
        "queueInfo": _queue(contact, options),
        **{name: rfc3339(times[stage]) for stage, name in TIMESTAMPS.items() if stage in times},
    }
    return {name: value for name, value in detail.items() if value is not None}


def _endpoint(number: str | None) -> dict[str, str] | None:
    return {"address": number, "type": "TELEPHONE_NUMBER"} if number else None


def _agent(contact: Contact) -> dict[str, str] | None:
    if not contact.agent_arn:
        return None
    info = {"agentArn": contact.agent_arn}
    if at := contact.timeline.get(Stage.AGENT_CONNECTED):
        info["connectedToAgentTimestamp"] = rfc3339(at)
    return info


def _queue(contact: Contact, options: ConnectOptions) -> dict[str, str] | None:
    if not contact.queue:
        return None
    info = {"queueArn": options.queue_arn(contact.queue), "queueType": "STANDARD"}
    if at := contact.timeline.get(Stage.QUEUED):
        info["enqueueTimestamp"] = rfc3339(at)
    return info
