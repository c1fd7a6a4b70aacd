"""A folder of CSV files: read as a whole, and not to be used at all if one cell of it is wrong."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from ringproof.commands.csv_rows import Fault, Row, read_rows
from ringproof.commands.csv_table import Findings, Table, read_table
from ringproof.commands.csv_tables import CUSTOMERS, NUMBERS, REASONS, agents, reasons_of
from ringproof.commands.photos import Album
from ringproof.commands.spool import Spool
from ringproof.core.people import Customer
from ringproof.ports import Bank

_T = TypeVar("_T")

FILES = ("agents.csv", "numbers.csv", "reasons.csv", "customers.csv")
"""The long one last, so that a mistake in a short one is seen at once."""

Progress = Callable[[str, int], object]
"""Called with a file's name and how many bytes of it have been read so far."""

_BETWEEN_TICKS = 1_000


@dataclass(frozen=True, slots=True)
class Reading:
    """A folder as it was read; *bank* is worth something only if there are no *findings*."""

    bank: Bank
    findings: Findings
    missing: tuple[str, ...]


def read_folder(folder: Path, customers: Spool[Customer], progress: Progress) -> Reading:
    """Read every file that is there; the customers go to *customers*, the rest is kept in memory."""
    findings = Findings()

    def rows(table: Table[_T]) -> Iterator[tuple[Row, _T]]:
        return read_table(table, _rows(folder, table, progress), findings)

    album = Album(folder)
    people = [value for _, value in rows(agents(album.keep))]
    numbers = [value for _, value in rows(NUMBERS)]
    reasons = reasons_of(list(rows(REASONS)), findings)
    for _, customer in rows(CUSTOMERS):
        customers.append(customer)
    bank = Bank(customers, people, numbers, reasons, album.pictures)
    return Reading(bank, findings, tuple(name for name in FILES if not (folder / name).is_file()))


def _rows(folder: Path, table: Table[_T], progress: Progress) -> Iterator[Row | Fault]:
    path = folder / table.file
    if not path.is_file():
        return
    with path.open("rb") as file:
        lines = io.TextIOWrapper(file, "utf-8-sig", newline="")
        for index, row in enumerate(read_rows(table.file, lines, table.columns)):
            yield row
            if index % _BETWEEN_TICKS == 0:
                progress(table.file, file.tell())
