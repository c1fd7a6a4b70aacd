"""
The command line: names and summaries only, so that `--help` loads nothing else.

A command's module is imported when it is the one that was typed (or completed).
"""

import sys
from collections.abc import Mapping
from importlib import import_module
from io import TextIOWrapper
from typing import Any

import typer
from typer.core import TyperGroup

COMMANDS: Mapping[str, tuple[str, str]] = {
    "demo": ("demo", "Run the whole bank on this machine, or place one call and show it (--once)."),
    "serve": ("serve", "Serve the API and the web pages until interrupted."),
    "simulate": (
        "simulate",
        "Run one simulator: idp, apns, fcm, connect, eventbridge, webhook or dynamics.",
    ),
    "import": ("import_bank", "Import customers, agents, numbers and reasons from CSV files."),
    "keys": ("keys", "Create, rotate, retire, publish or list the bank's signing keys."),
    "verify": ("verify", "Judge a PASSporT from a file or standard input."),
    "reconcile": ("reconcile", "Hold contact records against the ledger; report what it lacks."),
    "check": ("check", "Show the effective settings and ask each dependency if it is well."),
    "audit": ("audit", "Look for ways round verified calling in the Connect instance; for CI."),
}
"""Module (of ringproof.commands) and summary of each command, in the order of the help page."""


class Commands(TyperGroup):
    """Commands that are known by their summary until one of them is wanted."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Put the real command in the place of its summary, then go on as usual."""
        if args and args[0] in COMMANDS:
            module = import_module(f"ringproof.commands.{COMMANDS[args[0]][0]}")
            self.add_command(typer.main.get_command(module.app), args[0])
        return super().resolve_command(ctx, args)


app = typer.Typer(
    name="ringproof",
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,  # locals may hold keys and tokens
)


@app.callback()
def ringproof() -> None:
    """When your bank calls, your phone can prove it."""


def _summarised() -> None:
    """Never runs: `Commands` replaces it before it could."""


for _name, (_, _summary) in COMMANDS.items():
    app.command(_name, help=_summary)(_summarised)


def main() -> None:
    """Run the command that was typed; what the terminal has no character for, it shows as `?`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    app(prog_name="ringproof")
