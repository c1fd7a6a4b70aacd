"""Ten thousand attempts to reach a customer unannounced, by every path, in bad weather."""

from rich.table import Table

from bench.measure import console
from tests.adversary.paths import GATED, STOLEN, UNGATED
from tests.adversary.run import GENUINE, Report, attack

_COLUMNS = ("tried", "taken by Connect", "rang", "rang unannounced", "not found", "genuine blocked")


async def run(attempts: int, seed: int) -> None:
    """Print what rang and what was found: with the gate, without it, and with its Lambdas down."""
    for title, share, switches in (
        ("Behind the gate", 1.0, {}),
        ("The same run without the gate", 0.1, {"gated": False}),
        ("The gate's functions down", 0.1, {"outage": True}),
    ):
        report = await attack(seed, int(attempts * share), **switches)
        console.print(_shown(f"{title} (seed {seed}, {report.attacks:,} attacks)", report))
        console.print(f"faults: {dict(report.faults)}\n")


def _shown(title: str, report: Report) -> Table:
    shown = Table(title=title, title_justify="left", box=None, pad_edge=False)
    shown.add_column("path")
    for column in _COLUMNS:
        shown.add_column(column, justify="right")
    for path in (*GATED, *STOLEN, *UNGATED, GENUINE):
        tally = report.paths.get(path)
        if tally:
            counts = (
                tally.tried, tally.taken, tally.rang, tally.unauthorised, tally.undetected,
                tally.blocked,
            )  # fmt: skip
            shown.add_row(path, *(f"{each:,}" for each in counts))
    return shown
