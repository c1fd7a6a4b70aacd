"""Waiting for what must not be left half way."""

import asyncio
import contextlib
from typing import TypeVar

T = TypeVar("T")


async def uninterrupted(future: asyncio.Future[T]) -> T:
    """
    Wait for *future* to its end, even if the caller is cancelled meanwhile, and return its result.

    A cancelled caller gets the result like any other, so that it can record what happened in the
    world. The cancellation is not forgotten: it stays visible in `asyncio.current_task().cancelling()`,
    and the caller honours it once the result is safe.
    """
    while not future.done():
        with contextlib.suppress(asyncio.CancelledError):
            # wait(), unlike await, leaves the future alone when it is cancelled.
            await asyncio.wait([future])
    return future.result()
