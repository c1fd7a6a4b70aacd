"""
Create, rotate, retire, publish or list the bank's signing keys.

A new key is published first and signs later, so that phones know it before they need it: `create`,
wait until the apps have asked for the keys, `rotate`, wait for the last proof to expire, `retire`.
"""

from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.table import Table

from ringproof.adapters.clock import SystemClock
from ringproof.adapters.sign import keyring
from ringproof.adapters.sign.jwks import jwks
from ringproof.adapters.sign.keyfile import KeyfileSigner
from ringproof.adapters.sign.keyring import KeyRecord
from ringproof.commands.config import configured
from ringproof.commands.screen import fail, out, plainly, run
from ringproof.core.time import Millis
from ringproof.ports import KeyUse

app = typer.Typer(add_completion=False, no_args_is_help=True, help=__doc__)

Use = Annotated[KeyUse | None, typer.Option(help="Only this kind; without it, both.")]


@app.command()
def create(*, use: Use = None) -> None:
    """Make a key; the first of its kind signs at once, a second waits for `rotate`."""
    folder = _folder()
    for each in _uses(use):
        with plainly():
            record = keyring.create(folder, each, _now())
        what = "signs" if record.signing else "is published, and waits for: ringproof keys rotate"
        out.print(f"Created the {each} key {record.kid}; it {what}.", soft_wrap=True)


@app.command()
def rotate(*, use: Use = None) -> None:
    """Let the waiting key sign, or a new one; the former stays published until it is retired."""
    folder = _folder()
    for each in _uses(use):
        with plainly():
            record = keyring.rotate(folder, each, _now())
        out.print(f"The {each} key {record.kid} signs from now on.", soft_wrap=True)


@app.command()
def retire(kid: Annotated[str, typer.Argument(help="The key's id, as `list` shows it.")]) -> None:
    """Publish a key no longer: what it signed is believed no more."""
    with plainly():
        record = keyring.retire(_folder(), kid, _now())
    out.print(f"Retired the {record.use} key {record.kid}.", soft_wrap=True)


@app.command()
def publish(
    *, to: Annotated[Path | None, typer.Option("--out", help="A file; else the screen.")] = None
) -> None:
    """Write the public keys as a JWK set (RFC 7517), as phones get it."""
    folder = _folder()
    with plainly():
        published = run(KeyfileSigner(folder).keys())
    if not published:
        fail(f"{folder} has no keys yet. Run: ringproof keys create")
    text = msgspec.json.format(msgspec.json.encode(jwks(published)), indent=2).decode()
    if to is None:
        out.print(text, soft_wrap=True, markup=False)
    else:
        with plainly():
            to.write_text(text + "\n")


@app.command("list")
def list_keys() -> None:
    """Show every key: one signs, one may wait to, a former one is still published, or retired."""
    folder = _folder()
    with plainly():
        known = keyring.records(folder)
    signing = {live[0].kid for use in KeyUse if (live := keyring.live(known, use))}
    table = Table("use", "key id", "state", "created")
    table.columns[1].no_wrap = True
    for record in known:
        table.add_row(record.use, record.kid, _state(record, signing), record.created[:10])
    out.print(table if known else f"{folder} has no keys yet. Run: ringproof keys create")


def _state(record: KeyRecord, signing: set[str]) -> str:
    if record.retired:
        return "retired"
    if record.kid in signing:
        return "signs"
    return "former" if record.signing else "waits"


def _uses(use: KeyUse | None) -> tuple[KeyUse, ...]:
    return (use,) if use else tuple(KeyUse)


def _folder() -> Path:
    return configured().signing_key


def _now() -> Millis:
    return SystemClock().now()
