"""What the vendor side received, for tests to look at; secrets never get in."""

import json
from collections import deque
from dataclasses import asdict, dataclass
from typing import Any

from ringproof.simulators.connect.pace import now_ms

MOST_KEPT = 1000
SECRET_HEADERS = {"authorization", "x-amz-security-token", "cookie"}


@dataclass
class Received:
    """One request, and the status it was answered with: None if it never was."""

    at: int
    path: str
    headers: dict[str, str]
    body: Any
    answer: int | None = None


class RequestLog:
    """The last thousand requests, newest last."""

    def __init__(self) -> None:
        self._received: deque[Received] = deque(maxlen=MOST_KEPT)

    def note(self, path: str, headers: list[tuple[bytes, bytes]], body: bytes) -> Received:
        """Write down a request; the caller fills in its answer."""
        shown = {
            (name := key.decode("latin-1")): "…" if name in SECRET_HEADERS else value.decode()
            for key, value in headers
        }
        received = Received(now_ms(), path, shown, _readable(body))
        self._received.append(received)
        return received

    def forget(self) -> None:
        """Forget all requests."""
        self._received.clear()

    def describe(self) -> list[dict[str, Any]]:
        """List the requests as JSON objects."""
        return [asdict(received) for received in self._received]


def _readable(body: bytes) -> Any:
    try:
        return json.loads(body) if body else None
    except ValueError:
        return body.decode(errors="replace")
