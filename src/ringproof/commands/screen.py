"""How every command speaks: results on standard output, everything else on standard error."""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn, TypeVar

import typer
from rich.console import Console
from rich.markup import escape

from ringproof.core.errors import DependencyDown, Refused

_T = TypeVar("_T")

out = Console(highlight=False, emoji=False)
err = Console(stderr=True, highlight=False, emoji=False)


def fail(sentence: str, code: int = 1) -> NoReturn:
    """Say what is wrong and what to do, and end with *code*."""
    err.print(f"[bold red]✗[/] {escape(sentence)}")
    raise typer.Exit(code)


@contextmanager
def plainly() -> Iterator[None]:
    """End the command with a sentence where something is declined, or down."""
    try:
        yield
    except Refused as refused:
        fail(refused.detail or f"Declined: {refused.code}.")
    except DependencyDown as down:
        fail(f"The {down.what} does not answer: {down.detail or 'no reason given'}")


def run(work: Coroutine[Any, Any, _T]) -> _T:
    """Run *work* to its end, `plainly`."""
    with plainly():
        return asyncio.run(work)
