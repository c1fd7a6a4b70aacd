"""The end notice: tells a device that the call it was told about is over."""

from collections.abc import Mapping
from dataclasses import dataclass

from ringproof.core import claims as read
from ringproof.core import jws
from ringproof.core.call import CallId
from ringproof.core.errors import Code, Refused
from ringproof.core.keys import PublicKey
from ringproof.core.time import Millis

TYP = "call-update+jwt"
LIFETIME_SECONDS = 3_600
"""A phone that was offline for an hour must not be left with a card that says we are calling."""


@dataclass(frozen=True, slots=True)
class CallUpdate:
    """How one call ended, for one device."""

    iss: str
    aud: str
    dev: str
    cid: CallId
    jti: str
    iat: int
    exp: int
    outcome: str


def signing_input(update: CallUpdate, kid: str) -> str:
    """Return what the bank's key signs."""
    u = update
    claims = {
        "aud": u.aud, "cid": u.cid, "dev": u.dev, "exp": u.exp,
        "iat": u.iat, "iss": u.iss, "jti": u.jti, "outcome": u.outcome,
    }  # fmt: skip
    return jws.signing_input({"alg": "ES256", "kid": kid, "typ": TYP}, claims)


def verify(
    token: str, keys: Mapping[str, PublicKey], *, iss: str, aud: str, dev: str, now: Millis
) -> CallUpdate:
    """Return the update if the bank says it to this device, now; Refused otherwise."""
    parsed = jws.parse(token)
    kid = str(parsed.header.get("kid"))
    jws.require_header(parsed, alg="ES256", kid=kid, typ=TYP)
    if kid not in keys:
        raise Refused(Code.UNKNOWN_KID, "Signed by a key we do not hold.")
    claims = jws.claims_of_bank(parsed.verified_by(keys[kid]))
    read.require(read.text(claims, "iss"), iss, Code.WRONG_BANK, "from your bank")
    read.require(read.text(claims, "aud"), aud, Code.WRONG_APP, "for this app")
    read.require(read.text(claims, "dev"), dev, Code.WRONG_DEVICE, "for this device")
    iat, exp = read.seconds(claims, "iat"), read.seconds(claims, "exp")
    read.require_fresh(iat, exp, now, longest_seconds=LIFETIME_SECONDS)
    return CallUpdate(
        iss, aud, dev, CallId(read.text(claims, "cid")), read.text(claims, "jti"), iat, exp,
        read.text(claims, "outcome"),
    )  # fmt: skip
