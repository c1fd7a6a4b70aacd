"""One issuer's keys: discovered, cached, and fetched anew when a token names one we do not hold."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet, RSAKey

from ringproof.core.errors import DependencyDown
from ringproof.core.time import HOUR, SECOND, Millis
from ringproof.ports import Clock

_log = structlog.get_logger()

Key = RSAKey | ECKey
Fetch = Callable[[str], Awaitable[dict[str, Any]]]

_FRESH: Millis = HOUR
"""Entra ID rolls its keys without notice; its advice is to look again at least daily."""
_BETWEEN_FETCHES: Millis = 10 * SECOND
"""A made-up kid must not make us hammer the provider."""
_BETWEEN_TRIES: Millis = SECOND
"""While it is away and we hold nothing, those who wait in line must not each wait out a time-out."""


class Issuer:
    """An OpenID provider, known by its issuer identifier (OpenID Connect Discovery 1.0)."""

    def __init__(self, url: str, fetch: Fetch, clock: Clock) -> None:
        self.url = url
        self._fetch = fetch
        self._clock = clock
        self._keys: dict[str, Key] = {}
        self._fetched_at: Millis | None = None
        self._asked_at: Millis | None = None
        self._lock = asyncio.Lock()

    async def key(self, kid: str) -> Key | None:
        """
        Return the key named *kid*; None if the issuer has none of that name.

        DependencyDown only when nothing is cached: old keys serve while the provider is away.
        """
        if kid not in self._keys or self._stale():
            async with self._lock:
                if kid not in self._keys or self._stale():
                    await self._refresh()
        return self._keys.get(kid)

    def _stale(self) -> bool:
        return self._fetched_at is None or self._clock.now() - self._fetched_at > _FRESH

    async def _refresh(self) -> None:
        now = self._clock.now()
        if self._asked_at is not None:
            since = now - self._asked_at
            if self._keys and since < _BETWEEN_FETCHES:
                return
            if not self._keys and since < _BETWEEN_TRIES:
                raise DependencyDown("identity provider", "down a moment ago")
        try:
            self._keys = await self._fetched()
            self._fetched_at = now
        except DependencyDown as down:
            _log.warning("issuer_down", issuer=self.url, error=down.detail)
            if not self._keys:
                raise
        finally:
            self._asked_at = self._clock.now()

    async def _fetched(self) -> dict[str, Key]:
        about = await self._fetch(f"{self.url}/.well-known/openid-configuration")
        if about.get("issuer") != self.url or not isinstance(about.get("jwks_uri"), str):
            raise DependencyDown("identity provider", "discovery names another issuer")
        return _usable(await self._fetch(about["jwks_uri"]))


def _usable(jwks: dict[str, Any]) -> dict[str, Key]:
    try:
        keys = KeySet.import_key_set({"keys": [k for k in jwks["keys"] if _signs(k)]}).keys
    except (JoseError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise DependencyDown("identity provider", "not a JWK set") from error
    return {str(key.kid): key for key in keys if key.kid and isinstance(key, RSAKey | ECKey)}


def _signs(jwk: dict[str, Any]) -> bool:
    return jwk.get("kty") in ("RSA", "EC") and jwk.get("use", "sig") == "sig"
