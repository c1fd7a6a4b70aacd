"""How fast an operation may be called: Connect's quota is two requests a second for each of them."""

import time
from collections.abc import Callable


class Pace:
    """At most *rate* calls of one operation in a second, evenly spaced; for one thread."""

    def __init__(
        self,
        rate: float,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], object] = time.sleep,
    ) -> None:
        self._gap, self._clock, self._wait = 1 / rate, clock, wait
        self._next: dict[str, float] = {}

    def keep(self, operation: str) -> None:
        """Wait until *operation* may be called."""
        now = self._clock()
        at = max(now, self._next.get(operation, now))
        if at > now:
            self._wait(at - now)
        self._next[operation] = at + self._gap
