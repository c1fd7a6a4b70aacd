"""Time as the core knows it: a number that somebody else read from a clock."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TypeAlias

Millis: TypeAlias = int
"""Whole milliseconds since 1970-01-01T00:00:00Z."""

SECOND: Millis = 1_000
MINUTE: Millis = 60 * SECOND
HOUR: Millis = 60 * MINUTE
DAY: Millis = 24 * HOUR


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def rfc3339(at: Millis) -> str:
    """Write an instant as RFC 3339 in UTC with milliseconds."""
    return f"{_to_the_second(at // SECOND)}.{at % SECOND:03d}Z"


def instant(text: str) -> Millis:
    """Read an instant in RFC 3339; ValueError for anything else, and for a time without an offset."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return (moment - _EPOCH) // timedelta(milliseconds=1)


@lru_cache(maxsize=1_024)
def _to_the_second(seconds: int) -> str:
    # The instants of a call lie close together, and are written again with each look at it.
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")
