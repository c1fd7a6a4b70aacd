"""The bank's public keys, as devices get them."""

from ringproof.api.wire.handsets import Jwks
from ringproof.ports import Signer

USE = "ringproof:use"
"""What a key may sign; RFC 7517 §4 leaves room for members of one's own."""


async def published(signer: Signer) -> Jwks:
    """Write every key that a device should accept as a JWK set."""
    return Jwks(
        keys=[
            {**each.key.jwk(), "alg": "ES256", "kid": each.kid, "use": "sig", USE: each.use.value}
            for each in await signer.keys()
        ]
    )
