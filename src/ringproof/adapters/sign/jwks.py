"""Publishing keys: a JWK Set (RFC 7517) with what each key may sign."""

from collections.abc import Sequence
from typing import Any

from ringproof.ports import VerificationKey


def jwks(keys: Sequence[VerificationKey]) -> dict[str, Any]:
    """Write the public keys; `ringproof:use` tells a proof key from a status key."""
    return {"keys": [_jwk(each) for each in keys]}


def _jwk(key: VerificationKey) -> dict[str, str]:
    return key.key.jwk() | {
        "alg": "ES256",
        "kid": key.kid,
        "ringproof:use": key.use.value,
        "use": "sig",
    }
