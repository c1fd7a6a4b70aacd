"""Agents' photos: small pictures, kept and named by their SHA-256."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from ringproof.core.cells import LARGEST_PHOTO

LARGEST = LARGEST_PHOTO

_ALLOWED = "a PNG, JPEG or WebP file of at most 20 KB"


def is_picture(raw: bytes) -> bool:
    """Tell a PNG, JPEG or WebP by its first bytes (WHATWG MIME Sniffing, 6.1)."""
    webp = raw[:4] == b"RIFF" and raw[8:14] == b"WEBPVP"
    return webp or raw.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"))


@dataclass(frozen=True, slots=True)
class Album:
    """The pictures beside a CSV file; those that were asked for, by their hash in hex."""

    folder: Path
    pictures: dict[str, bytes] = field(default_factory=dict)

    def keep(self, path: str) -> str:
        """Read the picture at *path* and return its hash; ValueError says what is allowed."""
        raw = self._read(path)
        if not 0 < len(raw) <= LARGEST or not is_picture(raw):
            raise ValueError(_ALLOWED)
        sha256 = hashlib.sha256(raw).hexdigest()
        self.pictures[sha256] = raw
        return sha256

    def _read(self, path: str) -> bytes:
        inside = self.folder.resolve()
        wanted = (inside / path).resolve()
        if not wanted.is_relative_to(inside):
            raise ValueError("a path beside the CSV file")
        try:
            with wanted.open("rb") as file:
                return file.read(LARGEST + 1)
        except OSError as error:
            raise ValueError(_ALLOWED + "; this one cannot be read") from error
