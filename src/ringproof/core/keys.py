"""P-256 keys, 64-byte signatures, and JWKs."""

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A point on P-256, ready to use; equal when the points are."""

    x: bytes
    y: bytes
    key: ec.EllipticCurvePublicKey = field(repr=False, compare=False)

    @classmethod
    def of(cls, key: ec.EllipticCurvePublicKey) -> "PublicKey":
        """Wrap a key of the cryptography library."""
        numbers = key.public_numbers()
        return cls(numbers.x.to_bytes(_SIZE), numbers.y.to_bytes(_SIZE), key)

    @classmethod
    def from_jwk(cls, jwk: Mapping[str, Any], *, field: str = "jwk") -> "PublicKey":
        """Read an EC P-256 JWK (RFC 7518 §6.2); Refused(BAD_KEY) for anything else, or a private key."""
        try:
            if jwk["kty"] != "EC" or jwk["crv"] != "P-256" or "d" in jwk:
                raise ValueError(jwk["kty"])  # noqa: TRY301
            x, y = unb64url(jwk["x"]), unb64url(jwk["y"])
            if len(x) != _SIZE or len(y) != _SIZE:
                raise ValueError("coordinate size")  # noqa: TRY301
            numbers = ec.EllipticCurvePublicNumbers(
                int.from_bytes(x),
                int.from_bytes(y),
                ec.SECP256R1(),
            )
            return cls(x, y, numbers.public_key())  # checks that the point is on the curve
        except (KeyError, TypeError, ValueError) as error:
            raise Refused(Code.BAD_KEY, "Send a public P-256 JWK.", field=field) from error

    @classmethod
    def from_bytes(cls, point: bytes) -> "PublicKey":
        """Read 64 bytes x ‖ y, as `to_bytes` wrote them."""
        numbers = ec.EllipticCurvePublicNumbers(
            int.from_bytes(point[:_SIZE]),
            int.from_bytes(point[_SIZE:]),
            ec.SECP256R1(),
        )
        return cls(point[:_SIZE], point[_SIZE:], numbers.public_key())

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
