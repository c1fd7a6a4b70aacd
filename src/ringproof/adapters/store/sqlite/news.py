"""Who waits for news of which call."""

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from ringproof.core.call import CallId


class News:
    """Wakes those who wait for a call when it has changed; belongs to one event loop."""

    def __init__(self) -> None:
        self._waiting: dict[CallId, set[asyncio.Event]] = {}
        self.closed = False

    def __len__(self) -> int:
        """Count the calls that somebody waits for."""
        return len(self._waiting)

    @contextmanager
    def of(self, call_id: CallId) -> Iterator[asyncio.Event]:
        """Give an event that is set whenever the call changes; listen first, and look then."""
        heard = asyncio.Event()
        self._waiting.setdefault(call_id, set()).add(heard)
        try:
            yield heard
        finally:
            self._waiting[call_id].discard(heard)
            if not self._waiting[call_id]:
                del self._waiting[call_id]

    def tell(self, call_ids: Iterable[CallId]) -> None:
        """Wake those who wait for these calls."""
        for call_id in call_ids:
            for heard in self._waiting.get(call_id, ()):
                heard.set()

    def close(self) -> None:
        """Wake everybody, for good."""
        self.closed = True
        self.tell(tuple(self._waiting))
