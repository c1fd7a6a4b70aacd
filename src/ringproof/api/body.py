"""Read what a request brings: a body of limited size, as JSON of a known shape; or a query."""

import asyncio
import json
import re
from collections.abc import Mapping
from typing import Any, TypeVar
from urllib.parse import parse_qsl

import msgspec
from starlette.requests import ClientDisconnect, Request

from ringproof.core.errors import Code, Refused

T = TypeVar("T")
JSON = "application/json"
TEXT = "text/plain"
JOSE = "application/jose"

_PATIENCE = 10.0
"""Seconds for a body to arrive: a sender that dribbles must not hold a place."""
_AT = re.compile(r" - at `\$\.?([^`]*)`")
_UNKNOWN_FIELD = re.compile(r"unknown field `([^`]*)`")


async def read_bytes(request: Request, allowed: tuple[str, ...], limit: int) -> bytes:
    """Return the body; Refused for another content type, too many bytes, or one that never ends."""
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type not in allowed:
        wanted = " or ".join(allowed)
        raise Refused(Code.UNSUPPORTED_MEDIA_TYPE, f"Send Content-Type: {wanted}.")
    # Content-Length is not asked: httptools has counted, and a chunked body has none.
    read, parts = 0, []
    try:
        async with asyncio.timeout(_PATIENCE):
            async for part in request.stream():
                read += len(part)
                if read > limit:
                    raise Refused(Code.TOO_LARGE, f"At most {limit} bytes are allowed.")
                parts.append(part)
    except (TimeoutError, ClientDisconnect) as error:
        raise Refused(Code.INVALID_REQUEST, "The body did not arrive.") from error
    return b"".join(parts)


def read_json(raw: bytes, kind: type[T]) -> T:
    """
    Read JSON as *kind*; Refused(INVALID_REQUEST) names the field and what is wrong with it.

    A name that occurs twice is refused: of two readers each might believe another one.
    """
    try:
        value = msgspec.json.decode(raw, type=kind)
        json.loads(raw, object_pairs_hook=_no_twice)
    except msgspec.ValidationError as error:
        raise _not_valid(str(error)) from error
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError is no msgspec error
        raise Refused(Code.INVALID_REQUEST, "The body is not JSON with distinct names.") from error
    return value


def read_query(text: str, kind: type[T]) -> T:
    """Read a query string as *kind*, strictly: no unknown names, none twice."""
    try:
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=20)
        return msgspec.convert(_no_twice(pairs), kind, strict=False)
    except msgspec.ValidationError as error:
        raise _not_valid(str(error)) from error
    except ValueError as error:
        raise Refused(Code.INVALID_REQUEST, "The query is not as agreed.") from error


def _no_twice(pairs: list[tuple[str, Any]]) -> Mapping[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name occurs twice")
    return found


def _not_valid(said: str) -> Refused:
    # msgspec's texts quote the path and the type that is wanted, never the value.
    at, unknown = _AT.search(said), _UNKNOWN_FIELD.search(said)
    path = ".".join(each for each in (at and at[1], unknown and unknown[1]) if each)
    return Refused(Code.INVALID_REQUEST, f"{_AT.sub('', said)}.", field=path or None)
