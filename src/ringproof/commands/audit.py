"""
Look for every way round in the Connect instance's configuration; nothing is changed.

Ends with 0 if nothing of --fail-on or worse was found, with 1 if something was, and with 2 if not
everything could be read. docs/audit.md explains each finding, and what an audit cannot see.
"""

import asyncio
from enum import StrEnum
from typing import Annotated

import typer

from ringproof.commands.audit_expected import expected, placeholders
from ringproof.commands.audit_record import recorded
from ringproof.commands.audit_screen import as_json, reading, table
from ringproof.commands.config import configured, unusable
from ringproof.commands.screen import err, fail, out, run
from ringproof.core.audit import Code, Expectation, Finding, Severity, clean
from ringproof.core.errors import DependencyDown
from ringproof.ports import Configuration
from ringproof.settings import BadSettings, Settings
from ringproof.usecases.audit_instance import audit_instance
from ringproof.wiring.connect import configuration_of

app = typer.Typer(add_completion=False)

_FINDINGS, _UNREAD = 1, 2


class FailOn(StrEnum):
    """The severities, as they are typed."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


@app.command(help=__doc__)
def audit(
    *,
    endpoint_url: Annotated[
        str | None, typer.Option(help="Where all of AWS is, such as a simulator.")
    ] = None,
    fill: Annotated[
        list[str] | None,
        typer.Option(help="A placeholder of the shipped flows, NAME=VALUE, as they were deployed."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
    fail_on: Annotated[FailOn, typer.Option(help="Least severity that fails.")] = FailOn.HIGH,
    rate: Annotated[
        float, typer.Option(min=0.1, help="Calls a second of each operation; Connect's quota is 2.")
    ] = 2.0,
    record: Annotated[
        bool, typer.Option("--record", help="Record whether the dial paths are covered.")
    ] = False,
) -> None:
    """Read, judge, show, and end with what was found."""
    settings = configured()
    wanted, configuration = _prepared(settings, endpoint_url, fill or [], rate)
    with reading() as told:
        found = run(audit_instance(configuration, wanted, told))
    _show(found, json=json)
    if record:
        _record(settings, found)
    if any(each.code is Code.UNREAD for each in found):
        raise typer.Exit(_UNREAD)
    if any(each.severity >= Severity[fail_on.name] for each in found):
        raise typer.Exit(_FINDINGS)


def _prepared(
    settings: Settings, url: str | None, fill: list[str], rate: float
) -> tuple[Expectation, Configuration]:
    try:
        return expected(settings, placeholders(fill)), configuration_of(settings, url, rate)
    except BadSettings as bad:
        unusable(bad)


def _show(found: tuple[Finding, ...], *, json: bool) -> None:
    if json:
        typer.echo(as_json(found, clean=clean(found)))
    elif found:
        out.print(table(found))
    else:
        out.print("[green]✓[/] Nothing was found: every way to dial that can be read is guarded.")


def _record(settings: Settings, found: tuple[Finding, ...]) -> None:
    """Say on standard error what was recorded, so that standard output stays JSON."""
    try:
        covered = asyncio.run(recorded(settings, found))
    except DependencyDown as down:
        fail(f"The result was not recorded. {down.detail}", _UNREAD)
    err.print(f"Recorded: the dial paths are {'' if covered else 'not '}covered.")
