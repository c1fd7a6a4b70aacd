"""
Serve the API and the web pages until interrupted.

SIGINT or SIGTERM ends it: no new requests, long polls answered, and what was announced finished.
"""

import asyncio
import signal
import sys

import typer
import uvloop

from ringproof import logs
from ringproof.commands.config import configured, unusable
from ringproof.commands.lifetime import WithParent, told_to_end
from ringproof.commands.local_ports import listening_on
from ringproof.commands.screen import out, plainly
from ringproof.settings import BadSettings, Settings
from ringproof.wiring import house

app = typer.Typer(add_completion=False)

_SWITCH_SECONDS = 0.0005


@app.command(help=__doc__)
def serve(*, with_parent: WithParent = False) -> None:
    """Run the server; everything about it is a setting (docs/settings.md)."""
    settings = configured()
    logs.configure(settings.log_level)
    # The store's thread and the dialer's threads give the interpreter back to the event loop only
    # after this long: with Python's 5 ms a call waits a quarter longer (bench/calls.py).
    sys.setswitchinterval(_SWITCH_SECONDS)
    try:
        with plainly(), listening_on(f"{settings.host}:{settings.port}"):
            uvloop.run(_served(settings, with_parent=with_parent))
    except BadSettings as bad:
        unusable(bad)


async def _served(settings: Settings, *, with_parent: bool) -> None:
    # uvicorn raises the signal once more when it is done, while ours has still to drain: hold it.
    with told_to_end(with_parent=with_parent) as told:
        passing_on = asyncio.create_task(_pass_on(told))
        await house.serve(settings, ready=_announce)
        passing_on.cancel()


async def _pass_on(told: asyncio.Event) -> None:
    """Tell uvicorn, too, when the parent is gone; a second SIGTERM does nothing more."""
    await told.wait()
    signal.raise_signal(signal.SIGTERM)


def _announce(url: str) -> None:
    out.print(f"Serving {url}: /agent/ and /handset/. Ctrl-C ends it.", soft_wrap=True)
