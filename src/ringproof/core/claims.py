"""Read claims out of decoded JSON: the right type, or Refused(BAD_CLAIMS) with the claim's name."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from ringproof.core.errors import Code, Refused
from ringproof.core.time import Millis

SKEW_SECONDS = 120
"""Phones are minutes wrong; more than two would weaken `exp` for little gain."""

_E = TypeVar("_E", bound=StrEnum)
_TN = re.compile(r"[1-9][0-9]{6,14}")


def bad(name: str, allowed: str) -> Refused:
    """Build the refusal of one claim."""
    return Refused(Code.BAD_CLAIMS, f"{name} must be {allowed}.", field=name)


def text(claims: Mapping[str, Any], name: str, *, longest: int = 256) -> str:
    """Read a non-empty string of at most *longest* characters."""
    value = claims.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= longest or not _is_unicode(value):
        raise bad(name, f"a string of 1 to {longest} characters")
    return value


def seconds(claims: Mapping[str, Any], name: str) -> int:
    """Read a NumericDate (RFC 7519 §2) in whole seconds."""
    value = claims.get(name)
    if type(value) is not int or not 0 <= value < 1 << 40:
        raise bad(name, "a whole number of seconds")
    return value


def _is_unicode(value: str) -> bool:
    # JSON can spell half a surrogate pair, which no UTF-8 can hold.
    return not any("\ud800" <= character <= "\udfff" for character in value)


def choice(claims: Mapping[str, Any], name: str, kind: type[_E]) -> _E:
    """Read one of the values of *kind*."""
    value = text(claims, name)
    try:
        return kind(value)
    except ValueError as error:
        raise bad(name, "one of " + ", ".join(kind)) from error


def mapping(claims: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Read a JSON object."""
    value = claims.get(name)
    if not isinstance(value, dict):
        raise bad(name, "an object")
    return value


def tn(value: object, name: str) -> str:
    """Read a telephone number as RFC 8225 §5.2.1 writes it: digits only."""
    if not isinstance(value, str) or not _TN.fullmatch(value):
        raise bad(name, "7 to 15 digits")
    return value


def require(actual: object, expected: object, code: Code, what: str) -> None:
    """Refuse with *code* unless both are equal."""
    if actual != expected:
        raise Refused(code, f"This is not {what}.")


def require_fresh(iat: int, exp: int, now: Millis, *, longest_seconds: int) -> None:
    """
    Refuse a token before its time, after its time, or with too long a time.

    Both ends forgive SKEW_SECONDS, because a phone's clock is not ours.
    """
    if not iat < exp <= iat + longest_seconds:
        raise bad("exp", f"1 to {longest_seconds} seconds after iat")
    if now < (iat - SKEW_SECONDS) * 1_000:
        raise Refused(Code.NOT_YET_VALID, "This was issued in the future.")
    if now >= (exp + SKEW_SECONDS) * 1_000:
        raise Refused(Code.EXPIRED, "This has expired.")
