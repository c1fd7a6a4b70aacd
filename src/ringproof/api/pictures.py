"""Images, known by their first bytes and never by what somebody calls them."""

from collections.abc import Mapping

_MAGIC: Mapping[bytes, str] = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
_RIFF, _WEBP = b"RIFF", b"WEBP"


def media_type(image: bytes) -> str | None:
    """Name the type of a PNG, JPEG or WebP image; None for anything else."""
    if image[:4] == _RIFF and image[8:12] == _WEBP:
        return "image/webp"
    return next((kind for magic, kind in _MAGIC.items() if image.startswith(magic)), None)
