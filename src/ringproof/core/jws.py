"""JWS compact serialisation (RFC 7515 §3.1), one algorithm, strict in both directions."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from ringproof.core.errors import Code, Refused
from ringproof.core.keys import PublicKey, b64url, unb64url

MAX_BYTES = 2_000
"""A longer token is refused unread; sealed, it would not fit the push services' 4,096 bytes."""

# Libraries forgive spaces, padding and other spellings of the last character: match the form first.
_COMPACT = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{86}")
_encode = msgspec.json.Encoder(order="sorted").encode


def canonical(claims: Mapping[str, Any]) -> bytes:
    """Write JSON as RFC 8225 §9 wants it: keys in lexicographic order, no white space, UTF-8."""
    return _encode(claims)


@dataclass(frozen=True, slots=True)
class Jws:
    """A token taken apart; nothing in it is to be believed before `verified_by`."""

    header: Mapping[str, Any]
    header_bytes: bytes
    payload: bytes
    signature: bytes
    signed: bytes

    def verified_by(self, key: PublicKey) -> bytes:
        """Return the payload if *key* signed it; Refused(BAD_SIGNATURE) otherwise."""
        if not key.verifies(self.signature, self.signed):
            raise Refused(Code.BAD_SIGNATURE, "The signature does not verify.")
        return self.payload


def signing_input(header: Mapping[str, Any], claims: Mapping[str, Any]) -> str:
    """Return what is signed: both parts in base64url, joined by a dot."""
    return f"{b64url(canonical(header))}.{b64url(canonical(claims))}"


def compact(signed: str, signature: bytes) -> str:
    """Append the signature to its signing input."""
    return f"{signed}.{b64url(signature)}"


def parse(token: str | bytes) -> Jws:
    """Take a compact JWS apart; Refused(MALFORMED) unless it is spelled in the one canonical way."""
    try:
        text = token if isinstance(token, str) else token.decode("ascii")
        if len(text) > MAX_BYTES or not _COMPACT.fullmatch(text):
            raise ValueError("not a compact JWS")  # noqa: TRY301
        head, body, tail = text.split(".")
        header_bytes, payload, signature = unb64url(head), unb64url(body), unb64url(tail)
        header = msgspec.json.decode(header_bytes, type=dict[str, Any])
    except (ValueError, RecursionError) as error:
        raise Refused(Code.MALFORMED, "Not a compact JWS of ours.") from error
    return Jws(header, header_bytes, payload, signature, f"{head}.{body}".encode())


def claims_of(payload: bytes) -> dict[str, Any]:
    """Read claims; Refused(BAD_CLAIMS) for other JSON, and for a name that occurs twice."""
    try:
        claims = json.loads(payload, object_pairs_hook=_no_twice)
    except (ValueError, RecursionError) as error:
        raise Refused(
            Code.BAD_CLAIMS, "The claims are not a JSON object with distinct names."
        ) from error
    if not isinstance(claims, dict):
        raise Refused(Code.BAD_CLAIMS, "The claims are not a JSON object.")
    return claims


def claims_of_bank(payload: bytes) -> dict[str, Any]:
    """Read claims that the bank has written: in the one order and spelling that `canonical` has."""
    claims = claims_of(payload)
    try:
        exact = canonical(claims) == payload
    except ValueError:  # half a surrogate pair, which no UTF-8 can hold
        exact = False
    if not exact:
        raise Refused(Code.BAD_CLAIMS, "The claims are not written as RFC 8225 §9 wants them.")
    return claims


def _no_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    claims = dict(pairs)
    if len(claims) != len(pairs):
        raise ValueError("a name occurs twice")
    return claims


def require_header(token: Jws, **expected: str) -> None:
    """Refuse any header but exactly these members in this order of bytes (WRONG_TYPE for a wrong typ)."""
    if token.header.get("typ") != expected["typ"]:
        raise Refused(Code.WRONG_TYPE, f"Expected a token of type {expected['typ']}.")
    if token.header_bytes != canonical(expected):
        raise Refused(Code.WRONG_HEADER, "The header is not the one we use.")
