"""What an instance's configuration should be."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ringproof.core.call import DialMode
from ringproof.core.judge import Enforcement

CONCURRENT_CALLS = "L-12AB7C57"
REQUEST_RATES: Mapping[str, str] = {
    "L-4E9BCC96": "StartOutboundVoiceContact",
    "L-650BD10F": "StopContact",
    "L-371095B8": "DescribeContact",
}
"""Service Quotas' codes (service code connect) of what verified calling uses while it calls."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """
    One deployment, as its instance should show it.

    *queue* is the id of the queue that agents dial from. *gate* and *answered* are the ids of the
    flows that guard a dial, and that a call of the server's runs. *hashes* are the contents that a
    flow may have. *callers* and *editors* are patterns of principals' ARNs that may do what they may.
    *calls* and *requests* (a second) are the least quotas that are enough.
    """

    instance_arn: str
    queue: str
    gate: str
    answered: str
    mode: DialMode = DialMode.AGENT
    gate_mode: Enforcement = Enforcement.BLOCK
    hashes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    functions: frozenset[str] = frozenset()
    origins: frozenset[str] = frozenset()
    callers: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    calls: int = 0
    requests: int = 0

    @property
    def flows(self) -> tuple[str, ...]:
        """Return the flows whose content matters in this mode."""
        return (self.gate, self.answered) if self.mode is DialMode.SERVER else (self.gate,)

    @property
    def account(self) -> str:
        """Return the instance's account."""
        return self.instance_arn.split(":")[4]

    @property
    def quotas(self) -> tuple[str, ...]:
        """Return the codes of the quotas that matter."""
        return (CONCURRENT_CALLS, *REQUEST_RATES)
