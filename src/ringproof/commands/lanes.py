"""
A call as a picture for the terminal: time runs down, each party has a lane.

Nothing in it depends on colour, and it is never wider than WIDTH columns.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Group
from rich.text import Text

from ringproof.core.time import Millis

WIDTH = 100
LANES = ("backend", "device", "Connect", "customer")
_TIME, _LANE = 7, 16


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened in a lane; *sign* is one character."""

    at: Millis
    lane: str
    sign: str
    label: str


@dataclass(frozen=True, slots=True)
class Lead:
    """How long the customer had the proof before the ring; negative if the ring was first."""

    proof: Mark
    ring: Mark

    @property
    def millis(self) -> Millis:
        """The gap, from the verified proof to the ring."""
        return self.ring.at - self.proof.at

    @property
    def label(self) -> str:
        """What the gap says."""
        if self.millis > 0:
            return f"proof {self.millis:,} ms before ring"
        return f"ring {-self.millis:,} ms BEFORE proof"


def chart(marks: Sequence[Mark], lead: Lead | None = None) -> Group:
    """Draw *marks* in the order of time, one a line, and the lead as a bracket beside them."""
    ordered = sorted(marks, key=lambda mark: mark.at)
    begin = ordered[0].at if ordered else 0
    rows = [_row(mark, mark.at - begin) for mark in ordered]
    brackets = _brackets(ordered, lead)
    lines = [_joined(row, side, lead) for row, side in zip(rows, brackets, strict=True)]
    return Group(_header(), *lines)


def _header() -> Text:
    names = "".join(name.ljust(_LANE) for name in LANES)
    return Text("ms".rjust(_TIME - 2) + "  " + names, style="bold", no_wrap=True)


def _row(mark: Mark, after: Millis) -> str:
    cells = []
    for lane in LANES:
        text = f"{mark.sign} {mark.label}"[: _LANE - 1] if lane == mark.lane else "│"
        cells.append(text.ljust(_LANE))
    return f"{after:>{_TIME - 2},}  " + "".join(cells)


def _brackets(marks: Sequence[Mark], lead: Lead | None) -> list[str]:
    if lead is None:
        return [""] * len(marks)
    first, last = sorted((marks.index(lead.proof), marks.index(lead.ring)))
    sides = [""] * first + ["┐", *["│"] * (last - first - 1), "┘"]
    sides += [""] * (len(marks) - len(sides))
    middle = (first + last) // 2
    sides[middle] += f" {lead.label}"
    return sides


def _joined(row: str, side: str, lead: Lead | None) -> Text:
    text = Text(row, no_wrap=True)
    colour = "green" if lead and lead.millis > 0 else "red"
    return text.append(side, style=f"bold {colour}")
