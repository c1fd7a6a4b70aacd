"""Sealing: HPKE base mode (RFC 9180) to one device's key, so that the push service reads nothing."""

import re
from enum import StrEnum

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric import ec

from ringproof.core.errors import Code, Refused
from ringproof.core.keys import PublicKey, b64url, unb64url
from ringproof.core.people import PushService

PADDED = 2_048
"""Every plaintext has this size in bytes: length tells nothing about the reason or the agent."""

_PADDING = re.compile(rb"([!-~]+) *")
# AES-256, not 128, because it is the suite that CryptoKit presets
# (HPKE.Ciphersuite.P256_SHA256_AES_GCM_256).
_SUITE = hpke.Suite(hpke.KEM.P256, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


class SealedType(StrEnum):
    """What is inside; part of `info`, so that one kind never opens as another."""

    CALL_VERIFICATION = "call_verification"
    CALL_UPDATE = "call_update"
    STATUS = "status"


def info(kind: SealedType, service: PushService, device_id: str) -> bytes:
    """Build HPKE's `info`: what this is, who carries it on the last hop, and for whom."""
    return f"ringproof/1|{kind}|{service}|{device_id}".encode()


def seal(token: str, key: PublicKey, context: bytes) -> str:
    """Seal a compact JWS: base64url of `enc` (65 bytes) and the ciphertext."""
    return b64url(_SUITE.encrypt(token.encode("ascii").ljust(PADDED), key.key, info=context))


def unseal(sealed: str, key: ec.EllipticCurvePrivateKey, context: bytes) -> str:
    """Open what `seal` made; Refused(CANNOT_OPEN) for another key, context or text."""
    try:
        padded = _SUITE.decrypt(unb64url(sealed), key, info=context)
    except (ValueError, InvalidTag) as error:
        raise Refused(Code.CANNOT_OPEN, "Not sealed for this device.") from error
    token = _PADDING.fullmatch(padded)
    if len(padded) != PADDED or token is None:
        raise Refused(Code.BAD_PADDING, "Not padded as we pad.")
    return token[1].decode("ascii")
