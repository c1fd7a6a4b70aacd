"""What an operator may set about the simulated Connect instance."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ringproof.simulators.connect.configuration.records import Configuration

INSTANCE_ID = "5b2f6c1e-0c54-4b0e-9d3a-6f1f3f1f0a01"
FLOW_ID = "7a1c5a52-6a0f-4d4e-8a0d-2f9c1f0b0b02"
QUEUE_ID = "c1d0e7aa-93a5-4c55-b7f4-0f8a7c3d0c03"
BANK_NUMBER = "+442079460123"  # 020 7946 0xxx is kept for drama (Ofcom, numbers for TV and radio)


@dataclass(frozen=True)
class Queue:
    """A queue, the number shown for calls made from it, and whether the gate flow is on it."""

    id: str = QUEUE_ID
    name: str = "Verified outbound"
    caller_id: str | None = None
    gated: bool = True


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
    flows: tuple[str, ...] = (FLOW_ID,)
    queues: tuple[Queue, ...] = (Queue(),)
    agent_attribute: str = "agent_id"  # the flow reads from it whom to bring
    call_attribute: str = "ringproof_call_id"  # the flow of a gated queue writes the call into it
    outbound_calls: bool = True
    requests_per_second: float = 2
    burst: int = 5
    concurrent_calls: int = 10
    gate_url: str | None = None
    gate_key: str = ""
    gate_try_ms: int = 4000  # InvocationTimeLimitSeconds of the gate block
    gate_total_ms: int = 8000  # Connect's own limit, retries included
    events_url: str | None = None
    events_key: str = ""
    event_tries: int = 24
    post_dial_delay_ms: int = 300
    agent_accept_ms: int = 0  # auto-accept
    time_scale: float = 1.0
    configuration: Configuration = field(default_factory=Configuration)

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
