"""
Signatures of the Standard Webhooks specification, symmetric (v1).

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import base64
import binascii
import hashlib
import hmac

from ringproof.core.time import SECOND, Millis
from ringproof.core.violation import Violation

_PREFIX = "whsec_"
_LENGTHS = range(24, 65)
"""Bytes of a secret, by the specification."""


def read_secret(text: str) -> bytes:
    """Return the key that a secret is; ValueError if it is not `whsec_` and 24 to 64 bytes in base64."""
    if not text.startswith(_PREFIX):
        raise ValueError("no whsec_")
    try:
        key = base64.b64decode(text.removeprefix(_PREFIX), validate=True)
    except binascii.Error as error:
        raise ValueError("no base64") from error
    if len(key) not in _LENGTHS:
        raise ValueError("24 to 64 bytes are allowed")
    return key


def message_id(violation: Violation) -> str:
    """
    Name what is told of a violation, so that a receiver takes each message once.

    A graver turn is another message. A hash, because the id must not have full stops, and a header no
    line breaks, whatever Connect calls its contacts.
    """
    what = f"{violation.contact_id}\n{violation.code}\n{violation.done.wire}"
    return f"msg_{hashlib.sha256(what.encode()).hexdigest()[:32]}"


def signed_headers(key: bytes, name: str, now: Millis, body: bytes) -> dict[str, str]:
    """Return the three headers for a message of that name that is sent now."""
    stamp = str(now // SECOND)
    digest = hmac.digest(key, f"{name}.{stamp}.".encode() + body, "sha256")
    return {
        "webhook-id": name,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }
