"""Amazon Connect, in threads of its own: the SDK blocks."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from ringproof.adapters.dial.budget import Budget
from ringproof.adapters.dial.connect_request import ConnectConfig
from ringproof.adapters.dial.uninterrupted import uninterrupted
from ringproof.core.errors import DependencyDown
from ringproof.ports import Contact, Dial, DialOutcome, DialVerdict

if TYPE_CHECKING:
    from ringproof.adapters.dial.connect_api import ConnectApi

T = TypeVar("T")

_NOWHERE = "00000000-0000-0000-0000-000000000000"


class ConnectDialer:
    """One Connect instance."""

    def __init__(self, config: ConnectConfig) -> None:
        self._config = config
        self._threads = ThreadPoolExecutor(config.threads, thread_name_prefix="connect")
        self._lock = threading.Lock()
        self._budget = Budget(config.describes_per_second)
        self._api: ConnectApi | None = None

    async def dial(self, request: Dial) -> DialOutcome:
        """
        Ask for the call once, and wait for the answer to its end: a dial is never cancelled.

        See `uninterrupted` for what a caller gets that is cancelled meanwhile.
        """
        try:
            return await uninterrupted(self._in_thread(lambda api: api.dial(request)))
        except DependencyDown as down:  # there was no client, so nothing was sent
            return DialOutcome(DialVerdict.DOWN, reason=down.detail)

    async def stop(self, contact_id: str) -> bool:
        """Hang up; False if Connect will not or does not answer."""
        try:
            return await self._in_thread(lambda api: api.stop(contact_id))
        except DependencyDown:
            return False

    async def mark(self, contact_id: str, violation: str) -> bool:
        """Write a violation into the contact; False if Connect will not or does not answer."""
        try:
            return await self._in_thread(lambda api: api.mark(contact_id, violation))
        except DependencyDown:
            return False

    async def describe(self, contact_id: str) -> Contact | None:
        """Look a contact up; None if there is none. Raise DependencyDown if Connect does not tell."""
        await self._budget.take()
        return await self._in_thread(lambda api: api.describe(contact_id))

    async def check(self) -> None:
        """Look up a contact that cannot be: Connect judges the credentials first."""
        await self.describe(_NOWHERE)

    async def aclose(self) -> None:
        """Wait for what was begun and let the threads go."""
        await asyncio.to_thread(self._threads.shutdown)

    def _in_thread(self, work: Callable[["ConnectApi"], T]) -> asyncio.Future[T]:
        loop = asyncio.get_running_loop()
        return loop.run_in_executor(self._threads, lambda: work(self._opened()))

    def _opened(self) -> "ConnectApi":
        """
        Create the SDK's client at its first use: importing it and its models takes 0.2 s.

        DependencyDown where there is none to be had, such as without a Region.
        """
        from botocore.exceptions import BotoCoreError  # noqa: PLC0415

        from ringproof.adapters.dial.connect_api import ConnectApi  # noqa: PLC0415

        with self._lock:
            if self._api is None:
                try:
                    self._api = ConnectApi(self._config)
                except (BotoCoreError, ValueError) as error:
                    raise DependencyDown("connect", str(error)) from error
            return self._api
