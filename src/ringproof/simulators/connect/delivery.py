"""Contact events on their way to an EventBridge API destination."""

import asyncio
import random
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from pyreqwest.client import Client
from pyreqwest.exceptions import RequestError

from ringproof.simulators.connect.background import Background
from ringproof.simulators.connect.pace import Pace

# Which answers EventBridge retries, and its 5 s limit for an API destination
# (EventBridge user guide, "API destinations").
RETRIED = {401, 407, 409, 429}
SERVER_ERROR = 500
TIME_LIMIT = timedelta(seconds=5)
FIRST_PAUSE_MS = 200
LONGEST_PAUSE_MS = 30_000
EVERY = "*"


@dataclass(frozen=True)
class Disturbance:
    """What goes wrong with events, by event type; `*` stands for every type."""

    drop: frozenset[str] = frozenset()
    duplicate: frozenset[str] = frozenset()
    delay_ms: dict[str, int] = field(default_factory=dict)
    shuffle_ms: int = 0

    def drops(self, event_type: str) -> bool:
        """True if the event gets lost: delivery is best effort."""
        return bool({event_type, EVERY} & self.drop)

    def copies(self, event_type: str) -> int:
        """Tell how often the event is delivered."""
        return 2 if {event_type, EVERY} & self.duplicate else 1

    def delay(self, event_type: str) -> float:
        """Tell how late the event is, in simulated milliseconds."""
        fixed = self.delay_ms.get(event_type, self.delay_ms.get(EVERY, 0))
        return fixed + random.uniform(0, self.shuffle_ms)  # noqa: S311


class Destination:
    """Posts events to one URL, each on its own: nothing keeps them in order."""

    def __init__(
        self,
        *,
        client: Client,
        background: Background,
        pace: Pace,
        url: str | None,
        key: str,
        tries: int,
    ) -> None:
        self.client, self.background, self.pace = client, background, pace
        self.url, self.key, self.tries = url, key, tries
        self.disturbance = Disturbance()
        self.undelivered: list[str] = []
        self._gave_up = asyncio.Condition()

    def send(self, event: dict[str, Any]) -> None:
        """Hand over an event; it leaves as soon as possible, or as disturbed."""
        event_type = event["detail"]["eventType"]
        if self.url is None or self.disturbance.drops(event_type):
            return
        for _ in range(self.disturbance.copies(event_type)):
            delay = self.disturbance.delay(event_type)
            self.background.spawn(self._deliver(self.url, event, delay))

    async def until_given_up(self, count: int) -> None:
        """Wait until so many events have gone undelivered."""
        async with self._gave_up:
            await self._gave_up.wait_for(lambda: len(self.undelivered) >= count)

    async def _deliver(self, url: str, event: dict[str, Any], delay_ms: float) -> None:
        await self.pace.pass_by(delay_ms)
        pause = FIRST_PAUSE_MS
        for _ in range(self.tries):
            if not await self._needs_retry(url, event):
                return
            await self.pace.pass_by(pause)
            pause = min(pause * 2, LONGEST_PAUSE_MS)
        async with self._gave_up:
            self.undelivered.append(event["id"])
            self._gave_up.notify_all()

    async def _needs_retry(self, url: str, event: dict[str, Any]) -> bool:
        request = self.client.post(url).bearer_auth(self.key).timeout(TIME_LIMIT)
        try:
            async with asyncio.timeout(TIME_LIMIT.total_seconds()):
                answer = await request.body_json(event).build().send()
        except (RequestError, TimeoutError):
            return True
        return answer.status in RETRIED or answer.status >= SERVER_ERROR
