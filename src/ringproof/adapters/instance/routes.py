"""The ways to dial: queues, the flows that guard them, and the routing profiles that reach them."""

from collections.abc import Mapping, Sequence
from typing import Any

from ringproof.adapters.instance.aws import Unanswered
from ringproof.adapters.instance.reading import Reading
from ringproof.core.instance import Flow, Queue, RoutingProfile

_NO_SUCH = "ResourceNotFoundException"
_NOT_PUBLISHED = "ContactFlowNotPublishedException"


def queues(reading: Reading) -> tuple[Queue, ...] | None:
    """Read every queue that a call may be made from; agents' own queues are not among them."""
    listed = reading.part(
        "queues", lambda: reading.all("ListQueues", "QueueSummaryList", QueueTypes=["STANDARD"])
    )
    if listed is None:
        return None
    return reading.each("queues", listed, _id, lambda each: _queue(reading, each["Id"]))


def flows(reading: Reading, ids: Sequence[str]) -> Mapping[str, Flow | None]:
    """Read what is published of each flow; None is one that does not exist."""
    unique = tuple(dict.fromkeys(ids))
    return dict(reading.each("flows", unique, str, lambda each: (each, _flow(reading, each))))


def routing_profiles(reading: Reading) -> tuple[RoutingProfile, ...] | None:
    """Read every routing profile and its queues."""
    listed = reading.part(
        "routing profiles",
        lambda: reading.all("ListRoutingProfiles", "RoutingProfileSummaryList"),
    )
    if listed is None:
        return None
    return reading.each(
        "routing profiles", listed, _id, lambda each: _routing_profile(reading, each["Id"])
    )


def _queue(reading: Reading, queue_id: str) -> Queue:
    described = reading.ask("DescribeQueue", "Queue", QueueId=queue_id)
    connects = reading.all("ListQueueQuickConnects", "QuickConnectSummaryList", QueueId=queue_id)
    config = described.get("OutboundCallerConfig", {})
    return Queue(
        id=described["QueueId"],
        name=described.get("Name", ""),
        flow_id=_last(config.get("OutboundFlowId")),
        number_id=_last(config.get("OutboundCallerIdNumberId")),
        phone_connects=tuple(
            each.get("Name", each["Id"])
            for each in connects
            if each["QuickConnectType"] == "PHONE_NUMBER"
        ),
    )


def _flow(reading: Reading, flow_id: str) -> Flow | None:
    """Read one; without an alias Connect answers with what is published, which is what runs."""
    try:
        described = reading.ask("DescribeContactFlow", "ContactFlow", ContactFlowId=flow_id)
    except Unanswered as silence:
        if silence.code == _NO_SUCH:
            return None
        if silence.code == _NOT_PUBLISHED:
            return Flow(flow_id, flow_id, "", published=False)
        raise
    return Flow(
        id=flow_id,
        name=described.get("Name", flow_id),
        content=described["Content"],
        active=described["State"] == "ACTIVE",
        published=described["Status"] == "PUBLISHED",
    )


def _routing_profile(reading: Reading, profile_id: str) -> RoutingProfile:
    described = reading.ask("DescribeRoutingProfile", "RoutingProfile", RoutingProfileId=profile_id)
    held = reading.all(
        "ListRoutingProfileQueues",
        "RoutingProfileQueueConfigSummaryList",
        RoutingProfileId=profile_id,
    )
    return RoutingProfile(
        id=profile_id,
        name=described.get("Name", profile_id),
        default_queue_id=_last(described.get("DefaultOutboundQueueId")),
        queue_ids=frozenset(each["QueueId"] for each in held),
    )


def _id(summary: Mapping[str, Any]) -> str:
    """Name an element by what its list says of it."""
    return f"{summary.get('Name', '')} ({summary.get('Id', '')})"


def _last(id_or_arn: str | None) -> str | None:
    """Return the id at the end of an ARN; an id is its own."""
    return id_or_arn.rpartition("/")[2] if id_or_arn else None
