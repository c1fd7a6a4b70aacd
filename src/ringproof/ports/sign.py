"""What holds the bank's keys."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from ringproof.core.keys import PublicKey


class KeyUse(StrEnum):
    """What a key may sign. A status key signs answers only: it is online and busy, so it may do less."""

    PROOF = "proof"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class VerificationKey:
    """A public key of the bank, live or lately so."""

    kid: str
    use: KeyUse
    key: PublicKey


class Signer(Protocol):
    """The bank's keys."""

    async def kid(self, use: KeyUse) -> str:
        """Return the id of the key that signs now."""

    async def sign(self, kid: str, message: bytes) -> bytes:
        """Sign with ES256; 64 bytes r ‖ s."""

    async def keys(self) -> Sequence[VerificationKey]:
        """Return every key that a device should accept, the signing ones first."""
