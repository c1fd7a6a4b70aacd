"""Contact records, as Connect writes them into its Kinesis stream (admin guide, ctr-data-model)."""

from datetime import UTC, datetime
from typing import Any

from ringproof.simulators.connect.contacts import Contact, Stage
from ringproof.simulators.connect.flow.facts import endpoint
from ringproof.simulators.connect.options import ConnectOptions

FORMAT = "2017-03-10"


def whole_seconds(at: int | None) -> str | None:
    """Write milliseconds since the epoch as contact records do, with seconds only."""
    return datetime.fromtimestamp(at // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None


def contact_record(contact: Contact, options: ConnectOptions) -> dict[str, Any]:
    """Describe a contact that has ended; what there is not is null."""
    times = contact.timeline
    return {
        "AWSAccountId": options.account,
        "AWSContactTraceRecordFormatVersion": FORMAT,
        "Agent": _agent(contact, options),
        "AgentConnectionAttempts": int(Stage.AGENT_CONNECTED in times),
        "AnsweringMachineDetectionStatus": None,
        "Attributes": dict(contact.attributes),
        "Campaign": {"CampaignId": None},
        "Channel": "VOICE",
        "ConnectedToSystemTimestamp": whole_seconds(times.get(Stage.CONNECTED)),
        "ContactDetails": {},
        "ContactId": contact.id,
        "CustomerEndpoint": endpoint(contact.customer_number),
        "DisconnectReason": contact.disconnect_reason,
        "DisconnectTimestamp": whole_seconds(times.get(Stage.ENDED)),
        "InitialContactId": contact.initial_id if contact.previous else None,
        "InitiationMethod": contact.method,
        "InitiationTimestamp": whole_seconds(times[Stage.INITIATED]),
        "InstanceARN": options.instance_arn,
        "LastUpdateTimestamp": whole_seconds(contact.updated_at),
        "MediaStreams": [{"Type": "AUDIO"}],
        "NextContactId": None,
        "PreviousContactId": contact.previous_id,
        "Queue": _queue(contact, options),
        "Recording": None,
        "Recordings": None,
        "References": [],
        "RelatedContactId": contact.related_id,
        "SystemEndpoint": endpoint(contact.system_number),
        "Tags": {"aws:connect:instanceId": options.instance_id},
        "TransferCompletedTimestamp": None,
        "TransferredToEndpoint": None,
    }


def _agent(contact: Contact, options: ConnectOptions) -> dict[str, Any] | None:
    """Describe the agent who was connected; Connect knows of no other."""
    at, ended = contact.timeline.get(Stage.AGENT_CONNECTED), contact.timeline.get(Stage.ENDED)
    if at is None or contact.agent_arn is None:
        return None
    user = options.user(contact.agent_arn)
    profile = options.routing_profile(user)
    return {
        "ARN": contact.agent_arn,
        "AfterContactWorkDuration": 0,
        "AfterContactWorkEndTimestamp": whole_seconds(ended),
        "AfterContactWorkStartTimestamp": whole_seconds(ended),
        "AgentInteractionDuration": ((ended or at) - at) // 1000,
        "ConnectedToAgentTimestamp": whole_seconds(at),
        "CustomerHoldDuration": 0,
        "HierarchyGroups": None,
        "LongestHoldDuration": 0,
        "NumberOfHolds": 0,
        "RoutingProfile": {
            "ARN": f"{options.instance_arn}/routing-profile/{profile.id}",
            "Name": profile.name,
        },
        "Username": user.username,
    }


def _queue(contact: Contact, options: ConnectOptions) -> dict[str, Any] | None:
    if contact.queue is None:
        return None
    entered, left = (contact.timeline.get(s) for s in (Stage.QUEUED, Stage.AGENT_CONNECTED))
    waited = ((left or entered) - entered) // 1000 if entered else 0
    return {
        "ARN": options.queue_arn(contact.queue),
        "DequeueTimestamp": whole_seconds(left if entered else None),
        "Duration": waited,
        "EnqueueTimestamp": whole_seconds(entered),
        "Name": contact.queue.name,
    }
