"""
Hold contact records against the ledger, and report what a period lacks.

Files are contact records as Kinesis Data Firehose leaves them in S3 (JSON, perhaps .gz). What was taken
before changes nothing, so a file may be given again. While `ringproof serve` runs the ledger is its
own: stop it, or use POST /connect/records and GET /gaps.

Ends with 0 only if every outbound contact of the period is a call, a manual contact or a violation that
somebody has acknowledged, and every dialed call has its contact.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from ringproof import logs
from ringproof.commands.config import configured
from ringproof.commands.records_file import RecordsFile
from ringproof.commands.screen import err, out, plainly, run
from ringproof.core.contact_record import ContactRecord, read_record
from ringproof.core.time import SECOND, Millis
from ringproof.ports import Gaps
from ringproof.settings import Settings
from ringproof.usecases.take_record import take_all
from ringproof.wiring import open_desk

app = typer.Typer(add_completion=False)

_TIMES = ["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]


@app.command(help=__doc__)
def reconcile(
    files: Annotated[list[Path] | None, typer.Argument(exists=True, dir_okay=False)] = None,
    *,
    since: Annotated[
        datetime | None, typer.Option(formats=_TIMES, help="UTC; by default a day ago.")
    ] = None,
    until: Annotated[datetime | None, typer.Option(formats=_TIMES, help="UTC; now.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Take the files' records, then print what the ledger knows of the period."""
    now = datetime.now(UTC)
    period = (_millis(since or now - timedelta(days=1)), _millis(until or now))
    settings = configured()
    logs.configure("error", sys.stderr)  # each violation is in the ledger, and in the report
    judged, gaps = run(_reconciled(settings, files or [], period))
    if as_json:
        out.print_json(json.dumps({"taken": judged, **_plain(gaps)}))
    else:
        out.print(_table(judged, gaps))
    if gaps.open:
        raise typer.Exit(1)


async def _reconciled(
    settings: Settings, files: list[Path], period: tuple[Millis, Millis]
) -> tuple[dict[str, int], Gaps]:
    async with open_desk(settings) as desk:
        judged: Counter[str] = Counter()
        for each in files:
            judged.update(await take_all(desk, _records(each)))
        return dict(judged), await desk.ports.store.gaps(*period)


def _records(path: Path) -> Iterator[ContactRecord]:
    file = RecordsFile(path)
    with plainly(), _progress() as bar:
        task = bar.add_task(path.name, total=file.size)
        for each in file.objects():
            bar.update(task, completed=file.at)
            if isinstance(each, dict) and (record := read_record(each)):
                yield record


def _table(judged: dict[str, int], gaps: Gaps) -> Table:
    table = Table("what", "count", title="Ledger of the period", title_justify="left")
    table.columns[1].justify = "right"
    rows = {
        **{f"taken now: {name}": count for name, count in sorted(judged.items())},
        **{f"contacts: {name}": count for name, count in sorted(gaps.standings.items())},
        "contacts without a record yet": gaps.unrecorded,
        "calls dialed": gaps.dialed,
        "calls dialed without a contact": gaps.without_contact,
        "violations that nobody has acknowledged": gaps.violations_open,
    }
    for name, count in rows.items():
        table.add_row(name, f"{count:,}")
    return table


def _plain(gaps: Gaps) -> dict[str, object]:
    return {**asdict(gaps), "standings": {str(k): v for k, v in gaps.standings.items()}}


def _millis(moment: datetime) -> Millis:
    at = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return int(at.timestamp() * SECOND)


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn(),
        console=err, transient=True, disable=not err.is_terminal,
    )  # fmt: skip
