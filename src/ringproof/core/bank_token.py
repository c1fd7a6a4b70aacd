"""What the bank signs besides proofs: one way to open it on a device."""

from collections.abc import Mapping
from typing import Any

from ringproof.core import claims as read
from ringproof.core import jws
from ringproof.core.errors import Code, Refused
from ringproof.core.keys import PublicKey
from ringproof.core.time import Millis


def open_bank_token(
    token: str,
    typ: str,
    keys: Mapping[str, PublicKey],
    *,
    iss: str,
    aud: str,
    dev: str,
    now: Millis,
    longest_seconds: int,
) -> Mapping[str, Any]:
    """Return the claims if the bank says this to this app on this device, now; Refused otherwise."""
    parsed = jws.parse(token)
    kid = str(parsed.header.get("kid"))
    jws.require_header(parsed, alg="ES256", kid=kid, typ=typ)
    if kid not in keys:
        raise Refused(Code.UNKNOWN_KID, "Signed by a key we do not hold.")
    claims = jws.claims_of_bank(parsed.verified_by(keys[kid]))
    read.require(read.text(claims, "iss"), iss, Code.WRONG_BANK, "from your bank")
    read.require(read.text(claims, "aud"), aud, Code.WRONG_APP, "for this app")
    read.require(read.text(claims, "dev"), dev, Code.WRONG_DEVICE, "for this device")
    iat, exp = read.seconds(claims, "iat"), read.seconds(claims, "exp")
    read.require_fresh(iat, exp, now, longest_seconds=longest_seconds)
    return claims
