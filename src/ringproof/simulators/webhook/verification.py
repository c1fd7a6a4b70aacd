"""
Verifying a webhook, from the receiver's side of the specification.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping

TOLERANCE = 300  # seconds either way, as the reference libraries have it
VERSION = "v1,"


class Unverified(Exception):  # noqa: N818 (a refusal, as everywhere in this project)
    """The message is not to be believed; the text says why."""


def verify(headers: Mapping[str, str], body: bytes, *, secret: str, now: float) -> str:
    """Return the message's id, once its signature and its time are good."""
    try:
        name, stamp, given = (
            headers[f"webhook-{part}"] for part in ("id", "timestamp", "signature")
        )
    except KeyError as missing:
        raise Unverified(f"no {missing}") from None
    if not name or "." in name:
        raise Unverified("an id is not empty and has no full stop")
    if not stamp.isascii() or not stamp.isdigit() or abs(now - int(stamp)) > TOLERANCE:
        raise Unverified("the timestamp is none, or is not of the last five minutes")
    wanted = signature(secret, f"{name}.{stamp}.".encode() + body)
    if not any(hmac.compare_digest(wanted.encode(), each.encode()) for each in given.split(" ")):
        raise Unverified("no signature is good")
    return name


def signature(secret: str, signed: bytes) -> str:
    """Sign as version 1 does."""
    key = base64.b64decode(secret.split("_", 1)[1])
    digest = hmac.new(key, signed, hashlib.sha256).digest()
    return VERSION + base64.b64encode(digest).decode()
