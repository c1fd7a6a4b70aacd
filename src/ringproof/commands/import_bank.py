"""
Import customers, agents, numbers and reasons from CSV files: all of it, or nothing.

Rows with known ids are replaced, the others stay. A list in a cell is separated by semicolons.

customers.csv: customer_id, crm_ids, name, phones, time_zone, language.

agents.csv: agent_id, crm_user_id, subject (tid/oid), name, display_name, employee_id, photo (a path
beside the file), connect_user_arn.

numbers.csv: phone, display_name, inbound_only.

reasons.csv: code, language, text, minimum_assurance.
"""

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn
from rich.table import Table

from ringproof.commands.bank_folder import FILES, Reading, read_folder
from ringproof.commands.config import configured
from ringproof.commands.csv_report import report
from ringproof.commands.screen import err, fail, out, plainly, run
from ringproof.commands.spool import Spool
from ringproof.core.people import Customer
from ringproof.ports import Bank
from ringproof.settings import Settings
from ringproof.wiring.store import open_store

app = typer.Typer(add_completion=False)


@app.command(help=__doc__)
def import_bank(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False)],
    *,
    dry_run: Annotated[bool, typer.Option(help="Only say what is wrong.")] = False,
) -> None:
    """Read the folder to its end; if one cell is wrong, say so for every one, and change nothing."""
    settings = configured()
    if not any((folder / name).is_file() for name in FILES):
        fail(f"There is none of {', '.join(FILES)} in {folder}.")
    with plainly(), _progress() as bar, Spool(Customer) as customers:
        reading = _read(folder, customers, bar)
        if reading.findings.count:
            bar.stop()
            err.print(report(reading.findings))
            fail("Nothing was imported. Mend the files and import them again.")
        if not dry_run:
            run(_stored(settings, reading.bank, customers, bar))
        bar.stop()
        out.print("Nothing is wrong. Nothing was imported." if dry_run else "Imported:")
        out.print(_summary(reading))


def _read(folder: Path, customers: Spool[Customer], bar: Progress) -> Reading:
    tasks: dict[str, TaskID] = {
        name: bar.add_task(f"reading {name}", total=(folder / name).stat().st_size)
        for name in FILES
        if (folder / name).is_file()
    }
    reading = read_folder(folder, customers, lambda name, at: bar.update(tasks[name], completed=at))
    for task in bar.tasks:
        bar.update(task.id, completed=task.total)
    return reading


async def _stored(
    settings: Settings, bank: Bank, customers: Spool[Customer], bar: Progress
) -> None:
    async with open_store(settings) as store:
        task = bar.add_task("storing", total=len(customers))
        # The store takes them in its own thread; Rich's progress may be told from any.
        customers.tick = lambda: bar.advance(task)
        await store.import_bank(bank)


def _summary(reading: Reading) -> Table:
    bank = reading.bank
    table = Table("table", "rows")
    table.columns[1].justify = "right"
    for name, count in (
        ("agents", len(bank.agents)),
        ("photos", len(bank.photos)),
        ("numbers", len(bank.numbers)),
        ("reasons", len(bank.reasons)),
        ("customers", len(bank.customers)),
    ):
        absent = f"{name}.csv" in reading.missing
        table.add_row(name, "no file" if absent else f"{count:,}")
    return table


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        console=err,
        transient=True,
        disable=not err.is_terminal,
    )
