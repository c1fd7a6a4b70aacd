"""The signing keys of the provider."""

import os
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.jwk import RSAKey

BITS = 2048
FILE = "idp-signing-key.pem"


class SigningKeys:
    """RS256 keys: the newest signs, all of them are published."""

    def __init__(self, directory: Path | None = None) -> None:
        self._keys = [_kept(directory / FILE) if directory else _new()]

    def sign(self, claims: dict[str, Any]) -> str:
        """Make a JWT."""
        return _sign(claims, self._keys[-1])

    def rotate(self) -> None:
        """Sign with a new key from now on."""
        self._keys.append(_new())

    def published(self) -> dict[str, Any]:
        """Describe the public keys as a JWK set."""
        return {"keys": [key.as_dict(private=False) for key in self._keys]}


def sign_as_a_stranger(claims: dict[str, Any]) -> str:
    """Make a JWT with a key that nobody has published."""
    return _sign(claims, _new())


def _sign(claims: dict[str, Any], key: RSAKey) -> str:
    return jwt.encode({"alg": "RS256", "kid": key.kid}, claims, key)


def _new() -> RSAKey:
    return _named(RSAKey.generate_key(BITS))


def _kept(path: Path) -> RSAKey:
    """Read the key, or make and keep one that only its owner can read."""
    if path.exists():
        return _named(RSAKey.import_key(path.read_bytes()))
    key = _new()
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(key.as_pem(private=True))
    return key


def _named(key: RSAKey) -> RSAKey:
    name = {"kid": key.thumbprint(), "alg": "RS256", "use": "sig"}
    return RSAKey.import_key({**key.as_dict(private=True), **name})
