"""Events and records on their way to whoever takes them."""

import asyncio
import random
from collections.abc import Callable
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
    """What goes wrong, by event type or, for records, initiation method; `*` stands for all."""

    drop: frozenset[str] = frozenset()
    duplicate: frozenset[str] = frozenset()
    delay_ms: dict[str, int] = field(default_factory=dict)
    shuffle_ms: int = 0

    def drops(self, kind: str) -> bool:
        """True if it gets lost: delivery of events is best effort."""
        return bool({kind, EVERY} & self.drop)

    def copies(self, kind: str) -> int:
        """Tell how often it is delivered."""
        return 2 if {kind, EVERY} & self.duplicate else 1

    def delay(self, kind: str) -> float:
        """Tell how late it is, in simulated milliseconds."""
        fixed = self.delay_ms.get(kind, self.delay_ms.get(EVERY, 0))
        return fixed + random.uniform(0, self.shuffle_ms)  # noqa: S311


@dataclass(frozen=True)
class Parcel:
    """What is delivered, and of which kind it is to who disturbs the delivery."""

    id: str
    kind: str
    body: dict[str, Any]


class Destination:
    """Posts parcels to one URL, each on its own: nothing keeps them in order.

    `wants_again` reads a good answer, and may ask for another try all the same. `delay_ms` is how
    late everything is.
    """

    def __init__(
        self,
        *,
        client: Client,
        background: Background,
        pace: Pace,
        url: str | None,
        key: str,
        tries: int,
        delay_ms: int = 0,
        wants_again: Callable[[int, bytes], bool] = lambda *_: False,
    ) -> None:
        self.client, self.background, self.pace = client, background, pace
        self.url, self.key, self.tries = url, key, tries
        self.delay_ms, self.wants_again = delay_ms, wants_again
        self.disturbance = Disturbance()
        self.undelivered: list[str] = []
        self._gave_up = asyncio.Condition()

    def send(self, parcel: Parcel) -> None:
        """Hand over a parcel; it leaves as soon as possible, or as disturbed."""
        if self.url is None or self.disturbance.drops(parcel.kind):
            return
        for _ in range(self.disturbance.copies(parcel.kind)):
            delay = self.delay_ms + self.disturbance.delay(parcel.kind)
            self.background.spawn(self._deliver(self.url, parcel, delay))

    async def until_given_up(self, count: int) -> None:
        """Wait until so many parcels have gone undelivered."""
        async with self._gave_up:
            await self._gave_up.wait_for(lambda: len(self.undelivered) >= count)

    async def _deliver(self, url: str, parcel: Parcel, delay_ms: float) -> None:
        await self.pace.pass_by(delay_ms)
        pause = FIRST_PAUSE_MS
        for _ in range(self.tries):
            if not await self._needs_retry(url, parcel.body):
                return
            await self.pace.pass_by(pause)
            pause = min(pause * 2, LONGEST_PAUSE_MS)
        async with self._gave_up:
            self.undelivered.append(parcel.id)
            self._gave_up.notify_all()

    async def _needs_retry(self, url: str, body: dict[str, Any]) -> bool:
        request = self.client.post(url).bearer_auth(self.key).timeout(TIME_LIMIT)
        try:
            async with asyncio.timeout(TIME_LIMIT.total_seconds()):
                answer = await request.body_json(body).build().send()
                said = bytes(await answer.bytes())
        except (RequestError, TimeoutError):
            return True
        failed = answer.status in RETRIED or answer.status >= SERVER_ERROR
        return failed or self.wants_again(answer.status, said)
