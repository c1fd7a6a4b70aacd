"""Run a command as its user does, within this process."""

from typer.testing import CliRunner, Result

from ringproof.cli import app


def ringproof(*args: str, stdin: str | None = None, **env: str) -> Result:
    return CliRunner().invoke(app, args, input=stdin, env={"COLUMNS": "200", **env})
