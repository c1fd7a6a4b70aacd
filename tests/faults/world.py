"""The other companies of one bank, in this process, and the environment in which ringproof meets them."""

import dataclasses
import shutil
import socket
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyreqwest.client import Client, ClientBuilder

from ringproof.commands import simulator_options as options
from ringproof.commands.demo_state import DemoState
from ringproof.commands.local_ports import HOST, LocalPorts
from ringproof.core.call import DialMode
from ringproof.settings import Settings
from ringproof.simulators.apns import ApnsSimulator
from ringproof.simulators.connect import ConnectSimulator
from ringproof.simulators.fcm import FcmSimulator
from ringproof.simulators.idp import IdpSimulator
from ringproof.simulators.idp.minting import Wish

PEOPLE = Path("examples/bank/people.json")
CONNECT_KEY = "RINGPROOF_CONNECT_KEY"
NOWHERE = LocalPorts(0, 0, 0, 0, 0, 0)
BRISK = {"post_dial_delay_ms": 0, "requests_per_second": 1000, "burst": 1000, "event_tries": 200}
"""A network without delay, and a Connect that throttles nobody until it is told to."""
SHORT = {
    "RINGPROOF_ANNOUNCE_WAIT": "2s",
    "RINGPROOF_SWEEP_EVERY": "50ms",
    "RINGPROOF_UNSETTLED_AFTER": "30s",
    "RINGPROOF_RATE_AGENT": "none",
    "RINGPROOF_RATE_ADDRESS": "none",
}


@dataclass(frozen=True)
class Trouble:
    """
    What differs from a healthy world: options of simulators, settings, and who dials.

    *tamper* changes what ringproof finds when it starts.
    """

    apns: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    connect: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    settings: Mapping[str, str] = dataclasses.field(default_factory=dict)
    mode: DialMode = DialMode.SERVER
    tamper: Callable[[Settings], object] = lambda _: None


@dataclass(frozen=True)
class World:
    """Everything around one ringproof; *environ* is what it is started with."""

    environ: Mapping[str, str]
    ports: LocalPorts
    idp: IdpSimulator
    apns: ApnsSimulator
    fcm: FcmSimulator
    connect: ConnectSimulator
    client: Client

    @property
    def settings(self) -> Settings:
        return Settings.read(self.environ)

    @property
    def api(self) -> str:
        return f"http://{HOST}:{self.ports.serve}"

    def recover(self) -> None:
        """Let every service be well again, so that what is still under way comes to its end."""
        for vendor in (self.idp, self.apns, self.fcm, self.connect):
            vendor.faults.clear()

    def staff(self, oid: str, **claims: Any) -> str:
        """An access token of a member of staff."""
        return self.idp.mint(Wish("staff", oid, claims, self.settings.staff_clients[0]))

    def customer(self, customer_id: str) -> str:
        """An access token of a customer, who has just signed in."""
        return self.idp.mint(Wish("customers", customer_id, {}, self.settings.customer_clients[0]))


def make_secrets(folder: Path) -> None:
    """Make the keys that every world of a test run shares: RSA takes its time."""
    state = DemoState(folder)
    state.prepare(NOWHERE)
    IdpSimulator(options.idp(Settings.read(_environ(state, NOWHERE, DialMode.SERVER)), 0, PEOPLE,
                             state.idp_keys))  # fmt: skip


@contextmanager
def held_port() -> Iterator[int]:
    """Keep a port to which nobody listens; a server that names it may, for it is held with reuse."""
    with socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind((HOST, 0))
        yield held.getsockname()[1]


@asynccontextmanager
async def open_world(secrets: Path, folder: Path, trouble: Trouble) -> AsyncIterator[World]:
    """Open the simulators on free ports, each with its own state."""
    shutil.copytree(secrets, folder, dirs_exist_ok=True)
    state = DemoState(folder)
    async with AsyncExitStack() as held:
        here = dataclasses.replace(NOWHERE, serve=held.enter_context(held_port()))
        environ = {**_environ(state, here, trouble.mode), **trouble.settings}
        settings = Settings.read(environ)
        idp = IdpSimulator(options.idp(settings, 0, PEOPLE, state.idp_keys))
        apns = ApnsSimulator(
            dataclasses.replace(options.apns(settings, 0, 0, state.tls), **trouble.apns)
        )
        fcm = FcmSimulator(options.fcm(settings, 0))
        instance = options.connect(settings, 0, [], ["+44"], gated=True)
        connect = ConnectSimulator(dataclasses.replace(instance, **{**BRISK, **trouble.connect}))
        await held.enter_async_context(idp.running())
        apple = await held.enter_async_context(apns.running())
        google = await held.enter_async_context(fcm.running())
        await held.enter_async_context(connect.running())
        ports = LocalPorts(
            here.serve, *map(_port, (idp.url, apple.url, apple.device_url, google.url, connect.url))
        )
        state.prepare(ports)
        environ = {
            **_environ(state, ports, trouble.mode),
            CONNECT_KEY: environ[CONNECT_KEY],
            **trouble.settings,
        }
        trouble.tamper(Settings.read(environ))
        client = await held.enter_async_context(ClientBuilder().build())
        yield World(environ, ports, idp, apns, fcm, connect, client)


def _environ(state: DemoState, ports: LocalPorts, mode: DialMode) -> dict[str, str]:
    return {**state.environment(ports, mode), **SHORT}


def _port(url: str) -> int:
    return int(url.rpartition(":")[2])
