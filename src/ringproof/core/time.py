"""Time as the core knows it: a number that somebody else read from a clock."""

from datetime import UTC, datetime
from typing import TypeAlias

Millis: TypeAlias = int
"""Whole milliseconds since 1970-01-01T00:00:00Z."""

SECOND: Millis = 1_000
MINUTE: Millis = 60 * SECOND
HOUR: Millis = 60 * MINUTE
DAY: Millis = 24 * HOUR


def rfc3339(at: Millis) -> str:
    """Write an instant as RFC 3339 in UTC with milliseconds."""
    moment = datetime.fromtimestamp(at // 1_000, UTC).replace(microsecond=at % 1_000 * 1_000)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
