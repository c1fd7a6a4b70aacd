"""Connect's records in the words of its service model (botocore, connect/2017-08-08)."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from ringproof.simulators.connect.configuration.records import Configuration, Storage
from ringproof.simulators.connect.options import ConnectOptions
from ringproof.simulators.connect.refusals import Refused

Params = Mapping[str, Any]
Item = dict[str, Any]


class Named(Protocol):
    """A record with an id."""

    @property
    def id(self) -> str:
        """Name it."""


R = TypeVar("R", bound=Named)


def queues(options: ConnectOptions, _: Params) -> Sequence[Item]:
    """List the queues; agents' own are not kept here."""
    return [
        {**_summary(options, "queue", each.id, each.name), "QueueType": "STANDARD"}
        for each in options.queues
    ]


def queue(options: ConnectOptions, params: Params) -> Item:
    """Describe a queue."""
    found = _find(options.queues, params["QueueId"])
    number = uuid.uuid5(uuid.NAMESPACE_URL, found.caller_id) if found.caller_id else None
    config = {
        "OutboundFlowId": found.outbound_flow_id,
        "OutboundCallerIdNumberId": str(number) if number else None,
    }
    return {
        "QueueId": found.id,
        "QueueArn": f"{options.instance_arn}/queue/{found.id}",
        "Name": found.name,
        "OutboundCallerConfig": {name: value for name, value in config.items() if value},
        "Status": "ENABLED",
    }


def quick_connects(options: ConnectOptions, params: Params) -> Sequence[Item]:
    """List the quick connects of a queue."""
    _find(options.queues, params["QueueId"])
    found = options.configuration.quick_connects.get(params["QueueId"], ())
    return [
        {**_summary(options, "transfer-destination", e.id, e.name), "QuickConnectType": e.type}
        for e in found
    ]


def flow(options: ConnectOptions, params: Params) -> Item:
    """Describe what is published of a flow."""
    known: Configuration = options.configuration
    found = _find(options.flows, params["ContactFlowId"])
    if found.id in known.unpublished:
        raise Refused("ContactFlowNotPublishedException", "The flow has not been published.")
    return {
        "Id": found.id,
        "Arn": f"{options.instance_arn}/contact-flow/{found.id}",
        "Name": found.name,
        "Type": found.type,
        "State": "ARCHIVED" if found.id in known.archived else "ACTIVE",
        "Status": "PUBLISHED",
        "Content": found.content,
    }


def routing_profiles(options: ConnectOptions, _: Params) -> Sequence[Item]:
    """List the routing profiles."""
    found = options.routing_profiles
    return [_summary(options, "routing-profile", each.id, each.name) for each in found]


def routing_profile(options: ConnectOptions, params: Params) -> Item:
    """Describe a routing profile."""
    found = _find(options.routing_profiles, params["RoutingProfileId"])
    return {
        "InstanceId": options.instance_id,
        "RoutingProfileId": found.id,
        "RoutingProfileArn": f"{options.instance_arn}/routing-profile/{found.id}",
        "Name": found.name,
        "DefaultOutboundQueueId": found.default_outbound_queue_id,
    }


def routing_profile_queues(options: ConnectOptions, params: Params) -> Sequence[Item]:
    """List the queues of a routing profile."""
    found = _find(options.routing_profiles, params["RoutingProfileId"])
    return [
        {
            "QueueId": each,
            "QueueArn": f"{options.instance_arn}/queue/{each}",
            "Priority": 1,
            "Delay": 0,
            "Channel": "VOICE",
        }
        for each in found.queue_ids
    ]


def security_profiles(options: ConnectOptions, _: Params) -> Sequence[Item]:
    """List the security profiles."""
    found = options.security_profiles
    return [_summary(options, "security-profile", each.id, each.name) for each in found]


def permissions(options: ConnectOptions, params: Params) -> Sequence[str]:
    """List what a security profile permits."""
    found = _find(options.security_profiles, params["SecurityProfileId"])
    return sorted(found.permissions)


def users(options: ConnectOptions, _: Params) -> Sequence[Item]:
    """List the users."""
    return [
        {"Id": each.id, "Arn": options.agent_arn(each.id), "Username": each.username}
        for each in options.users
    ]


def user(options: ConnectOptions, params: Params) -> Item:
    """Describe a user."""
    found = _find(options.users, params["UserId"])
    return {
        "Id": found.id,
        "Arn": options.agent_arn(found.id),
        "Username": found.username,
        "RoutingProfileId": found.routing_profile_id,
        "SecurityProfileIds": list(found.security_profile_ids),
    }


def origins(options: ConnectOptions, _: Params) -> Sequence[str]:
    """List the approved origins."""
    return options.configuration.origins


def functions(options: ConnectOptions, _: Params) -> Sequence[str]:
    """List the associated Lambda functions."""
    return options.configuration.functions


def storage(options: ConnectOptions, params: Params) -> Sequence[Item]:
    """List where one kind of record is put."""
    if "resourceType" not in params:
        raise Refused("InvalidRequestException", "resourceType is required.")
    found = options.configuration.storage
    return [_storage(e) for e in found if e.resource_type == params["resourceType"]]


def attribute(options: ConnectOptions, params: Params) -> Item:
    """Describe an attribute of the instance; only what the simulator has is known."""
    values = {"INBOUND_CALLS": True, "OUTBOUND_CALLS": options.outbound_calls}
    kind = params["AttributeType"]
    if kind not in values:
        raise Refused("InvalidParameterException", f"{kind} is not known here.")
    return {"AttributeType": kind, "Value": str(values[kind]).lower()}


def _summary(options: ConnectOptions, kind: str, record_id: str, name: str) -> Item:
    return {"Id": record_id, "Arn": f"{options.instance_arn}/{kind}/{record_id}", "Name": name}


def _find(records: Iterable[R], record_id: str) -> R:
    for each in records:
        if record_id == each.id or record_id.endswith(f"/{each.id}"):
            return each
    raise Refused("ResourceNotFoundException", f"{record_id} is not of this instance.")


def _storage(each: Storage) -> Item:
    places = {
        "KINESIS_STREAM": {"KinesisStreamConfig": {"StreamArn": each.arn}},
        "KINESIS_FIREHOSE": {"KinesisFirehoseConfig": {"FirehoseArn": each.arn}},
        "S3": {"S3Config": {"BucketName": each.arn, "BucketPrefix": "connect"}},
    }
    return {"AssociationId": each.type.lower(), "StorageType": each.type, **places[each.type]}
