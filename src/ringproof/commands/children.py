"""Other commands of ringproof as child processes: started, awaited until they are well, and ended."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from pyreqwest.client import Client
from pyreqwest.exceptions import RequestError

from ringproof.core.errors import DependencyDown
from ringproof.settings import PREFIX

_OK = 200
_BETWEEN_LOOKS = 0.02
"""Seconds. A child says nothing when it is up: it is asked."""
_PATIENCE = 30
"""Seconds. A child that is not up, or not down, by then never will be."""
_LINES_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Child:
    """A running `ringproof` command; *health* is where it says that it is well."""

    name: str
    process: asyncio.subprocess.Process
    log: Path
    health: str

    def last_words(self) -> str:
        """Return the end of what it wrote."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-_LINES_SHOWN:])


@asynccontextmanager
async def child(
    name: str, args: Sequence[str], env: Mapping[str, str], logs: Path, health: str
) -> AsyncIterator[Child]:
    """
    Run `ringproof *args --with-parent` for the block; its output goes to a file in *logs*.

    Of our own environment it gets all but the settings: those it shares with us are in *env*.

    It has a process group of its own, so that Ctrl-C reaches us alone and we choose who ends when;
    and it ends by itself when we do, even by SIGKILL, because its standard input then ends.
    """
    log = logs / f"{name}.log"
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "ringproof", *args, "--with-parent",
            stdin=asyncio.subprocess.PIPE, stdout=output, stderr=output,
            env={**_inherited(), **env}, process_group=0,
        )  # fmt: skip
    try:
        yield Child(name, process, log, health)
    finally:
        await _ended(process)


def _inherited() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}


async def well(each: Child, client: Client) -> None:
    """Wait until *each* answers; DependencyDown with its last words if it ends instead."""
    try:
        async with asyncio.timeout(_PATIENCE):
            while not await _answers(client, each.health):
                if each.process.returncode is not None:
                    raise DependencyDown(each.name, f"it ended:\n{each.last_words()}")
                await asyncio.sleep(_BETWEEN_LOOKS)
    except TimeoutError as error:
        raise DependencyDown(each.name, f"it is not up yet:\n{each.last_words()}") from error


async def _answers(client: Client, url: str) -> bool:
    try:
        answer = await client.get(url).build().send()
    except RequestError:
        return False
    return answer.status == _OK


async def _ended(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.terminate()
    try:
        async with asyncio.timeout(_PATIENCE):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
    if process.stdin:
        process.stdin.close()
