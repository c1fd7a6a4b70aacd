"""
The bank's keys as files: a PEM for each, 0600, and `keys.json`, which says what each is for.

`create` publishes a key; the first of its use signs at once, a second waits, so that phones can learn
it. `rotate` lets the waiting one sign, and the former stays published until `retire`. At most two of
one use are live at a time.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from ringproof.core.errors import Code, DependencyDown, Refused
from ringproof.core.keys import PublicKey
from ringproof.core.time import Millis, rfc3339
from ringproof.ports import KeyUse

INDEX = "keys.json"
_MOST_LIVE = 2
_OTHERS = 0o077
_CURVE = ec.SECP256R1()


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """What is known of a key; times are RFC 3339. It signs from *signing* on, until another does."""

    kid: str
    use: KeyUse
    created: str
    signing: str | None = None
    retired: str | None = None

    @property
    def file(self) -> str:
        """The name of its PEM."""
        return f"{self.use}-{self.kid}.pem"


def records(folder: Path) -> list[KeyRecord]:
    """Read the index: the last of a use that has signed signs now. Empty if there are no keys yet."""
    try:
        return _decode((folder / INDEX).read_bytes())
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as error:
        raise DependencyDown("signer", f"{folder / INDEX}: {error}") from error


def live(known: Sequence[KeyRecord], use: KeyUse) -> list[KeyRecord]:
    """Return the published keys of a use: the signing one first, then the others, the newest first."""
    # By place, not by time: a clock that was set back must not bring a former key back.
    published = [each for each in reversed(known) if each.use is use and each.retired is None]
    return sorted(published, key=lambda each: each.signing is None)


def create(folder: Path, use: KeyUse, now: Millis) -> KeyRecord:
    """Make a key and publish it; it signs at once if it is the only one. Refused if two are live."""
    known = records(folder)
    others = live(known, use)
    if len(others) >= _MOST_LIVE:
        raise _refused(f"Two {use} keys are live. Retire one first.")
    key = ec.generate_private_key(_CURVE)
    at = rfc3339(now)
    kid = PublicKey.of(key.public_key()).thumbprint()
    record = KeyRecord(kid, use, at, signing=None if others else at)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    _write(folder / record.file, pem)
    _save(folder, [*known, record])
    return record


def rotate(folder: Path, use: KeyUse, now: Millis) -> KeyRecord:
    """
    Let the waiting key sign, or a new one if none waits; the former stays published.

    A phone that has not yet learnt the key shows the generic text, so let it wait first if you can.
    """
    if not any(each.signing is None for each in live(records(folder), use)):
        create(folder, use, now)
    waiting = next((each for each in live(records(folder), use) if each.signing is None), None)
    if waiting is None:  # it was the first of its use, and signs already
        return live(records(folder), use)[0]
    others = [each for each in records(folder) if each.kid != waiting.kid]
    signing = replace(waiting, signing=rfc3339(now))
    _save(folder, [*others, signing])
    return signing


def retire(folder: Path, kid: str, now: Millis) -> KeyRecord:
    """Publish a key no longer. Refused for the one that signs: rotate first."""
    known = records(folder)
    found = next((each for each in known if each.kid == kid and each.retired is None), None)
    if found is None:
        raise _refused("There is no live key with this id.")
    if live(known, found.use)[0] is found:
        raise _refused("This key signs. Rotate first, then retire it.")
    retired = replace(found, retired=rfc3339(now))
    _save(folder, [retired if each is found else each for each in known])
    return retired


def load(folder: Path, record: KeyRecord) -> ec.EllipticCurvePrivateKey:
    """Read a private key; DependencyDown if others than its owner may, or if it is not the one it says."""
    path = folder / record.file
    try:
        if path.stat().st_mode & _OTHERS:
            raise DependencyDown("signer", f"{path} is open to other users. Run: chmod 600 {path}")
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError) as error:
        raise DependencyDown("signer", f"{path}: {error}") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.curve.name != _CURVE.name:
        raise DependencyDown("signer", f"{path} is not a P-256 key.")
    if PublicKey.of(key.public_key()).thumbprint() != record.kid:
        raise DependencyDown("signer", f"{path} is not the key that {INDEX} names.")
    return key


def _save(folder: Path, known: Sequence[KeyRecord]) -> None:
    text = msgspec.json.format(msgspec.json.encode(known), indent=2)
    fresh = folder / f"{INDEX}.new"
    fresh.unlink(missing_ok=True)
    _write(fresh, text + b"\n")
    fresh.replace(folder / INDEX)  # whoever reads sees the old one or the new one


def _write(path: Path, content: bytes) -> None:
    made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(made, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _refused(detail: str) -> Refused:
    return Refused(Code.INVALID_REQUEST, detail)


_decode = msgspec.json.Decoder(list[KeyRecord]).decode
