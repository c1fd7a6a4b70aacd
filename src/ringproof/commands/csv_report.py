"""What is wrong with an import, row by row, for the person who will mend the file."""

from rich.table import Table

from ringproof.commands.csv_rows import Fault
from ringproof.commands.csv_table import Findings
from ringproof.core.phone import masked

_NUMBERS = "phones"


def report(findings: Findings) -> Table:
    """Lay the findings out; customers' numbers are masked, because terminals are logged."""
    table = Table(title=_title(findings), title_justify="left", title_style="bold")
    table.add_column("file", no_wrap=True)
    table.add_column("line", justify="right", no_wrap=True)
    table.add_column("column")
    table.add_column("found", overflow="fold")
    table.add_column("allowed", overflow="fold")
    for fault in findings.faults:
        table.add_row(
            fault.file, str(fault.line), fault.column or "—", _shown(fault), fault.allowed
        )
    return table


def _title(findings: Findings) -> str:
    shown = len(findings.faults)
    what = f"{findings.count} thing{'s' if findings.count != 1 else ''} to mend"
    return what if shown == findings.count else f"{what}; the first {shown}"


def _shown(fault: Fault) -> str:
    if not fault.found:
        return "nothing"
    return masked(fault.found) if fault.column == _NUMBERS else fault.found
