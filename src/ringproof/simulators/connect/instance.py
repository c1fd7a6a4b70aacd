"""What an administrator has set up on a Connect instance, as its configuration APIs tell it.

Each record has an id; its ARN is made of the instance's ARN, the resource's kind and the id.
"""

from dataclasses import dataclass

QUEUE_ID = "c1d0e7aa-93a5-4c55-b7f4-0f8a7c3d0c03"
ROUTING_PROFILE_ID = "2f6e7a54-50b7-4b7a-9a53-6e1d5c7b0d04"
SECURITY_PROFILE_ID = "90b1f3c2-7d1f-4a0e-8d64-1c6f2e5a0e05"
MAY_DIAL = "OutboundCallAccess"  # "Contact Control Panel - Make outbound calls"


@dataclass(frozen=True)
class Queue:
    """A queue; without an outbound whisper flow of its own it has Connect's default one.

    Without a caller id only a flow that names one can make a call.
    """

    id: str = QUEUE_ID
    name: str = "Verified outbound"
    outbound_flow_id: str | None = None
    caller_id: str | None = None


@dataclass(frozen=True)
class Flow:
    """A published flow: its type as CreateContactFlow spells it, and its content as JSON."""

    id: str
    name: str
    type: str
    content: str


@dataclass(frozen=True)
class RoutingProfile:
    """Which queues an agent may dial from, and the one that is used if none is named."""

    id: str = ROUTING_PROFILE_ID
    name: str = "Verified calling"
    default_outbound_queue_id: str = QUEUE_ID
    queue_ids: tuple[str, ...] = (QUEUE_ID,)


@dataclass(frozen=True)
class SecurityProfile:
    """Permissions, named as ListSecurityProfilePermissions names them."""

    id: str = SECURITY_PROFILE_ID
    name: str = "Agent"
    permissions: frozenset[str] = frozenset({"BasicAgentAccess", MAY_DIAL})


@dataclass(frozen=True)
class User:
    """An agent; who has several security profiles holds the permissions of all of them."""

    id: str
    username: str
    routing_profile_id: str = ROUTING_PROFILE_ID
    security_profile_ids: tuple[str, ...] = (SECURITY_PROFILE_ID,)
