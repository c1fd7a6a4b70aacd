"""CSV as spreadsheets write it: rows that know their line, cells that know what is allowed in them."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar, cast

_T = TypeVar("_T")
_LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in one place; *allowed* says what would be right there."""

    file: str
    line: int
    column: str
    found: str
    allowed: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file, and the line on which it begins."""

    file: str
    line: int
    cells: Sequence[str]


@dataclass(slots=True)
class Cells:
    """
    One row, read cell by cell; whatever is wrong gathers in `faults`.

    A value that was read with a fault is worthless, and so is what is made of it: look at `faults`
    before using either.
    """

    row: Row
    columns: Sequence[str]
    faults: list[Fault] = field(default_factory=list)

    def read(self, column: str, parse: Callable[[str], _T]) -> _T:
        """Parse one cell; *parse* raises ValueError with what is allowed."""
        return self._parsed(column, self._cell(column), parse)

    def each(self, column: str, parse: Callable[[str], _T]) -> tuple[_T, ...]:
        """Parse a list whose items are separated by semicolons; empty items do not count."""
        items = [item.strip() for item in self._cell(column).split(";")]
        return tuple(self._parsed(column, item, parse) for item in items if item)

    def complain(self, column: str, found: str, allowed: str) -> None:
        """Note that something is wrong with a cell."""
        shown = found if len(found) <= _LONGEST_SHOWN else found[: _LONGEST_SHOWN - 1] + "…"
        self.faults.append(Fault(self.row.file, self.row.line, column, shown, allowed))

    def _cell(self, column: str) -> str:
        return self.row.cells[self.columns.index(column)].strip()

    def _parsed(self, column: str, text: str, parse: Callable[[str], _T]) -> _T:
        try:
            return parse(text)
        except ValueError as error:
            self.complain(column, text, str(error))
            return cast("_T", None)


def read_rows(file: str, lines: Iterable[str], columns: Sequence[str]) -> Iterator[Row | Fault]:
    """
    Read a file's rows lazily, in the order of *columns*; the header may have them in any order.

    A file with a wrong header yields that one fault. Blank lines are skipped.
    """
    reader = csv.reader(lines, strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        if fault := _header_fault(file, header, columns):
            yield fault
            return
        order = [header.index(name) for name in columns]
        yield from _body(file, reader, order)
    except csv.Error as error:
        yield Fault(file, reader.line_num, "", str(error), "well-formed CSV (RFC 4180)")
    except UnicodeDecodeError:
        yield Fault(file, reader.line_num + 1, "", "other bytes", "text in UTF-8")


def _body(file: str, reader: Iterator[list[str]], order: Sequence[int]) -> Iterator[Row | Fault]:
    line = _line(reader) + 1
    for cells in reader:
        if len(cells) == len(order):
            yield Row(file, line, [cells[index] for index in order])
        elif cells:
            yield Fault(file, line, "", f"{len(cells)} cells", f"{len(order)} cells")
        line = _line(reader) + 1


def _line(reader: Iterator[list[str]]) -> int:
    # A quoted cell may hold line breaks: count the file's lines, not the rows.
    return cast("int", reader.line_num)  # type: ignore[attr-defined]


def _header_fault(file: str, header: Sequence[str], columns: Sequence[str]) -> Fault | None:
    if sorted(header) == sorted(columns):
        return None
    return Fault(file, 1, "", ",".join(header) or "nothing", "the header " + ",".join(columns))
