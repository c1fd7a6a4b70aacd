"""Amazon EventBridge, in a thread of its own: the SDK blocks."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ringproof.core.errors import DependencyDown
from ringproof.core.violation import Violation

if TYPE_CHECKING:
    from ringproof.adapters.alerts.eventbridge_api import EventBridgeApi


@dataclass(frozen=True, slots=True)
class EventBridgeConfig:
    """
    Which bus (name or ARN).

    *endpoint_url* stands before the SDK's own AWS_ENDPOINT_URL_EVENTBRIDGE. The times are in seconds.
    """

    bus: str
    region: str | None = None
    endpoint_url: str | None = None
    connect_timeout: float = 2.0
    read_timeout: float = 4.0


class EventBridgeChannel:
    """One event bus."""

    name = "eventbridge"

    def __init__(self, config: EventBridgeConfig) -> None:
        self._config = config
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="eventbridge")
        self._lock = threading.Lock()
        self._api: EventBridgeApi | None = None

    async def tell(self, violation: Violation) -> None:
        """Put one event on the bus; DependencyDown unless EventBridge has taken it."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._thread, lambda: self._opened().put(violation))

    async def aclose(self) -> None:
        """Wait for what was begun and let the thread go."""
        await asyncio.to_thread(self._thread.shutdown)

    def _opened(self) -> "EventBridgeApi":
        """Create the SDK's client at its first use; DependencyDown where there is none to be had."""
        from botocore.exceptions import BotoCoreError  # noqa: PLC0415  (slow to import)

        from ringproof.adapters.alerts.eventbridge_api import EventBridgeApi  # noqa: PLC0415

        with self._lock:
            if self._api is None:
                try:
                    self._api = EventBridgeApi(self._config)
                except (BotoCoreError, ValueError) as error:
                    raise DependencyDown("eventbridge", type(error).__name__) from error
            return self._api
