"""How every command speaks: results on standard output, everything else on standard error."""

import asyncio
import os
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn, TypeVar

import typer
from rich.console import Console
from rich.markup import escape

from ringproof.core.errors import DependencyDown, Refused

_T = TypeVar("_T")

_PIPED = 100
"""Columns where nobody's window says how many there are."""


def _console(*, stderr: bool) -> Console:
    console = Console(stderr=stderr, highlight=False, emoji=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = _PIPED
    return console


out, err = _console(stderr=False), _console(stderr=True)


def fail(sentence: str, code: int = 1) -> NoReturn:
    """Say what is wrong and what to do, and end with *code*."""
    err.print(f"[bold red]✗[/] {escape(sentence)}", soft_wrap=True)  # a path stays in one piece
    raise typer.Exit(code)


@contextmanager
def plainly() -> Iterator[None]:
    """End the command with a sentence where something is declined, or down, or a file is not to be had."""
    try:
        yield
    except Refused as refused:
        fail(refused.detail or f"Declined: {refused.code}.")
    except DependencyDown as down:
        fail(f"The {down.what} does not answer: {down.detail or 'no reason given'}")
    except BrokenPipeError:
        raise  # nobody reads any more: there is nobody to tell
    except OSError as error:
        fail(_of_the_system(error))


def _of_the_system(error: OSError) -> str:
    why = error.strerror or str(error) or type(error).__name__
    return f"Cannot use {error.filename}: {why}." if error.filename else f"{why}."


def run(work: Coroutine[Any, Any, _T]) -> _T:
    """Run *work* to its end, `plainly`."""
    with plainly():
        return asyncio.run(work)
