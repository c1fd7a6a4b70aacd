"""
Show the effective settings and ask each dependency if it is well.

Secrets are hidden. Nothing is dialed, and nobody is told anything.
"""

import os
from collections.abc import Sequence

import typer
from rich.markup import escape
from rich.table import Table

from ringproof.commands.config import configured
from ringproof.commands.health import Health, ask_all
from ringproof.commands.screen import out, run
from ringproof.production import objections
from ringproof.setting_kinds import SECRET
from ringproof.settings import Env, Settings, entries

app = typer.Typer(add_completion=False)

_SIGNS = {True: "[green]✓ well[/]", False: "[bold red]✗ not well[/]", None: "– not in use"}


@app.command(help=__doc__)
def check() -> None:
    """End with 0 only if everything that is in use is well."""
    settings = configured()
    out.print(_settings(settings))
    answers = run(ask_all(settings))
    answers += _objections(settings)
    out.print(_dependencies(answers))
    if any(each.well is False for each in answers):
        raise typer.Exit(1)


def _settings(settings: Settings) -> Table:
    table = Table("setting", "value", "from")
    table.columns[1].overflow = "fold"
    for _, entry in entries():
        given = os.environ.get(entry.variable)
        value = given if given is not None else entry.default_in(settings.env)
        if entry.kind is SECRET:
            value = "(hidden)" if value else ""
        origin = "default" if given is None else "environment"
        table.add_row(entry.variable, escape(value), origin)
    return table


def _dependencies(answers: Sequence[Health]) -> Table:
    table = Table("dependency", "state", "what it says")
    table.columns[2].overflow = "fold"
    for each in answers:
        table.add_row(each.what, _SIGNS[each.well], escape(each.sentence))
    return table


def _objections(settings: Settings) -> list[Health]:
    """Say what production would refuse to start with."""
    if settings.env is not Env.PRODUCTION:
        return []
    return [Health("settings", well=False, sentence=each) for each in objections(settings)]
