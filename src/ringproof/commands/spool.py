"""A sequence that lies in a file, because a bank's customers need not fit into memory."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from tempfile import TemporaryFile
from typing import Generic, Self, TypeVar, overload

import msgspec

_T = TypeVar("_T")


class Spool(Sequence[_T], Generic[_T]):
    """
    Values of one type, appended once and then iterated in order, one in memory at a time.

    `tick` is called once for each value that an iteration hands out. The file has no name, and ends
    with the block. One iteration at a time.
    """

    def __init__(self, kind: type[_T]) -> None:
        self._decode = msgspec.json.Decoder(kind).decode
        self._file = TemporaryFile("w+b")  # noqa: SIM115  (it lives as long as we do)
        self._length = 0
        self.tick: Callable[[], object] = lambda: None

    def append(self, value: _T) -> None:
        """Add a value; JSON has no line breaks in it, so that a line is a value."""
        self._file.write(msgspec.json.encode(value) + b"\n")
        self._length += 1

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[_T]:
        self._file.seek(0)
        for line in self._file:
            yield self._decode(line)
            self.tick()

    @overload
    def __getitem__(self, index: int) -> _T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[_T]: ...
    def __getitem__(self, index: int | slice) -> _T | Sequence[_T]:
        """Look one value up, or some; slow, because it reads from the beginning."""
        chosen = range(self._length)[index]
        if isinstance(chosen, int):
            return next(islice(self, chosen, None))
        wanted = set(chosen)
        found = {at: value for at, value in enumerate(self) if at in wanted}
        return [found[at] for at in chosen]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
