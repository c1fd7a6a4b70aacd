"""API keys: `rpk_<id>_<secret>`, known by the hash of the secret, good from some networks only."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping
from enum import StrEnum
from ipaddress import ip_address, ip_network

from ringproof.core.errors import Code, Refused
from ringproof.core.time import Millis
from ringproof.ports import ApiKey, Control

PREFIX = "rpk_"
_ID_BYTES = 6
_SECRET_BYTES = 32


class Scope(StrEnum):
    """What a key may be used for."""

    ADMIN = "admin"
    SUPERVISOR = "supervisor"
    ACT_FOR_AGENTS = "act_for_agents"
    CONNECT = "connect"
    METRICS = "metrics"


def new_api_key(scopes: Iterable[Scope], sources: Iterable[str], now: Millis) -> tuple[ApiKey, str]:
    """Make a key and the text that its holder is shown, once."""
    text = f"{PREFIX}{secrets.token_hex(_ID_BYTES)}_{secrets.token_urlsafe(_SECRET_BYTES)}"
    return known_key(text, scopes, sources, now), text


def known_key(
    text: str, scopes: Iterable[Scope], sources: Iterable[str] = (), now: Millis = 0
) -> ApiKey:
    """Return what is stored of a key's text; ValueError if it is not one."""
    key_id, secret = split(text)
    return ApiKey(
        key_id, hash_of(secret), frozenset(str(scope) for scope in scopes), tuple(sources), now
    )


def split(text: str) -> tuple[str, str]:
    """Take a key's text apart into its id and its secret; ValueError if it is not one."""
    key_id, mark, secret = text.removeprefix(PREFIX).partition("_")
    if not text.startswith(PREFIX) or not (key_id and mark and secret):
        raise ValueError("not an API key")
    return key_id, secret


def hash_of(secret: str) -> bytes:
    """Hash a secret; it has 256 random bits, so a slow hash would add nothing."""
    return hashlib.sha256(secret.encode()).digest()


class ApiKeys:
    """The stored keys, and the *fixed* ones of the settings."""

    def __init__(self, store: Control, fixed: Iterable[ApiKey]) -> None:
        self._store = store
        self._fixed: Mapping[bytes, ApiKey] = {key.hash: key for key in fixed}

    async def key(self, text: str, address: str) -> ApiKey:
        """Return the key that *text* is, used from *address*; Refused(UNAUTHENTICATED) otherwise."""
        try:
            key_id, secret = split(text)
        except ValueError as error:
            raise _unknown() from error
        digest = hash_of(secret)
        key = self._fixed.get(digest) or await self._store.api_key(digest)
        if key is None or not hmac.compare_digest(key.id.encode(), key_id.encode()):
            raise _unknown()
        if key.sources and not from_one_of(address, key.sources):
            raise Refused(Code.FORBIDDEN, "This API key may not be used from here.")
        return key


def from_one_of(address: str, networks: Iterable[str]) -> bool:
    """True when *address* lies in one of the networks (CIDR)."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return any(parsed in ip_network(network) for network in networks)


def _unknown() -> Refused:
    return Refused(Code.UNAUTHENTICATED, "The API key is not known. Ask your administrator.")
