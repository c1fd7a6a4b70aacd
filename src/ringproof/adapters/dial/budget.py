"""A share of Connect's request quota."""

import asyncio
import math

from ringproof.core.errors import DependencyDown

_PATIENCE = 5.0
"""Seconds. Whoever would wait longer is told to come again: events are sent again for a day."""
_AT_ONCE = 2


class Budget:
    """
    Let so many requests a second pass, a few at once, and make the others wait for their turn.

    Connect gives 2 a second to each account and Region, StopContact among them: describing contacts
    must not starve what hangs them up. Belongs to one event loop.
    """

    def __init__(self, per_second: float | None) -> None:
        self._gap = 1 / per_second if per_second else 0.0
        self._next = -math.inf

    async def take(self) -> None:
        """Wait for a turn; DependencyDown if that would take too long."""
        now = asyncio.get_running_loop().time()
        turn = max(self._next, now - (_AT_ONCE - 1) * self._gap)
        if turn - now > _PATIENCE:
            raise DependencyDown("connect", "the budget for describing contacts is used up")
        self._next = turn + self._gap
        if turn > now:
            await asyncio.sleep(turn - now)
