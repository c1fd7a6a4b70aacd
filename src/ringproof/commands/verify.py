"""Judge a PASSporT from a file or standard input."""

import sys
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from ringproof.commands.judge import Given, Judgement, judge
from ringproof.commands.jwks import read_jwks
from ringproof.commands.screen import fail, out, plainly
from ringproof.core.errors import Refused
from ringproof.core.phone import E164, parse_number
from ringproof.core.time import SECOND, Millis, rfc3339
from ringproof.ports import KeyUse

app = typer.Typer(add_completion=False)

_LONGEST = 64 * 1024
_TIMES = ("iat", "exp")


@app.command(help=f"{__doc__} Ends with 0 only if everything that was asked is so.")
def verify(
    file: Annotated[str, typer.Argument(help="A file, or - for standard input.")] = "-",
    *,
    jwks: Annotated[Path | None, typer.Option(help="The bank's JWK set.", exists=True)] = None,
    device: Annotated[str | None, typer.Option(help="The device it must be for (dev).")] = None,
    iss: Annotated[str | None, typer.Option(help="The bank it must be from.")] = None,
    aud: Annotated[str | None, typer.Option(help="The app it must be for.")] = None,
    orig: Annotated[list[str] | None, typer.Option(help="A number of the bank.")] = None,
    dest: Annotated[list[str] | None, typer.Option(help="A number of the customer.")] = None,
    at: Annotated[str | None, typer.Option(help="When: RFC 3339 or seconds; else now.")] = None,
) -> None:
    """Print what a PASSporT says, and whether that is so."""
    try:
        with plainly():
            text = jwks.read_bytes() if jwks else None
        keys = read_jwks(text, KeyUse.PROOF) if text is not None else None
        given = Given(keys, iss, aud, device, _numbers(orig), _numbers(dest))
        judgement = judge(_token(file), given, _instant(at))
    except Refused as refused:
        fail(f"{refused.detail} ({refused.code})")
    out.print(_table(judgement))
    _say(judgement)


def _say(judgement: Judgement) -> None:
    if judgement.unchecked:
        out.print(f"Not compared with anything: {', '.join(judgement.unchecked)}.")
    if judgement.code:
        out.print(f"[bold red]✗ Not genuine[/] ({judgement.code}): {escape(judgement.detail)}")
        raise typer.Exit(1)
    so_far = ", as far as was asked" if judgement.unchecked else ""
    out.print(f"[bold green]✓ Genuine{so_far}.[/]")


def _table(judgement: Judgement) -> Table:
    table = Table("part", "name", "value")
    table.columns[2].overflow = "fold"
    for part, members in (("header", judgement.header), ("claims", judgement.claims)):
        for name, value in _flat(members):
            table.add_row(part, escape(name), escape(value))
        table.add_section()
    return table


def _flat(members: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in members.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        elif name in _TIMES and isinstance(value, int):
            yield f"{prefix}{name}", _written(value)
        else:
            shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
            yield f"{prefix}{name}", _printable(shown)


def _written(seconds: int) -> str:
    try:
        return f"{seconds}  {rfc3339(seconds * SECOND)}"
    except (ValueError, OverflowError, OSError):
        return str(seconds)


def _printable(text: str) -> str:
    # What a token says may have been written by anybody, terminal escapes included.
    return "".join(char if char.isprintable() else "�" for char in text)


def _token(file: str) -> str:
    try:
        raw = sys.stdin.buffer.read(_LONGEST) if file == "-" else Path(file).read_bytes()[:_LONGEST]
        return raw.decode("ascii").removesuffix("\n").removesuffix("\r")
    except (OSError, UnicodeDecodeError) as error:
        fail(f"Cannot read a token from {file}: {error}.")


def _numbers(written: list[str] | None) -> tuple[E164, ...]:
    return tuple(parse_number(each) for each in written or [])


def _instant(at: str | None) -> Millis:
    if at is None:
        return int(time.time() * SECOND)
    try:
        if at.isdigit():
            return int(at) * SECOND
        moment = datetime.fromisoformat(at)
    except ValueError as error:
        raise typer.BadParameter("write 2026-11-22T10:00:00Z, or seconds since 1970") from error
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() * SECOND)
