"""The end notice: tells a device that the call it was told about is over."""

from collections.abc import Mapping
from dataclasses import dataclass

from ringproof.core import claims as read
from ringproof.core import jws
from ringproof.core.bank_token import open_bank_token
from ringproof.core.call import CallId
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
    claims = open_bank_token(
        token, TYP, keys, iss=iss, aud=aud, dev=dev, now=now, longest_seconds=LIFETIME_SECONDS
    )
    return CallUpdate(
        iss=iss,
        aud=aud,
        dev=dev,
        cid=CallId(read.text(claims, "cid")),
        jti=read.text(claims, "jti"),
        iat=claims["iat"],
        exp=claims["exp"],
        outcome=read.text(claims, "outcome"),
    )
