"""One push, attempted as often as its answers and its deadline allow."""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from ringproof.adapters.push.answer import Answer, Follow
from ringproof.adapters.push.deadline import seconds_left
from ringproof.core.time import Millis
from ringproof.ports import Clock, PushOutcome, PushVerdict

Attempt: TypeAlias = Callable[[float], Awaitable[Answer]]
"""Try once, within so many seconds; returns what became of it and never raises."""

_JITTER_SECONDS = (0.1, 0.4)


async def deliver(attempt: Attempt, clock: Clock, deadline: Millis, longest: float) -> PushOutcome:
    """
    Attempt until an answer is final, its retries are spent, or there is no time for the next.

    An attempt has *longest* seconds. The deadline is the one budget of all retries; past it nothing
    is sent, and the outcome counts no attempts.
    """
    spent: Counter[Follow] = Counter()
    answer = Answer(PushVerdict.UNAVAILABLE, "deadline")
    while (left := seconds_left(clock, deadline)) > 0:
        answer = await attempt(min(longest, left))
        pause = _pause(answer)
        spent[answer.follow] += 1
        # Strictly more than is left: a pause that ends at the deadline leaves no time to send.
        if spent[answer.follow] > answer.follow.times or pause >= seconds_left(clock, deadline):
            return _outcome(answer, spent)
        await asyncio.sleep(pause)
    return _outcome(answer, spent)


def _pause(answer: Answer) -> float:
    """Return the seconds to wait: what the service asks for, else jitter so that peers spread out."""
    if answer.retry_after is not None:
        return answer.retry_after
    return random.uniform(*_JITTER_SECONDS) if answer.follow.jitter else 0.0  # noqa: S311


def _outcome(answer: Answer, spent: Counter[Follow]) -> PushOutcome:
    return PushOutcome(answer.verdict, answer.reason, answer.dead_since, spent.total())
