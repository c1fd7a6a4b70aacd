"""Two generations of an HTTP client, so that a wedged connection can be left behind."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import structlog
from pyreqwest.client import Client

_log = structlog.get_logger(__name__)

_YOUNG_SECONDS = 1.0


class Generation:
    """A client, with its own connections, and the number of requests that are under way on it."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.in_flight = 0
        self.retired = False
        self._born = time.monotonic()

    @property
    def young(self) -> bool:
        """True for one second: APNs takes rapid reconnection for an attack."""
        return time.monotonic() - self._born < _YOUNG_SECONDS


class Generations:
    """
    Lend out the current client; after `replace` the next request opens new connections.

    The one left behind is closed when its last request ends, which takes no longer than an attempt
    may: a healthy request on the old connection is not cut off for another's timeout.
    """

    def __init__(self, build: Callable[[], Client], name: str) -> None:
        self._build = build
        self._name = name
        # At once, so that a certificate which is none is found at the start and not by a call.
        self._current: Generation | None = Generation(build())

    @asynccontextmanager
    async def lend(self) -> AsyncIterator[Generation]:
        """Lend the current generation for one request."""
        if self._current is None:
            self._current = Generation(self._build())
        generation = self._current
        generation.in_flight += 1
        try:
            yield generation
        finally:
            generation.in_flight -= 1
            await self._close_if_idle(generation)

    async def replace(self, generation: Generation, why: str) -> None:
        """Retire *generation*; of many that ask to replace the same one, the first does it."""
        if generation is not self._current:
            return
        _log.warning("push_connection_replaced", service=self._name, why=why)
        self._current = None
        await self._retire(generation)

    async def aclose(self) -> None:
        """Let go of the connections; requests under way end first."""
        generation, self._current = self._current, None
        if generation is not None:
            await self._retire(generation)

    async def _retire(self, generation: Generation) -> None:
        generation.retired = True
        await self._close_if_idle(generation)

    async def _close_if_idle(self, generation: Generation) -> None:
        if generation.retired and generation.in_flight == 0:
            await generation.client.close()
