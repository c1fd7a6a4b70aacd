"""The bank that the browser tests drive: `ringproof demo` in a process of its own, as a user starts it."""

import asyncio
import contextlib
import random
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyreqwest.client import Client, ClientBuilder

from ringproof.commands.demo_state import DemoState
from ringproof.commands.local_ports import HOST, LocalPorts
from ringproof.commands.wire import ask
from ringproof.core.call import DialMode
from tests.e2e.people import ROOT, bank_with_customers

PATIENCE = 60
BASES = range(12_000, 32_000, 10)


@dataclass(frozen=True)
class Bank:
    """A running demonstration: where its parts are, and the folder with its keys and logs."""

    ports: LocalPorts
    state: DemoState
    mode: DialMode
    client: Client

    @property
    def api(self) -> str:
        return f"http://{HOST}:{self.ports.serve}"

    @property
    def connect(self) -> str:
        return f"http://{HOST}:{self.ports.connect}"

    async def ask(self, method: str, url: str, body: Any = None, bearer: str | None = None) -> Any:
        return await ask(self.client, method, url, json_body=body, bearer=bearer)

    async def mint(self, issuer: str, subject: str, client_id: str, **claims: Any) -> str:
        """Get an access token from the identity provider, with any claim replaced."""
        url = f"http://{HOST}:{self.ports.idp}/sim/token"
        wish = {"issuer": issuer, "subject": subject, "clientId": client_id, "claims": claims}
        return str((await self.ask("POST", url, wish))["access_token"])


@contextlib.asynccontextmanager
async def open_bank(folder: Path, mode: DialMode, *more: str) -> AsyncIterator[Bank]:
    """Run the demonstration for the block; what it says goes to a file in *folder*.

    Agents dial with the simulated browser dial, unless *more* options say otherwise.
    """
    ports, log = _free_ports(), folder / "demo.log"
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "ringproof", "demo", "--with-parent",
            f"--port-base={ports.serve}", f"--state={folder}", f"--mode={mode}",
            f"--bank={bank_with_customers(folder)}", *(more or ("--no-ccp",)),
            stdin=PIPE, stdout=PIPE, stderr=output, cwd=ROOT,
        )  # fmt: skip
    try:
        assert await _opens(process), f"the demonstration did not start:\n{log.read_text()}"
        async with ClientBuilder().build() as client:
            yield Bank(ports, DemoState(folder), mode, client)
    finally:
        await _ended(process)


async def _opens(process: Process) -> bool:
    """Wait for the last line of its welcome; False if it ends without one."""
    assert process.stdout
    async with asyncio.timeout(PATIENCE):
        async for line in process.stdout:
            if b"Ctrl-C ends everything" in line:
                return True
    return False


async def _ended(process: Process) -> None:
    if process.returncode is None:
        process.send_signal(signal.SIGINT)
    try:
        async with asyncio.timeout(PATIENCE):
            await process.communicate()
    except TimeoutError:
        process.kill()
        await process.communicate()


def _free_ports() -> LocalPorts:
    """Choose free ports in a row, where no system takes the ports of outgoing connections from."""
    while True:
        ports = LocalPorts.from_base(random.choice(BASES))
        if not ports.taken():
            return ports
