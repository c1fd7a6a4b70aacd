import asyncio

import pytest

from ringproof.adapters.dial.budget import Budget
from ringproof.core.errors import DependencyDown


async def test_a_few_pass_at_once_and_who_would_wait_too_long_is_sent_away():
    budget = Budget(1 / 3_600)

    await budget.take()
    await budget.take()
    with pytest.raises(DependencyDown):
        await budget.take()


async def test_turns_are_given_in_order():
    budget, served = Budget(1_000), []

    async def ask(n: int) -> None:
        await budget.take()
        served.append(n)

    await asyncio.gather(*(ask(n) for n in range(20)))

    assert served == list(range(20))


async def test_no_budget_is_no_limit():
    budget = Budget(None)

    for _ in range(1_000):
        await budget.take()
