"""Draw the portraits of the sample bank's agents: no photo of anybody, no library, a few KB each."""

import struct
import sys
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import hypot
from pathlib import Path

SIZE = 160
FRINGE, LIPS = 0.36, 0.57  # how far down the hair comes, and where a smile begins
FINE = 3  # sub-samples in each direction, for smooth edges

Colour = tuple[int, int, int]
Shape = tuple[Callable[[float, float], bool], Colour]


@dataclass(frozen=True)
class Look:
    """The colours and the hair of one portrait."""

    name: str
    ground: Colour
    skin: Colour
    hair: Colour
    coat: Colour
    long_hair: bool = False
    scarf: bool = False
    glasses: bool = False


LOOKS = (
    Look("ayesha", (205, 224, 236), (196, 145, 108), (38, 64, 110), (52, 78, 120), scarf=True),
    Look("daniel", (222, 231, 214), (241, 205, 177), (122, 78, 42), (70, 92, 78), glasses=True),
    Look("mei", (238, 222, 214), (236, 200, 164), (28, 26, 30), (120, 58, 70), long_hair=True),
    Look("tunde", (230, 226, 205), (104, 68, 46), (24, 20, 20), (48, 88, 92)),
    Look("sofia", (225, 219, 238), (228, 184, 150), (92, 44, 30), (86, 70, 120),
         long_hair=True, glasses=True),
)  # fmt: skip


def ellipse(x: float, y: float, rx: float, ry: float) -> Callable[[float, float], bool]:
    return lambda px, py: ((px - x) / rx) ** 2 + ((py - y) / ry) ** 2 <= 1


def ring(x: float, y: float, r: float, width: float) -> Callable[[float, float], bool]:
    return lambda px, py: abs(hypot(px - x, py - y) - r) <= width / 2


def shapes(look: Look) -> Sequence[Shape]:
    """List what is drawn, from the back to the front, in a square of side 1."""
    dark = (58, 40, 36)
    behind = [(ellipse(0.5, 0.52, 0.26, 0.36), look.hair)] if look.long_hair or look.scarf else []
    face: list[Shape] = [
        (ellipse(0.5, 1.02, 0.40, 0.30), look.coat),
        (ellipse(0.5, 0.72, 0.09, 0.14), look.hair if look.scarf else look.skin),
        (ellipse(0.5, 0.40, 0.22, 0.22), look.hair),
        (ellipse(0.5, 0.47, 0.175, 0.215), look.skin),
        (lambda x, y: ellipse(0.5, 0.38, 0.20, 0.19)(x, y) and y < FRINGE, look.hair),
        (ellipse(0.435, 0.47, 0.018, 0.022), dark),
        (ellipse(0.565, 0.47, 0.018, 0.022), dark),
        (lambda x, y: ring(0.5, 0.53, 0.075, 0.018)(x, y) and y > LIPS, (150, 70, 66)),
    ]
    glasses: list[Shape] = [
        (ring(0.435, 0.47, 0.052, 0.013), dark),
        (ring(0.565, 0.47, 0.052, 0.013), dark),
    ]
    return [*behind, *face, *(glasses if look.glasses else [])]


def pixel(look: Look, drawn: Sequence[Shape], column: int, row: int) -> bytes:
    """Average the colours of a pixel's sub-samples."""
    total = [0, 0, 0]
    for i in range(FINE * FINE):
        x = (column + (i % FINE + 0.5) / FINE) / SIZE
        y = (row + (i // FINE + 0.5) / FINE) / SIZE
        colour = next((c for inside, c in reversed(drawn) if inside(x, y)), look.ground)
        total = [a + b for a, b in zip(total, colour, strict=True)]
    return bytes(channel // (FINE * FINE) for channel in total)


def png(look: Look) -> bytes:
    """Write a portrait as an 8-bit RGB PNG (https://www.w3.org/TR/png-3/)."""
    drawn = shapes(look)
    rows = (
        b"\x00" + b"".join(pixel(look, drawn, column, row) for column in range(SIZE))
        for row in range(SIZE)
    )
    header = struct.pack(">IIBBBBB", SIZE, SIZE, 8, 2, 0, 0, 0)
    body = zlib.compress(b"".join(rows), 9)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    )


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "examples/bank/photos")
    for look in LOOKS:
        (folder / f"{look.name}.png").write_bytes(png(look))


if __name__ == "__main__":
    main()
