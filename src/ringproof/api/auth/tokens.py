"""Verify an access token: RFC 9068's checks, and Entra ID's own."""

import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jws import JWSRegistry
from joserfc.util import to_bytes, urlsafe_b64decode

from ringproof.api.auth.issuer import Issuer
from ringproof.core import jws
from ringproof.core.errors import Code, Refused
from ringproof.core.time import SECOND
from ringproof.ports import Clock

ALGORITHMS = ["RS256", "ES256"]
SKEW_SECONDS = 60
_LONGEST = 8_192
_MOST_CACHED = 10_000
_REGISTRY = JWSRegistry(algorithms=ALGORITHMS)
# What only an ID token has (OpenID Connect Core 1.0 §2, §3.3.2.11).
_OF_ID_TOKENS = ("nonce", "at_hash", "c_hash")


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a token must say; *tenant* where the issuer is Entra ID."""

    audience: str
    clients: frozenset[str]
    tenant: str | None = None


class TokenVerifier:
    """One issuer's access tokens. A verified one is remembered, by its hash, until it expires."""

    def __init__(self, issuer: Issuer, expected: Expectation, clock: Clock) -> None:
        self._issuer = issuer
        self._expected = expected
        self._clock = clock
        self._verified: OrderedDict[bytes, Mapping[str, Any]] = OrderedDict()

    async def claims(self, token: str) -> Mapping[str, Any]:
        """Return the token's claims; Refused(UNAUTHENTICATED) says what is wrong with it."""
        digest = hashlib.sha256(token.encode()).digest()
        known = self._verified.get(digest)
        if known is not None:
            self._require_time(known)
            return known
        claims = await self._signed_claims(token)
        self._require(claims)
        self._verified[digest] = claims
        if len(self._verified) > _MOST_CACHED:
            self._verified.popitem(last=False)
        return claims

    async def _signed_claims(self, token: str) -> Mapping[str, Any]:
        kid = _kid_of(token)
        key = await self._issuer.key(kid)
        if key is None:
            raise _refused("It is signed by a key that its issuer does not publish.")
        try:
            jwt.decode(token, key, algorithms=ALGORITHMS, registry=_REGISTRY)
        except (JoseError, ValueError, TypeError) as error:
            raise _refused("Its signature does not verify.") from error
        return jws.claims_of(_payload_of(token))

    def _require(self, claims: Mapping[str, Any]) -> None:
        expected = self._expected
        if claims.get("iss") != self._issuer.url:
            raise _refused("It is from another issuer (iss).")
        if any(name in claims for name in _OF_ID_TOKENS):
            raise _refused("This is an ID token. Send the access token.")
        if not _meant_for(claims.get("aud"), expected.audience):
            raise _refused("It is for another audience (aud).")
        if expected.tenant is not None:
            self._require_entra(claims, expected.tenant)
        if claims.get("azp") not in expected.clients:
            raise _refused("It was given to another client app (azp).")
        self._require_time(claims)

    def _require_entra(self, claims: Mapping[str, Any], tenant: str) -> None:
        if claims.get("tid") != tenant:
            raise _refused("It is from another tenant (tid).")
        if claims.get("ver") != "2.0":
            raise _refused("It is not a v2.0 token (ver).")
        if "scp" not in claims and "roles" not in claims:
            raise _refused("This is an ID token. Send the access token.")

    def _require_time(self, claims: Mapping[str, Any]) -> None:
        now = self._clock.now() // SECOND
        exp, nbf = claims.get("exp"), claims.get("nbf", 0)
        if not isinstance(exp, int | float) or now >= exp + SKEW_SECONDS:
            raise _refused("It has expired. Sign in again.")
        if not isinstance(nbf, int | float) or now < nbf - SKEW_SECONDS:
            raise _refused("It is not valid yet. Check the clocks.")


def _kid_of(token: str) -> str:
    try:
        if len(token) > _LONGEST or token.count(".") != 2:  # noqa: PLR2004
            raise ValueError("not a JWS")  # noqa: TRY301
        header = jws.claims_of(urlsafe_b64decode(to_bytes(token.partition(".")[0])))
    except (ValueError, Refused) as error:
        raise _refused("It is not a signed token.") from error
    if header.get("alg") not in ALGORITHMS or not isinstance(header.get("kid"), str):
        raise _refused("It is not signed with RS256 or ES256 by a named key.")
    return str(header["kid"])


def _payload_of(token: str) -> bytes:
    return bytes(urlsafe_b64decode(to_bytes(token.split(".")[1])))


def _meant_for(aud: object, audience: str) -> bool:
    return aud == audience or (isinstance(aud, list) and audience in aud)


def _refused(why: str) -> Refused:
    return Refused(Code.UNAUTHENTICATED, f"The token is not accepted. {why}")
