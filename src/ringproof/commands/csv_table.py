"""What a table is, and reading one: what is right comes out, what is wrong gathers."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from ringproof.commands.csv_rows import Cells, Fault, Row

_T = TypeVar("_T")

Unique = tuple[str, str, str]
"""A realm within which something occurs once, the column it stands in, and the thing."""


@dataclass(frozen=True, slots=True)
class Table(Generic[_T]):
    """One file: its columns, how a row is read, and what in a row is unique."""

    file: str
    columns: tuple[str, ...]
    parse: Callable[[Cells], _T]
    unique: Callable[[_T], Iterable[Unique]]


@dataclass(slots=True)
class Findings:
    """What is wrong, in the order of reading: the first *most*, and how many there are."""

    most: int = 200
    faults: list[Fault] = field(default_factory=list)
    count: int = 0

    def add(self, faults: Iterable[Fault]) -> None:
        """Take more in."""
        for fault in faults:
            self.count += 1
            if self.count <= self.most:
                self.faults.append(fault)


def read_table(
    table: Table[_T], rows: Iterable[Row | Fault], findings: Findings
) -> Iterator[tuple[Row, _T]]:
    """Yield what is right, lazily, with its row; what is wrong goes to *findings*."""
    lines: dict[str, dict[str, int]] = {}
    for row in rows:
        if isinstance(row, Fault):
            findings.add([row])
            continue
        cells = Cells(row, table.columns)
        value = table.parse(cells)
        if not cells.faults:
            _once(cells, table.unique(value), lines)
        if not cells.faults:
            yield row, value
        findings.add(cells.faults)


def _once(cells: Cells, unique: Iterable[Unique], lines: dict[str, dict[str, int]]) -> None:
    line = cells.row.line
    for realm, column, key in unique:
        first = lines.setdefault(realm, {}).setdefault(key, line)
        if first != line:
            cells.complain(column, key, f"one that no other row has; line {first} has it")
