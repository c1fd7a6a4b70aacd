"""Queues, flows and routing profiles in the words of Connect's service model (connect/2017-08-08)."""

import uuid
from collections.abc import Sequence

from ringproof.simulators.connect.configuration.found import Item, Params, find, summary
from ringproof.simulators.connect.options import ConnectOptions
from ringproof.simulators.connect.refusals import Refused


def queues(options: ConnectOptions, _: Params) -> Sequence[Item]:
    """List the queues; agents' own are not kept here."""
    return [
        {**summary(options, "queue", each.id, each.name), "QueueType": "STANDARD"}
        for each in options.queues
    ]


def queue(options: ConnectOptions, params: Params) -> Item:
    """Describe a queue."""
    found = find(options.queues, params["QueueId"])
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
    find(options.queues, params["QueueId"])
    found = options.configuration.quick_connects.get(params["QueueId"], ())
    return [
        {**summary(options, "transfer-destination", e.id, e.name), "QuickConnectType": e.type}
        for e in found
    ]


def flow(options: ConnectOptions, params: Params) -> Item:
    """Describe what is published of a flow."""
    known = options.configuration
    found = find(options.flows, params["ContactFlowId"])
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
    return [summary(options, "routing-profile", each.id, each.name) for each in found]


def routing_profile(options: ConnectOptions, params: Params) -> Item:
    """Describe a routing profile."""
    found = find(options.routing_profiles, params["RoutingProfileId"])
    return {
        "InstanceId": options.instance_id,
        "RoutingProfileId": found.id,
        "RoutingProfileArn": f"{options.instance_arn}/routing-profile/{found.id}",
        "Name": found.name,
        "DefaultOutboundQueueId": found.default_outbound_queue_id,
    }


def routing_profile_queues(options: ConnectOptions, params: Params) -> Sequence[Item]:
    """List the queues of a routing profile."""
    found = find(options.routing_profiles, params["RoutingProfileId"])
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
