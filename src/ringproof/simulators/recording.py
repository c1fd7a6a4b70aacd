"""What the vendor side of a simulator received, for people and tests to look at."""

import asyncio
import re
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

MOST_KEPT = 1000
HIDDEN = "…"
SECRET_HEADERS = frozenset({"authorization", "cookie", "x-amz-security-token"})
JWT = re.compile(r"eyJ[\w-]+\.[\w-]+\.[\w-]*")


@dataclass(slots=True)
class Received:
    """One request as it came, and the status it was answered with; None while it has none."""

    at: int
    path: str
    headers: Iterable[tuple[bytes, bytes]]
    body: bytes
    answer: int | None = None

    def describe(self) -> dict[str, Any]:
        """Show the request as a JSON object, without its secrets."""
        return {
            "at": self.at,
            "path": self.path,
            "headers": dict(_shown(*header) for header in self.headers),
            "body": _readable(self.body),
            "answer": self.answer,
        }


class RequestLog:
    """The last requests, newest last; *kept* 0 records nothing and costs next to nothing.

    Secrets are taken out when a request is shown, not when it comes in: the
    vendor side is what a benchmark measures.
    """

    def __init__(self, kept: int = MOST_KEPT) -> None:
        self._received: deque[Received] = deque(maxlen=kept)
        self._news = asyncio.Event()

    def note(self, path: str, headers: Iterable[tuple[bytes, bytes]], body: bytes) -> Received:
        """Write down a request; the caller fills in its answer."""
        received = Received(time.time_ns() // 1_000_000, path, headers, body)
        self._received.append(received)
        self._news.set()
        return received

    async def until(self, count: int) -> None:
        """Return once *count* requests are on record."""
        while len(self._received) < count:
            self._news.clear()
            await self._news.wait()

    def forget(self) -> None:
        """Forget all requests."""
        self._received.clear()

    def describe(self) -> list[dict[str, Any]]:
        """List the requests as JSON objects."""
        return [received.describe() for received in self._received]


def _shown(name: bytes, value: bytes) -> tuple[str, str]:
    header = name.decode("latin-1")
    return header, HIDDEN if header in SECRET_HEADERS else value.decode("latin-1")


def _readable(body: bytes) -> Any:
    text = JWT.sub(HIDDEN, body.decode(errors="replace"))
    try:
        return msgspec.json.decode(text) if text else None
    except msgspec.MsgspecError:
        return text
