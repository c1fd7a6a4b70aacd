"""What every use case is given."""

from dataclasses import dataclass

from ringproof.core.deployment import Deployment
from ringproof.core.time import Millis
from ringproof.ports import Ports
from ringproof.usecases.background import Background


@dataclass(frozen=True, slots=True)
class Desk:
    """The outside world, the bank's rules, and the room for work that goes on."""

    ports: Ports
    deployment: Deployment
    background: Background

    def now(self) -> Millis:
        """Return the time of day."""
        return self.ports.clock.now()
