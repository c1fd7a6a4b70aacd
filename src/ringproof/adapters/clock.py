"""The time, from the system."""

import time

from ringproof.core.time import Millis

_NANOS_A_MILLI = 1_000_000


class SystemClock:
    """The machine's clock; keep it right with NTP: proofs and questions live on it."""

    def now(self) -> Millis:
        """Return the time of day."""
        return time.time_ns() // _NANOS_A_MILLI
