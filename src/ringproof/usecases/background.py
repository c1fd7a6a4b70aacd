"""Work that belongs to the application, not to the request that began it."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

from ringproof import metrics

_log = structlog.get_logger()


class Background:
    """
    Tasks that outlive their request: a client that hangs up changes nothing.

    A task that fails is logged and counted; it never takes another one down. `drain` is the end of
    a graceful shutdown, and of a Lambda invocation.
    """

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, Any], name: str) -> asyncio.Task[Any]:
        """Run *work* to its end."""
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        metrics.RUNNING.set(len(self._tasks))
        task.add_done_callback(self._done)
        return task

    async def drain(self) -> None:
        """Wait until everything, and what that begins in turn, has ended."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        metrics.RUNNING.set(len(self._tasks))
        if not task.cancelled() and (error := task.exception()):
            _log.error("background_failed", work=task.get_name(), error=repr(error))
