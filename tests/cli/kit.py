"""Run a command as its user does, within this process."""

import logging

import structlog
from typer.testing import CliRunner, Result

from ringproof.cli import app


def ringproof(*args: str, stdin: str | None = None, **env: str) -> Result:
    before = logging.root.handlers[:]
    try:
        return CliRunner().invoke(app, args, input=stdin, env={"COLUMNS": "200", **env})
    finally:
        # A command that logs does so to its own standard error, which is closed by now.
        structlog.reset_defaults()
        logging.root.handlers[:] = before
