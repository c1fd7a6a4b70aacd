"""docs/errors.md, read, and what the code says in the same form."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ringproof.api.problems import PROBLEMS
from ringproof.api.sentences import SENTENCES
from ringproof.core.errors import Code
from tests.faults.rig import Told

PAGE = Path("docs/errors.md")
FAULTS = "| fault | state | sentence | problem code (HTTP) |"
CODES = "| code | status | title | sentence |"
NOTHING = "—"

Row = tuple[str, ...]


def rows(head: str) -> Iterator[Row]:
    """Read the rows of every table with this head."""
    inside = False
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        inside = line == head or (inside and line.startswith("|"))
        if inside and line != head and not line.startswith("|---"):
            yield tuple(cell.strip() for cell in line.strip("|").split(" | "))


def fault_rows() -> Mapping[str, Row]:
    """Read what the page says of each fault, by its name."""
    found = list(rows(FAULTS))
    named = {name: tuple(cells) for name, *cells in found}
    assert len(named) == len(found), "a fault has two rows"
    return named


def code_rows() -> list[Row]:
    """Write the table of codes."""
    return [
        (f"`{code}`", str(PROBLEMS[code][0]), PROBLEMS[code][1], SENTENCES[code]) for code in Code
    ]


def row_of(told: Told) -> Row:
    """
    Write what an agent was told as a row.

    Where the end differs from the answer, a cell has both, one below the other.
    """
    state, sentence, code = _answer(told)
    answered = (state, sentence, f"{code} ({told.first.status})")
    if told.last is None:
        return answered
    end = _call(told.last)
    before = (state, sentence, code)
    return tuple(
        first if was == then else f"{first}<br>{then}"
        for first, was, then in zip(answered, before, end, strict=True)
    )


def _answer(told: Told) -> Row:
    body = told.first.json
    if told.first.status >= 400:
        return NOTHING, body["detail"], f"`{told.first.code}`"
    return _call(body)


def _call(call: Mapping[str, Any]) -> Row:
    state = f"`{call['state']}`" + (f" {call['outcome']}" if call["outcome"] else "")
    code = f"`{call['code']}`" if call["code"] else NOTHING
    return state, call["detail"] or NOTHING, code
