"""Signing with key files: the embedded default. 21 µs a signature, so it is done on the event loop."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec

from ringproof.adapters.sign import keyring
from ringproof.core.errors import DependencyDown
from ringproof.core.keys import PublicKey, sign
from ringproof.ports import KeyUse, VerificationKey


@dataclass(frozen=True, slots=True)
class _Ring:
    """The keys as they were read at one time."""

    stamp: tuple[int, int]
    signing: Mapping[KeyUse, str]
    private: Mapping[str, ec.EllipticCurvePrivateKey]
    published: Sequence[VerificationKey]


class KeyfileSigner:
    """
    Signs with the keys of one folder, and notices when `keyring` has changed them.

    What a key may sign is decided where it is asked for: `kid(STATUS)` never names a proof key, and a
    phone takes a proof only from a key that is published as one (`ringproof:use`).
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ring = _read(folder)

    async def kid(self, use: KeyUse) -> str:
        """Return the id of the key that signs now."""
        kid = self._current().signing.get(use)
        if kid is None:
            raise DependencyDown("signer", f"{self._folder} has no {use} key. Run: ringproof keys")
        return kid

    async def sign(self, kid: str, message: bytes) -> bytes:
        """Sign with ES256; 64 bytes r ‖ s."""
        key = self._current().private.get(kid)
        if key is None:
            raise DependencyDown("signer", f"There is no live key {kid}.")
        return sign(key, message)

    async def keys(self) -> Sequence[VerificationKey]:
        """Return every key that a device should accept, the signing ones first."""
        return self._current().published

    def _current(self) -> _Ring:
        if _stamp(self._folder) != self._ring.stamp:
            self._ring = _read(self._folder)
        return self._ring


def _read(folder: Path) -> _Ring:
    stamp, known = _stamp(folder), keyring.records(folder)
    lives = {use: keyring.live(known, use) for use in KeyUse}
    private = {each.kid: keyring.load(folder, each) for use in KeyUse for each in lives[use]}
    firsts = [each for use in KeyUse for each in lives[use][:1]]
    others = [each for use in KeyUse for each in lives[use][1:]]
    return _Ring(
        stamp,
        {each.use: each.kid for each in firsts},
        private,
        [
            VerificationKey(each.kid, each.use, PublicKey.of(private[each.kid].public_key()))
            for each in (*firsts, *others)
        ],
    )


def _stamp(folder: Path) -> tuple[int, int]:
    """Tell one index file from the next: each is a new file."""
    try:
        status = (folder / keyring.INDEX).stat()
    except FileNotFoundError:
        return 0, 0
    except OSError as error:
        raise DependencyDown("signer", str(error)) from error
    return status.st_mtime_ns, status.st_ino
