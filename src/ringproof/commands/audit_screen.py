"""How an audit is shown: a bar while it reads, then a table, or JSON for a pipeline."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Group
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.table import Table

from ringproof.commands.screen import err
from ringproof.core.audit import KINDS, Finding, Severity
from ringproof.ports import Progress as Told

_COLOURS = {
    Severity.CRITICAL: "bold red",
    Severity.HIGH: "red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "dim",
}


@contextmanager
def reading() -> Iterator[Told]:
    """Show how much is read, on a terminal only."""
    columns = (TextColumn("Reading {task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        tasks: dict[str, TaskID] = {}

        def told(what: str, done: int, of: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what)
            bar.update(tasks[what], completed=done, total=of)

        yield told


def table(found: Sequence[Finding]) -> Group:
    """Write the findings, the worst first, and then once for each kind what to do."""
    shown = Table("severity", "finding", "where, and what shows it")
    shown.columns[2].overflow = "fold"
    for each in found:
        colour = _COLOURS[each.severity]
        shown.add_row(
            f"[{colour}]{each.severity.name.lower()}[/]",
            each.code.value,
            f"{escape(each.subject)}\n[dim]{escape(each.evidence)}[/]",
        )
    return Group(shown, _remedies(found))


def as_json(found: Sequence[Finding], *, clean: bool) -> str:
    """Write the findings for a program."""
    rows = [
        {
            "code": each.code.value,
            "severity": each.severity.name.lower(),
            "subject": each.subject,
            "evidence": each.evidence,
            "remedy": each.remedy,
        }
        for each in found
    ]
    return json.dumps({"clean": clean, "findings": rows}, indent=2, ensure_ascii=False)


def _remedies(found: Sequence[Finding]) -> Table:
    remedies = Table("finding", "why it matters", "what to do")
    for code in dict.fromkeys(each.code for each in found):
        remedies.add_row(code.value, KINDS[code].why, KINDS[code].remedy)
    return remedies
