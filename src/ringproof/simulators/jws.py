"""Reading the compact JWS that a vendor is shown (RFC 7515), and checking its signature."""

import base64
import binascii
from dataclasses import dataclass
from typing import Any

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

ES256_BYTES = 64  # RFC 7518 §3.4: r and s, 32 bytes each
PublicKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey


@dataclass(frozen=True)
class Jws:
    """A token taken apart; nothing about it has been checked."""

    header: dict[str, Any]
    claims: dict[str, Any]
    signing_input: bytes
    signature: bytes


def parse(token: str) -> Jws | None:
    """Take *token* apart; None if it is not a compact JWS with JSON objects in it."""
    try:
        header, claims, signature = token.split(".")
        return Jws(
            header=msgspec.json.decode(_decode(header), type=dict[str, Any]),
            claims=msgspec.json.decode(_decode(claims), type=dict[str, Any]),
            signing_input=f"{header}.{claims}".encode("ascii"),
            signature=_decode(signature),
        )
    except (ValueError, binascii.Error, msgspec.MsgspecError):
        return None


def is_signed_by(jws: Jws, key: PublicKey) -> bool:
    """Tell whether *key* signed this, by the one algorithm its kind of key is used with."""
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            return jws.header.get("alg") == "ES256" and _es256(jws, key)
        if jws.header.get("alg") != "RS256":
            return False
        key.verify(jws.signature, jws.signing_input, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        return False
    return True


def public_key(pem: bytes) -> PublicKey:
    """Read a public key, or the public half of a private one; raise ValueError for another kind."""
    key = (
        load_pem_private_key(pem, None).public_key()
        if b"PRIVATE KEY-----" in pem
        else load_pem_public_key(pem)
    )
    if not isinstance(key, ec.EllipticCurvePublicKey | rsa.RSAPublicKey):
        raise ValueError("neither an EC nor an RSA key")  # noqa: TRY004 (the file is wrong, not the call)
    return key


def _es256(jws: Jws, key: ec.EllipticCurvePublicKey) -> bool:
    if len(jws.signature) != ES256_BYTES:
        return False
    r, s = (int.from_bytes(part, "big") for part in (jws.signature[:32], jws.signature[32:]))
    key.verify(encode_dss_signature(r, s), jws.signing_input, ec.ECDSA(hashes.SHA256()))
    return True


def _decode(part: str) -> bytes:
    return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
