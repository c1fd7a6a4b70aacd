"""How the value of a setting may be written, and what it becomes."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import time
from enum import Enum
from ipaddress import ip_network
from pathlib import Path
from typing import Generic, TypeVar
from urllib.parse import urlsplit

from ringproof.core.call import Assurance
from ringproof.core.errors import Refused
from ringproof.core.phone import E164, parse_number
from ringproof.core.time import DAY, HOUR, MINUTE, SECOND, Millis, instant

T = TypeVar("T")
_E = TypeVar("_E", bound=Enum)

NONE = "none"
"""Turns off what may be turned off."""


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """*read* raises ValueError for what is not *allowed*."""

    read: Callable[[str], T]
    allowed: str


class Secret:
    """A text that shows itself to nobody but the one who asks to `reveal` it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """Return the text."""
        return self._text

    def __repr__(self) -> str:
        return "[redacted]"

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)


@dataclass(frozen=True, slots=True)
class Rate:
    """At most *count* within *period*."""

    count: int
    period: Millis


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Wall time where the customer is; equal ends mean that no hour is quiet."""

    begin: time
    end: time


_UNITS = {"ms": 1, "s": SECOND, "m": MINUTE, "h": HOUR, "d": DAY}
_SIZES = {"B": 1, "KiB": 1024, "MiB": 1024 * 1024}
_PERIODS = {"second": SECOND, "minute": MINUTE, "hour": HOUR}


def optional(kind: Kind[T]) -> Kind[T | None]:
    """Allow `none`, and nothing at all, besides."""
    return Kind(
        lambda text: None if text in ("", NONE) else kind.read(text), f"{kind.allowed}; or none"
    )


def many(kind: Kind[T]) -> Kind[tuple[T, ...]]:
    """Allow any number of them, separated by commas."""
    return Kind(
        lambda text: tuple(kind.read(each.strip()) for each in text.split(",") if each.strip()),
        f"a list separated by commas, each {kind.allowed}",
    )


def one_of(kind: type[_E]) -> Kind[_E]:
    """Allow the values of an enumeration."""
    return Kind(kind, "one of " + ", ".join(str(each.value) for each in kind))


def chosen(values: Iterable[str]) -> Kind[str]:
    """Allow some words."""
    words = tuple(values)

    def read(text: str) -> str:
        if text not in words:
            raise ValueError(text)
        return text

    return Kind(read, "one of " + ", ".join(words))


def whole(least: int, most: int) -> Kind[int]:
    """Allow a whole number."""

    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not least <= int(text) <= most:
            raise ValueError(text)
        return int(text)

    return Kind(read, f"a whole number from {least} to {most}")


def _line(text: str) -> str:
    if not text or not text.isprintable():
        raise ValueError(text)
    return text


def _flag(text: str) -> bool:
    return {"yes": True, "no": False}[text]


def _scaled(text: str, separator: str, units: dict[str, int]) -> tuple[int, int]:
    match = re.fullmatch(rf"([0-9]{{1,9}}){separator}({'|'.join(units)})", text)
    if not match:
        raise ValueError(text)
    return int(match[1]), units[match[2]]


def _duration(text: str) -> Millis:
    count, unit = _scaled(text, "", _UNITS)
    return count * unit


def _size(text: str) -> int:
    count, unit = _scaled(text, "", _SIZES)
    return count * unit


def _rate(text: str) -> Rate:
    count, period = _scaled(text, "/", _PERIODS)
    if count == 0:
        raise ValueError(text)
    return Rate(count, period)


def _url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https", "ws", "wss") or not parts.hostname:
        raise ValueError(text)
    if parts.username is not None or parts.query or parts.fragment:
        raise ValueError(text)
    return text.rstrip("/")


def _origin(text: str) -> str:
    parts = urlsplit(_url(text))
    if parts.scheme not in ("http", "https") or parts.path:
        raise ValueError(text)
    return f"{parts.scheme}://{parts.netloc}"


def _stun(text: str) -> str:
    if not re.fullmatch(r"stuns?:[A-Za-z0-9.-]+(:\d{1,5})?", text, re.ASCII):
        raise ValueError(text)
    return text


def _prefixed(prefix: str) -> Callable[[str], Path]:
    def read(text: str) -> Path:
        if not text.startswith(prefix) or text == prefix:
            raise ValueError(text)
        return Path(text.removeprefix(prefix))

    return read


def _quiet_hours(text: str) -> QuietHours:
    if text == NONE:
        return QuietHours(time(0), time(0))
    begin, _, end = text.partition("-")
    if not re.fullmatch(r"\d\d:\d\d-\d\d:\d\d", text, re.ASCII) or begin == end:
        raise ValueError(text)
    return QuietHours(time.fromisoformat(begin), time.fromisoformat(end))


def _number(text: str) -> E164:
    try:
        return parse_number(text)
    except Refused as refused:
        raise ValueError(text) from refused


def _network(text: str) -> str:
    return str(ip_network(text))


TEXT: Kind[str] = Kind(_line, "text in one line")
FLAG = Kind(_flag, "yes or no")
DURATION = Kind(_duration, "a whole number with its unit: 250ms, 4s, 15m, 24h, 7d")
INSTANT = Kind(instant, "an instant such as 2027-01-31T18:00:00Z")
SIZE = Kind(_size, "a whole number with its unit: 512B, 64KiB, 16MiB")
RATE = Kind(_rate, "a count and its period: 5/second, 60/minute, 1000/hour")
URL = Kind(_url, "a URL such as https://host/path, with no user, query or fragment")
ORIGIN = Kind(_origin, "an origin such as https://org.crm.dynamics.com, with no path")
STUN = Kind(_stun, "a STUN server such as stun:stun.bank.example:3478")
PATH: Kind[Path] = Kind(lambda text: Path(_line(text)), "a path")
SQLITE = Kind(_prefixed("sqlite:///"), "sqlite:///path; a fourth slash begins an absolute path")
KEY_FILES = Kind(_prefixed("file:"), "file:directory")
QUIET_HOURS = Kind(_quiet_hours, "wall times such as 21:00-08:00; or none")
NUMBER = Kind(_number, "a phone number such as +442079460123")
NETWORK = Kind(_network, "an address or network such as 10.0.0.0/8")
SECRET = Kind(Secret, "text")
ASSURANCE = Kind(Assurance.of, "one of fallback, accepted, acknowledged")
