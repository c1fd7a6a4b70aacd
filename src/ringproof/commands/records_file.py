"""Contact records as Kinesis Data Firehose leaves them in S3: JSON objects, joined, perhaps gzipped."""

import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ringproof.core.errors import Code, Refused

_DECODER = json.JSONDecoder()


class RecordsFile:
    """One file; *at* is how many of its bytes have been read, so that a progress bar can tell."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = path.stat().st_size
        self._raw = path.open("rb")

    @property
    def at(self) -> int:
        """Return how many bytes of the file have been read."""
        return self.size if self._raw.closed else self._raw.tell()

    def objects(self) -> Iterator[Any]:
        """Yield each object; Refused names the line that is no JSON."""
        with self._raw as raw, _text(self.path, raw) as text:
            for number, line in enumerate(text, start=1):
                try:
                    yield from _objects(line.strip())
                except ValueError as error:
                    raise Refused(
                        Code.INVALID_REQUEST, f"{self.path.name}, line {number}: this is no JSON."
                    ) from error


def _text(path: Path, raw: io.BufferedReader) -> io.TextIOWrapper:
    opened = gzip.GzipFile(fileobj=raw) if path.suffix == ".gz" else raw
    return io.TextIOWrapper(opened, encoding="utf-8")


def _objects(line: str) -> Iterator[Any]:
    # Firehose puts nothing between two records unless it is told to.
    at = 0
    while at < len(line):
        found, at = _DECODER.raw_decode(line, at)
        yield found
        while at < len(line) and line[at].isspace():
            at += 1
