"""What one execution environment keeps between invocations: an event loop, and an open desk."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import TypeVar

from ringproof import logs
from ringproof.settings import Settings
from ringproof.usecases.desk import Desk
from ringproof.wiring.desk import open_desk

T = TypeVar("T")


class Environment:
    """
    Opens the desk at the first invocation, and keeps it open: Lambda freezes what it may use again.

    Where opening fails, the next invocation tries anew.
    """

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._held = AsyncExitStack()
        self._desk: Desk | None = None

    def run(self, use: Callable[[Desk], Awaitable[T]], *, drain: bool = True) -> T:
        """
        Run one invocation to its end.

        *drain*: also what it began in the background, since Lambda stops the clock once it returns.
        """
        return self._loop.run_until_complete(self._served(use, drain=drain))

    async def _served(self, use: Callable[[Desk], Awaitable[T]], *, drain: bool) -> T:
        desk = await self._opened()
        try:
            return await use(desk)
        finally:
            if drain:
                await desk.background.drain()

    async def _opened(self) -> Desk:
        if self._desk is None:
            settings = Settings.read(os.environ)
            logs.configure(settings.log_level)
            self._desk = await self._held.enter_async_context(open_desk(settings))
        return self._desk


environment = Environment()
