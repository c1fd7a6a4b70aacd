"""Work that belongs to the application, not to the request that began it."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import structlog

from ringproof import metrics

T = TypeVar("T")
_log = structlog.get_logger()


class Background:
    """
    Tasks that outlive their request: a client that hangs up changes nothing.

    A task that fails is logged and counted; it never takes another one down. `drain` is the end of
    a graceful shutdown, and of a Lambda invocation.
    """

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, T], name: str) -> asyncio.Task[T]:
        """Run *work* to its end."""
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        metrics.RUNNING.set(len(self._tasks))
        task.add_done_callback(self._done)
        return task

    def start_once(self, work: Callable[[], Coroutine[Any, Any, T]], name: str) -> None:
        """Run work to its end, unless work of that name is under way."""
        if not any(task.get_name() == name and not task.done() for task in self._tasks):
            self.start(work(), name)

    async def stop(self, name: str) -> None:
        """Cancel the work of that name, and wait until it has stopped."""
        named = [task for task in self._tasks if task.get_name() == name]
        for task in named:
            task.cancel()
        if named:
            await asyncio.wait(named)

    async def drain(self) -> None:
        """Wait until everything, and what that begins in turn, has ended."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        metrics.RUNNING.set(len(self._tasks))
        if not task.cancelled() and (error := task.exception()):
            metrics.ALARMS.labels("background_failed").inc()
            _log.error("background_failed", work=task.get_name(), error=repr(error))
