import asyncio

import pytest

from ringproof.adapters.dial.uninterrupted import uninterrupted


async def test_a_caller_cancelled_twice_gets_the_result_and_sees_both():
    future = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(uninterrupted(future))
    for _ in range(2):
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.sleep(0)
    assert not task.done()

    future.set_result("rung")

    assert await task == "rung"
    assert task.cancelling() == 2


async def test_the_futures_own_error_comes_through():
    future = asyncio.get_running_loop().create_future()
    future.set_exception(OSError("gone"))

    with pytest.raises(OSError, match="gone"):
        await uninterrupted(future)
