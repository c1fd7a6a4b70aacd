"""How often somebody may ask: the generic cell rate algorithm, one number a key."""

from collections import OrderedDict

from ringproof.core.errors import Code, Refused
from ringproof.core.time import SECOND, Millis
from ringproof.ports import Clock
from ringproof.setting_kinds import Rate

_MOST_KEYS = 100_000


class RateLimited(Refused):
    """Refuse one request too many; *retry_after* in whole seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(
            Code.RATE_LIMITED, f"Too many requests. Try again in {retry_after} seconds."
        )
        self.retry_after = retry_after


class Limiter:
    """
    Allow *rate.count* requests at once and, over time, no more than that in each period.

    It keeps, per key, when a queue that drains at the rate would be empty (ATM Forum TM 4.0, GCRA);
    nothing runs in the background, and the keys unused for longest make room for new ones. The state
    is this process's own: behind several processes each allows its share.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._empty_at: OrderedDict[tuple[str, ...], float] = OrderedDict()

    def take(self, rate: Rate | None, *key: str) -> None:
        """Count one request; RateLimited, and no change, if it is one too many."""
        if rate is None:
            return
        now = self._clock.now()
        cost = rate.period / rate.count
        empty_at = max(self._empty_at.get(key, now), now) + cost
        _refuse_over(rate, empty_at, now)
        self._empty_at[key] = empty_at
        self._empty_at.move_to_end(key)
        if len(self._empty_at) > _MOST_KEYS:
            self._empty_at.popitem(last=False)


def _refuse_over(rate: Rate, empty_at: float, now: Millis) -> None:
    over = empty_at - now - rate.period
    if over > 0:
        raise RateLimited(max(1, -int(-over // SECOND)))
