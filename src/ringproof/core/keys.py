"""P-256 keys, 64-byte signatures, and JWKs."""

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)

from ringproof.core.errors import Code, Refused

_ALPHABET = re.compile(r"[A-Za-z0-9_-]*")
_SIZE = 32
_ES256 = ec.ECDSA(hashes.SHA256())
# RFC 6979: signing needs no entropy at the moment of signing, and vectors can be stable.
_ES256_DETERMINISTIC = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)


def b64url(raw: bytes) -> str:
    """Encode as base64url without padding (RFC 7515 §2)."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def unb64url(text: str) -> bytes:
    """
    Decode base64url, accepting the one canonical spelling only.

    Raise ValueError for padding, other alphabets, and non-zero tail bits, which decoders forgive.
    """
    if not _ALPHABET.fullmatch(text):
        raise ValueError("not base64url")
    raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if b64url(raw) != text:
        raise ValueError("not canonical base64url")
    return raw


@lru_cache(maxsize=8_192)
def _point(x: bytes, y: bytes) -> ec.EllipticCurvePublicKey:
    """Check that a point is on the curve and make it ready for use: 15 µs, so not twice in a row."""
    numbers = ec.EllipticCurvePublicNumbers(int.from_bytes(x), int.from_bytes(y), ec.SECP256R1())
    return numbers.public_key()


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A point on P-256."""

    x: bytes
    y: bytes

    @property
    def key(self) -> ec.EllipticCurvePublicKey:
        """The cryptography library's key."""
        return _point(self.x, self.y)

    @classmethod
    def of(cls, key: ec.EllipticCurvePublicKey) -> "PublicKey":
        """Wrap a key of the cryptography library."""
        numbers = key.public_numbers()
        return cls(numbers.x.to_bytes(_SIZE), numbers.y.to_bytes(_SIZE))

    @classmethod
    def from_jwk(cls, jwk: Mapping[str, Any], *, field: str = "jwk") -> "PublicKey":
        """
        Read an EC P-256 JWK (RFC 7518 §6.2).

        Refused(BAD_KEY) for anything else, a point off the curve, or a private key.
        """
        try:
            if jwk["kty"] != "EC" or jwk["crv"] != "P-256" or "d" in jwk:
                raise ValueError(jwk["kty"])  # noqa: TRY301
            x, y = unb64url(jwk["x"]), unb64url(jwk["y"])
            if len(x) != _SIZE or len(y) != _SIZE:
                raise ValueError("coordinate size")  # noqa: TRY301
            _point(x, y)
        except (KeyError, TypeError, ValueError) as error:
            raise Refused(Code.BAD_KEY, "Send a public P-256 JWK.", field=field) from error
        return cls(x, y)

    @classmethod
    def from_bytes(cls, point: bytes) -> "PublicKey":
        """Read 64 bytes x ‖ y, as `to_bytes` wrote them."""
        return cls(point[:_SIZE], point[_SIZE:])

    def to_bytes(self) -> bytes:
        """Write x ‖ y."""
        return self.x + self.y

    def jwk(self) -> dict[str, str]:
        """Write the members that RFC 7518 requires."""
        return {"crv": "P-256", "kty": "EC", "x": b64url(self.x), "y": b64url(self.y)}

    def thumbprint(self) -> str:
        """Compute the JWK thumbprint (RFC 7638) with SHA-256."""
        j = self.jwk()
        text = f'{{"crv":"P-256","kty":"EC","x":"{j["x"]}","y":"{j["y"]}"}}'
        return b64url(hashlib.sha256(text.encode()).digest())

    def verifies(self, signature: bytes, message: bytes) -> bool:
        """True when *signature* (r ‖ s, exactly 64 bytes, RFC 7518 §3.4) is over *message*."""
        if len(signature) != 2 * _SIZE:
            return False
        r, s = int.from_bytes(signature[:_SIZE]), int.from_bytes(signature[_SIZE:])
        try:
            self.key.verify(encode_dss_signature(r, s), message, _ES256)
        except InvalidSignature:
            return False
        return True


def raw_signature(der: bytes) -> bytes:
    """Turn an ECDSA signature from DER, as OpenSSL and KMS write it, into r ‖ s."""
    r, s = decode_dss_signature(der)
    return r.to_bytes(_SIZE) + s.to_bytes(_SIZE)


def sign(key: ec.EllipticCurvePrivateKey, message: bytes) -> bytes:
    """Sign with ES256 and return r ‖ s."""
    return raw_signature(key.sign(message, _ES256_DETERMINISTIC))
