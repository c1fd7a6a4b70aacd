"""What happened when, for those who wait for it."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass

from ringproof.core.time import Millis

_NANOS_A_MILLI = 1_000_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened; *about* is whatever it belongs to: a call's id, a leg."""

    at: Millis
    what: str
    about: str = ""
    detail: str = ""


class Diary:
    """Entries in the order in which they were made."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._waiting: list[asyncio.Future[None]] = []

    @property
    def entries(self) -> Sequence[Entry]:
        """Everything so far."""
        return tuple(self._entries)

    def note(self, what: str, about: str = "", detail: str = "") -> Entry:
        """Put something down, with the time, and wake those who wait."""
        entry = Entry(time.time_ns() // _NANOS_A_MILLI, what, about, detail)
        self._entries.append(entry)
        waiting, self._waiting = self._waiting, []
        for each in waiting:
            if not each.done():
                each.set_result(None)
        return entry

    def find(self, what: str, about: str | None = None, detail: str | None = None) -> Entry | None:
        """Return the first entry of this kind, if there is one; None matches anything."""
        return next(
            (
                each
                for each in self._entries
                if each.what == what
                and about in (None, each.about)
                and detail in (None, each.detail)
            ),
            None,
        )

    async def until(self, what: str, about: str | None = None, detail: str | None = None) -> Entry:
        """Return the first entry of this kind, as soon as there is one."""
        while (found := self.find(what, about, detail)) is None:
            news: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append(news)
            await news
        return found
