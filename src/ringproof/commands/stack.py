"""A whole bank on one machine: four simulators and the server, with the sample bank in it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pyreqwest.client import Client, ClientBuilder

from ringproof.adapters.clock import SystemClock
from ringproof.commands.bank_folder import read_folder
from ringproof.commands.children import Child, child, well
from ringproof.commands.demo_state import DemoState
from ringproof.commands.local_ports import HOST, LocalPorts
from ringproof.commands.spool import Spool
from ringproof.core.call import DialMode
from ringproof.core.errors import Code, Refused
from ringproof.core.people import BankNumber, Customer
from ringproof.settings import Settings
from ringproof.wiring.store import open_store

News = Callable[[str], object]
"""Called with the name of each part as it becomes well."""


@dataclass(frozen=True, slots=True)
class Part:
    """One child: its name, its arguments, and the port that says whether it is well."""

    name: str
    args: Sequence[str]
    health: int


@dataclass(frozen=True, slots=True)
class Stack:
    """A running bank: where its parts are, the settings they share, and its processes by name."""

    ports: LocalPorts
    environment: Mapping[str, str]
    client: Client
    logs: Path
    children: dict[str, Child] = field(default_factory=dict)

    @property
    def api(self) -> str:
        """The server's URL."""
        return f"http://{HOST}:{self.ports.serve}"

    @property
    def idp(self) -> str:
        """The identity provider's."""
        return f"http://{HOST}:{self.ports.idp}"

    @property
    def connect(self) -> str:
        """Amazon Connect's."""
        return f"http://{HOST}:{self.ports.connect}"


@asynccontextmanager
async def running(
    state: DemoState,
    bank: Path,
    ports: LocalPorts,
    mode: DialMode,
    news: News = lambda _: None,
    *,
    ccp: bool = False,
) -> AsyncIterator[Stack]:
    """Run everything until the block ends; DependencyDown with its last words if a part does not start."""
    state.prepare(ports)
    environment = state.environment(ports, mode, ccp=ccp)
    numbers = await _filled(Settings.read(environment), bank)
    async with AsyncExitStack() as held:
        # Everything is on this machine, where a proxy cannot go.
        client = await held.enter_async_context(ClientBuilder().no_proxy().build())
        stack = Stack(ports, environment, client, state.logs)
        # The server ends first: what it announced still needs the others.
        for parts in (
            _simulators(state, bank, ports, numbers),
            (Part("serve", ("serve",), ports.serve),),
        ):
            await _started(stack, held, parts, news)
        yield stack


async def _started(stack: Stack, held: AsyncExitStack, parts: Sequence[Part], news: News) -> None:
    """Start *parts* together and wait until all are well."""
    for part in parts:
        stack.children[part.name] = await held.enter_async_context(
            child(part.name, part.args, stack.environment, stack.logs, _health(part))
        )
    new = [stack.children[part.name] for part in parts]
    try:
        async with asyncio.TaskGroup() as looking:
            for each in new:
                looking.create_task(_well(each, stack.client, news))
    except ExceptionGroup as several:
        raise several.exceptions[0] from None


async def _well(each: Child, client: Client, news: News) -> None:
    await well(each, client)
    news(each.name)


def _health(part: Part) -> str:
    return f"http://{HOST}:{part.health}/healthz"


def _simulators(
    state: DemoState, bank: Path, ports: LocalPorts, numbers: Sequence[BankNumber]
) -> Sequence[Part]:
    claimed = [f"--number={each.phone}" for each in numbers]
    at = "--port={}".format
    return (
        Part(
            "idp",
            ("simulate", "idp", at(ports.idp), f"--people={bank / 'people.json'}",
             f"--keys={state.idp_keys}"),
            ports.idp,
        ),
        Part(
            "apns",
            ("simulate", "apns", at(ports.apns), f"--device-port={ports.apns_device}",
             f"--tls={state.tls}"),
            ports.apns_device,
        ),
        Part("fcm", ("simulate", "fcm", at(ports.fcm)), ports.fcm),
        Part("connect", ("simulate", "connect", at(ports.connect), *claimed), ports.connect),
    )  # fmt: skip


async def _filled(settings: Settings, bank: Path) -> Sequence[BankNumber]:
    """
    Import the bank, vouch for the dial paths, and return the bank's numbers.

    The simulated Connect has one queue for agents to dial from, and that is behind the gate.
    """
    with Spool(Customer) as customers:
        reading = read_folder(bank, customers, lambda *_: None)
        if reading.findings.count:
            raise Refused(Code.INVALID_REQUEST, f"{bank} is not in order. Run: ringproof import")
        async with open_store(settings) as store:
            await store.import_bank(reading.bank)
            await store.set_covered(covered=True, by="demo", now=SystemClock().now())
    return reading.bank.numbers
