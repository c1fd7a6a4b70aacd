"""What a device tells us, signed by its own key: receipts and reports."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ringproof.core import claims as read
from ringproof.core import jws
from ringproof.core.call import CallId
from ringproof.core.errors import Code, Refused
from ringproof.core.keys import PublicKey
from ringproof.core.time import SECOND, Millis

RECEIPT_TYP = "receipt+jwt"
REPORT_TYP = "report+jwt"

# Crockford's Base32: no letter that is mistaken for another when it is read out.
_READABLE = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class Evt(StrEnum):
    """What happened on the device."""

    DELIVERED = "delivered"
    OPENED = "opened"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    CALL_LATER = "call_later"
    REPORTED = "reported"
    UNVERIFIED = "unverified"

    @property
    def acknowledges(self) -> bool:
        """True when it shows that a genuine announcement reached the customer's device."""
        return self in (Evt.DELIVERED, Evt.OPENED, Evt.CONFIRMED)

    @property
    def refuses_call(self) -> bool:
        """True when the customer does not want to be rung now."""
        return self in (Evt.DECLINED, Evt.CALL_LATER, Evt.REPORTED)


@dataclass(frozen=True, slots=True)
class Receipt:
    """One event on one device about one announcement; *iat* is the phone's clock: kept, not trusted."""

    cid: CallId
    jti: str
    dev: str
    evt: Evt
    iat: int
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A customer says that something is not right; *jti* and *cid* when it is about a card on screen."""

    dev: str
    iat: int
    what: str
    jti: str | None = None
    cid: CallId | None = None


def device_of(token: bytes) -> str:
    """Read the device id that a token claims, to look its key up; nothing is verified yet."""
    kid = jws.parse(token).header.get("kid")
    if not isinstance(kid, str) or not kid:
        raise Refused(Code.WRONG_HEADER, "The header must name the device in kid.")
    return kid


def open_signed(token: bytes, typ: str, device_id: str, key: PublicKey) -> Mapping[str, Any]:
    """Return the claims that *device_id* signed with *key* as a token of *typ*."""
    parsed = jws.parse(token)
    jws.require_header(parsed, alg="ES256", kid=device_id, typ=typ)
    claims = jws.claims_of(parsed.verified_by(key))
    read.require(read.text(claims, "dev"), device_id, Code.WRONG_DEVICE, "signed by its own device")
    return claims


def read_receipt(token: bytes, device_id: str, key: PublicKey) -> Receipt:
    """Verify and read a receipt."""
    claims = open_signed(token, RECEIPT_TYP, device_id, key)
    return Receipt(
        cid=CallId(read.text(claims, "cid")),
        jti=read.text(claims, "jti"),
        dev=device_id,
        evt=read.choice(claims, "evt", Evt),
        iat=read.seconds(claims, "iat"),
        code=read.text(claims, "code", longest=64) if "code" in claims else None,
    )


def read_report(token: bytes, device_id: str, key: PublicKey, now: Millis) -> Report:
    """Verify and read a report, which must be fresh: it has no announcement to count it against."""
    claims = open_signed(token, REPORT_TYP, device_id, key)
    iat = read.seconds(claims, "iat")
    require_near(iat, now)
    return Report(
        dev=device_id,
        iat=iat,
        what=read.text(claims, "what", longest=1_000),
        jti=read.text(claims, "jti") if "jti" in claims else None,
        cid=CallId(read.text(claims, "cid")) if "cid" in claims else None,
    )


def reference_of(token: bytes) -> str:
    """Name a report by its own bytes, in ten characters fit to be read out on the telephone."""
    number = int.from_bytes(hashlib.sha256(token).digest()[:8])
    return "".join(_READABLE[number >> 5 * place & 31] for place in range(10))


def require_near(iat: int, now: Millis) -> None:
    """Refuse a device's clock that is more than the skew away from ours (CLOCK_SKEW)."""
    if abs(now - iat * SECOND) > read.SKEW_SECONDS * SECOND:
        raise Refused(Code.CLOCK_SKEW, "The device's clock is more than two minutes off.")
