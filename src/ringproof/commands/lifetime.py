"""When a server should end: a signal, or the end of the process that it belongs to."""

import asyncio
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

WithParent = Annotated[
    bool, typer.Option(hidden=True, help="End when standard input does: the parent is gone.")
]

_CHUNK = 1024


@contextmanager
def told_to_end(*, with_parent: bool) -> Iterator[asyncio.Event]:
    """
    Yield an event that is set by SIGINT, by SIGTERM and, *with_parent*, by the end of standard input.

    A pipe ends with the process that holds its other end, however that dies; on every system.
    """
    loop, told = asyncio.get_running_loop(), asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, told.set)
    if with_parent:
        _watch_input(loop, told)
    try:
        yield told
    finally:
        for sign in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(sign)
        if with_parent:
            loop.remove_reader(sys.stdin.fileno())


@contextmanager
def ending_cleanly() -> Iterator[None]:
    """
    Let SIGTERM be to the block what SIGINT is: an exception, on whose way out everything is cleaned up.

    Without it, SIGTERM ends Python at once, and whatever lies in a temporary directory stays there.
    """
    before = signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _watch_input(loop: asyncio.AbstractEventLoop, told: asyncio.Event) -> None:
    try:
        loop.add_reader(sys.stdin.fileno(), _read_to_end, told)
    except PermissionError:  # no pipe: a file cannot be watched, and has no parent behind it
        told.set()


def _read_to_end(told: asyncio.Event) -> None:
    if not os.read(sys.stdin.fileno(), _CHUNK):
        asyncio.get_running_loop().remove_reader(sys.stdin.fileno())
        told.set()
