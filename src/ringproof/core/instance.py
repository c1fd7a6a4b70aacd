"""A Connect instance's configuration, as far as the ways to dial depend on it; read, never changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ringproof.core.policies import Principal


@dataclass(frozen=True, slots=True)
class Unread:
    """What could not be read: *what* is the operation and its subject, *why* the service's answer."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Queue:
    """
    A queue.

    *flow_id* is its outbound whisper flow, or None where Connect's default one runs. *number_id* is
    its own caller id. *phone_connects* names its quick connects to telephone numbers.
    """

    id: str
    name: str
    flow_id: str | None = None
    number_id: str | None = None
    phone_connects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """A flow; *content* is what runs, in the flow language, or empty where nothing is published."""

    id: str
    name: str
    content: str
    active: bool = True
    published: bool = True


@dataclass(frozen=True, slots=True)
class RoutingProfile:
    """A routing profile, and the queues that its agents may dial from."""

    id: str
    name: str
    default_queue_id: str | None
    queue_ids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SecurityProfile:
    """A security profile, with Connect's own names of what it permits."""

    id: str
    name: str
    permissions: frozenset[str]


@dataclass(frozen=True, slots=True)
class User:
    """A user, who holds everything that any of their security profiles permits."""

    id: str
    name: str
    profile_ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Function:
    """A Lambda function that flows may invoke; *policy* is its resource policy (JSON), if it has one."""

    arn: str
    policy: str | None


@dataclass(frozen=True, slots=True)
class Instance:
    """
    What was read of an instance.

    A part that could not be listed is None; an element that could not be read is missing from its
    part. Either is named in *unread*. In *flows*, None is a flow that does not exist. *quotas* go by
    Service Quotas' code.
    """

    queues: tuple[Queue, ...] | None = None
    flows: Mapping[str, Flow | None] = field(default_factory=dict)
    routing_profiles: tuple[RoutingProfile, ...] | None = None
    security_profiles: tuple[SecurityProfile, ...] | None = None
    users: tuple[User, ...] | None = None
    origins: tuple[str, ...] | None = None
    associated: tuple[str, ...] | None = None
    functions: tuple[Function, ...] = ()
    record_streams: tuple[str, ...] | None = None
    outbound_calls: bool | None = None
    quotas: Mapping[str, float] = field(default_factory=dict)
    principals: tuple[Principal, ...] | None = None
    unread: tuple[Unread, ...] = ()
