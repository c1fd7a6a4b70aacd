"""What an operator may set about the simulated Connect instance."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ringproof.simulators.connect.flow.builtin import SAMPLE_INBOUND
from ringproof.simulators.connect.instance import (
    Flow,
    Queue,
    RoutingProfile,
    SecurityProfile,
    User,
)

INSTANCE_ID = "5b2f6c1e-0c54-4b0e-9d3a-6f1f3f1f0a01"
BANK_NUMBER = "+442079460123"  # 020 7946 0xxx is kept for drama (Ofcom, numbers for TV and radio)


@dataclass(frozen=True)
class ConnectOptions:
    """One instance in one Region, with the default quotas of a new account.

    Quotas: 2 requests a second with a burst of 5 for each API, 10 concurrent calls
    (Amazon Connect admin guide, "service quotas").
    """

    host: str = "127.0.0.1"
    port: int = 8405
    account: str = "123456789012"
    region: str = "eu-west-2"
    instance_id: str = INSTANCE_ID
    access_keys: Mapping[str, str] = field(default_factory=lambda: {"simulator": "simulator"})
    claimed_numbers: tuple[str, ...] = (BANK_NUMBER,)
    dialable_prefixes: tuple[str, ...] = ("+44",)
    flows: tuple[Flow, ...] = (SAMPLE_INBOUND,)
    queues: tuple[Queue, ...] = (Queue(),)
    routing_profiles: tuple[RoutingProfile, ...] = (RoutingProfile(),)
    security_profiles: tuple[SecurityProfile, ...] = (SecurityProfile(),)
    users: tuple[User, ...] = ()  # an agent who is not here has the first profile of each kind
    inbound_flow_id: str = SAMPLE_INBOUND.id  # of every claimed number
    outbound_calls: bool = True
    requests_per_second: float = 2
    burst: int = 5
    concurrent_calls: int = 10
    gate_url: str | None = None  # where the Lambdas of the flows are; without it every one fails
    gate_key: str = ""
    longest_try_ms: int = 8000  # caps what a flow asks for (InvocationTimeLimitSeconds)
    lambda_total_ms: int = 8000  # Connect's own limit, retries included
    events_url: str | None = None
    events_key: str = ""
    event_tries: int = 24
    records_url: str | None = None  # takes the events' key
    record_delay_ms: int = 1000  # minutes, with the real one
    kept_records: int = 1000  # for GET /sim/records
    post_dial_delay_ms: int = 300
    agent_accept_ms: int = 0  # auto-accept
    time_scale: float = 1.0

    @property
    def instance_arn(self) -> str:
        """Name the instance."""
        return f"arn:aws:connect:{self.region}:{self.account}:instance/{self.instance_id}"

    def queue_arn(self, queue: Queue) -> str:
        """Name a queue of the instance."""
        return f"{self.instance_arn}/queue/{queue.id}"

    def agent_arn(self, agent_id: str) -> str:
        """Name an agent of the instance."""
        return f"{self.instance_arn}/agent/{agent_id}"

    def queue(self, id_or_arn: str) -> Queue | None:
        """Find a queue by its id or ARN."""
        return next((q for q in self.queues if id_or_arn in (q.id, self.queue_arn(q))), None)

    def user(self, agent_arn: str) -> User:
        """Find an agent."""
        user_id = agent_arn.rpartition("/agent/")[2]
        stranger = User(
            user_id, user_id, self.routing_profiles[0].id, (self.security_profiles[0].id,)
        )
        return next((user for user in self.users if user.id == user_id), stranger)

    def routing_profile(self, user: User) -> RoutingProfile:
        """Find an agent's routing profile."""
        return next(each for each in self.routing_profiles if each.id == user.routing_profile_id)

    def permissions(self, user: User) -> frozenset[str]:
        """Put together the permissions of all the security profiles of an agent."""
        held = (p for p in self.security_profiles if p.id in user.security_profile_ids)
        return frozenset[str]().union(*(profile.permissions for profile in held))

    def caller_id(self, queue: Queue | None, wanted: str | None) -> str | None:
        """Choose the number that a call shows, or None where the attempt will fail.

        A number that is not claimed falls back to the queue's (admin guide, queues-callerid).
        """
        if wanted in self.claimed_numbers:
            return wanted
        return queue.caller_id if queue else None

    def may_dial(self, number: str) -> bool:
        """Check the instance's list of countries."""
        return number.startswith(self.dialable_prefixes)
