"""Time: what the wall clock says, and how fast the simulated world runs."""

import asyncio
import time
from dataclasses import dataclass


def now_ms() -> int:
    """Tell the time in whole milliseconds since the epoch."""
    return time.time_ns() // 1_000_000


@dataclass(frozen=True)
class Pace:
    """How long a simulated second lasts.

    `scale` 0.01 turns a ring timeout of 45 s into 0.45 s; it never touches the time limits of
    real requests over the wire.
    """

    scale: float = 1.0

    def seconds(self, simulated_ms: float) -> float:
        """Convert simulated milliseconds to real seconds."""
        return simulated_ms / 1000 * self.scale

    async def pass_by(self, simulated_ms: float) -> None:
        """Let simulated time pass."""
        if simulated_ms > 0:
            await asyncio.sleep(self.seconds(simulated_ms))
