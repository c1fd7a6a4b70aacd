"""
The proof: a PASSporT (RFC 8225) with rich call data (RFC 9795), in the one shape that we issue.

The header is a constant but for the key id: one algorithm, one extension. There is nothing to
negotiate, so there is nothing to downgrade; and a phone never fetches what a token names, hence a
`kid` into keys it already holds where RFC 8225 has `x5u`.
"""

import base64
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from ringproof.core import claims as read
from ringproof.core import jws
from ringproof.core.call import CallId
from ringproof.core.errors import Code, Refused
from ringproof.core.keys import PublicKey
from ringproof.core.phone import E164, tn
from ringproof.core.time import Millis

TYP = "passport"
DIRECTION = "bank_calls_you"
LIFETIME_SECONDS = 150
"""Dialing, 45 s of ringing and the answer must fit; handsets-and-push.md §9 has the parts."""
LONGEST_SECONDS = 300

_MATCH_CODE = re.compile(r"[0-9]{2}")
_ICN_DIGEST = re.compile(r"sha256-([A-Za-z0-9+/]{43}=)")


@dataclass(frozen=True, slots=True)
class Announcement:
    """
    What one device is told about one call.

    *iat* and *exp* are seconds. *photo* is the URL of the agent's picture and the SHA-256 of its
    bytes, in hex. *jti* is the replay key, kept on a retry: never the token's text, of which there
    can be many.
    """

    iss: str
    aud: str
    iat: int
    exp: int
    jti: str
    cid: CallId
    dev: str
    orig: E164
    dest: E164
    bank: str
    agent: str
    crn: str
    mc: str
    photo: tuple[str, str] | None = None
    employee_id: str | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """What a device knows of itself and its bank; *orig* and *dest* are the numbers it accepts."""

    iss: str
    aud: str
    dev: str
    orig: Collection[E164]
    dest: Collection[E164]


def claims_of(announcement: Announcement) -> dict[str, Any]:
    """Write the claims of RFC 8225 §5 and RFC 9795 §5, and ours."""
    a = announcement
    rcd = {"nam": a.bank}
    claims: dict[str, Any] = {
        "agt": {"nam": a.agent} | ({"id": a.employee_id} if a.employee_id else {}),
        "aud": a.aud,
        "cid": a.cid,
        "crn": a.crn,
        "dest": {"tn": [tn(a.dest)]},
        "dev": a.dev,
        "dir": DIRECTION,
        "exp": a.exp,
        "iat": a.iat,
        "iss": a.iss,
        "jti": a.jti,
        "mc": a.mc,
        "orig": {"tn": tn(a.orig)},
        "rcd": rcd,
    }
    if a.photo:
        url, sha256 = a.photo
        rcd["icn"] = url
        claims["rcdi"] = {"/icn": f"sha256-{base64.b64encode(bytes.fromhex(sha256)).decode()}"}
    return claims


def signing_input(announcement: Announcement, kid: str) -> str:
    """Return what the bank's key signs; join the signature with `jws.compact`."""
    header = {"alg": "ES256", "kid": kid, "ppt": "rcd", "typ": TYP}
    return jws.signing_input(header, claims_of(announcement))


def verify(
    token: str | bytes,
    keys: Mapping[str, PublicKey],
    expected: Expected,
    now: Millis,
    seen: Collection[str] = (),
) -> Announcement:
    """
    Return what the bank says, if it is the bank, says it to this device, and says it now.

    Raise Refused with the code of the first thing that is wrong; *seen* holds the `jti`s that this
    device has already taken.
    """
    parsed = jws.parse(token)
    kid = parsed.header.get("kid")
    if not isinstance(kid, str):
        raise Refused(Code.WRONG_HEADER, "The header is not the one we use.")
    jws.require_header(parsed, alg="ES256", kid=kid, ppt="rcd", typ=TYP)
    if kid not in keys:
        raise Refused(Code.UNKNOWN_KID, "Signed by a key we do not hold.")
    announcement, direction = _read(jws.claims_of_bank(parsed.verified_by(keys[kid])))
    _judge(announcement, direction, expected, now)
    if announcement.jti in seen:
        raise Refused(Code.REPLAYED, "This announcement has been taken before.")
    return announcement


def _judge(a: Announcement, direction: str, expected: Expected, now: Millis) -> None:
    read.require(a.iss, expected.iss, Code.WRONG_BANK, "from your bank")
    read.require(a.aud, expected.aud, Code.WRONG_APP, "for this app")
    read.require(a.dev, expected.dev, Code.WRONG_DEVICE, "for this device")
    read.require(direction, DIRECTION, Code.WRONG_DIRECTION, "about a call from your bank to you")
    if a.orig not in expected.orig:
        raise Refused(Code.WRONG_NUMBER, "The caller's number is not the bank's.")
    if a.dest not in expected.dest:
        raise Refused(Code.WRONG_CUSTOMER_NUMBER, "The number to be called is not yours.")
    read.require_fresh(a.iat, a.exp, now, longest_seconds=LONGEST_SECONDS)


def _read(claims: Mapping[str, Any]) -> tuple[Announcement, str]:
    rcd, agent = read.mapping(claims, "rcd"), read.mapping(claims, "agt")
    match_code = read.text(claims, "mc")
    if not _MATCH_CODE.fullmatch(match_code):
        raise read.bad("mc", "two digits")
    announcement = Announcement(
        iss=read.text(claims, "iss"),
        aud=read.text(claims, "aud"),
        iat=read.seconds(claims, "iat"),
        exp=read.seconds(claims, "exp"),
        jti=read.text(claims, "jti"),
        cid=CallId(read.text(claims, "cid")),
        dev=read.text(claims, "dev"),
        orig=E164("+" + read.tn(read.mapping(claims, "orig").get("tn"), "orig.tn")),
        dest=E164("+" + read.tn(_only(read.mapping(claims, "dest").get("tn")), "dest.tn")),
        bank=read.text(rcd, "nam"),
        agent=read.text(agent, "nam"),
        crn=read.text(claims, "crn"),
        mc=match_code,
        photo=_photo(rcd, claims),
        employee_id=read.text(agent, "id") if "id" in agent else None,
    )
    return announcement, read.text(claims, "dir")


def _only(value: object) -> object:
    # RFC 8225 §5.2.1 allows several destinations; a call of ours has one.
    return value[0] if isinstance(value, list) and len(value) == 1 else None


def _photo(rcd: Mapping[str, Any], claims: Mapping[str, Any]) -> tuple[str, str] | None:
    if "icn" not in rcd:
        return None
    url = read.text(rcd, "icn", longest=512)
    digest = _ICN_DIGEST.fullmatch(str(read.mapping(claims, "rcdi").get("/icn")))
    if not digest:
        raise read.bad("rcdi", "the SHA-256 of /icn")
    return url, base64.b64decode(digest[1]).hex()
