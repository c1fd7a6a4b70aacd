"""The bank's keys as a device gets them: a JWK set whose members say what they may sign."""

from collections.abc import Mapping
from typing import Any

import msgspec

from ringproof.core.errors import Code, Refused
from ringproof.core.keys import PublicKey
from ringproof.ports import KeyUse

USE = "ringproof:use"


def read_jwks(text: str | bytes, use: KeyUse) -> dict[str, PublicKey]:
    """Read the keys for one use, by `kid`; Refused(BAD_KEY) for what is no JWK set."""
    try:
        return keys_of(msgspec.json.decode(text, type=dict[str, Any]), use)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refused(Code.BAD_KEY, "This is not a JWK set (RFC 7517, section 5).") from error


def keys_of(jwks: Mapping[str, Any], use: KeyUse) -> dict[str, PublicKey]:
    """Pick the keys for one use; a key that does not say its use is for proofs."""
    return {
        str(jwk["kid"]): PublicKey.from_jwk(jwk)
        for jwk in jwks["keys"]
        if jwk.get(USE, KeyUse.PROOF) == use
    }
