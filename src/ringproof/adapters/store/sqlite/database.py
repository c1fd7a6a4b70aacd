"""What every part of the store works with."""

from typing import TypeVar

from ringproof.adapters.store.sqlite.news import News
from ringproof.adapters.store.sqlite.reader import Reader
from ringproof.adapters.store.sqlite.writer import Act, Writer

_T = TypeVar("_T")


class Database:
    """An open database: reads are answered at once, writes when they are on the disk."""

    def __init__(self, reader: Reader, writer: Writer, news: News) -> None:
        self._reader = reader
        self._writer = writer
        self._news = news

    async def _write(self, act: Act[_T]) -> _T:
        return await self._writer.run(act)
