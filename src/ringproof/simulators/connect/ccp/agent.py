"""An agent as Streams knows them: `AgentConfiguration` of its types."""

from typing import Any

from ringproof.simulators.connect.desks import AVAILABLE
from ringproof.simulators.connect.instance import MAY_DIAL, Queue
from ringproof.simulators.connect.options import ConnectOptions

# What a security profile grants, as Streams spells it (`connect.AgentPermissions`).
_PERMISSIONS = {MAY_DIAL: "outboundCall"}
_STATES = ((AVAILABLE, "routable"), ("Offline", "offline"))


def configuration(options: ConnectOptions, agent_arn: str) -> dict[str, Any]:
    """Describe an agent; one whom the instance does not know has the first profile of each kind."""
    user = options.user(agent_arn)
    held = options.permissions(user)
    return {
        "agentARN": agent_arn,
        "username": user.username,
        "name": user.username,
        "extension": "",
        "softphoneEnabled": True,
        "softphoneAutoAccept": True,
        "permissions": sorted(name for held_as, name in _PERMISSIONS.items() if held_as in held),
        "dialableCountries": ["gb"],
        "agentStates": [_state(options, name, kind) for name, kind in _STATES],
        "routingProfile": _routing_profile(options, agent_arn),
    }


def _routing_profile(options: ConnectOptions, agent_arn: str) -> dict[str, Any]:
    profile = options.routing_profile(options.user(agent_arn))
    queues = [_queue(options, each) for each in options.queues if each.id in profile.queue_ids]
    default = options.queue(profile.default_outbound_queue_id)
    arn = f"{options.instance_arn}/routing-profile/{profile.id}"
    return {
        "name": profile.name,
        "routingProfileARN": arn,
        "routingProfileId": arn,
        "defaultOutboundQueue": _queue(options, default) if default else None,
        "queues": queues,
        "channelConcurrencyMap": {"VOICE": 1},
    }


def _queue(options: ConnectOptions, queue: Queue) -> dict[str, Any]:
    arn = options.queue_arn(queue)
    return {"queueARN": arn, "queueId": arn, "name": queue.name}


def _state(options: ConnectOptions, name: str, kind: str) -> dict[str, Any]:
    arn = f"{options.instance_arn}/agent-state/{name.lower()}"
    return {"agentStateARN": arn, "name": name, "type": kind}
