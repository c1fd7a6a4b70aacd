"""The world of the bench: simulators in one process, ringproof in another, phones and agents in ours."""

import dataclasses
import os
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyreqwest.client import Client, ClientBuilder

from ringproof.adapters.clock import SystemClock
from ringproof.commands.children import child, well
from ringproof.commands.demo_state import DemoState
from ringproof.commands.diary import Diary
from ringproof.commands.handset import Handset, handset
from ringproof.commands.handset_identity import Outside
from ringproof.commands.local_ports import HOST, LocalPorts
from ringproof.commands.wire import ask
from ringproof.core.call import DialMode
from ringproof.core.people import Agent, BankNumber, Customer, PushService
from ringproof.core.phone import E164
from ringproof.core.reasons import Reason
from ringproof.ports import Bank
from ringproof.settings import Settings
from ringproof.simulators.connect.options import BANK_NUMBER
from ringproof.wiring.store import open_store

_QUIET = {
    "RINGPROOF_CALLS_PER_AGENT": "0",
    "RINGPROOF_LOG_LEVEL": "error",
    "RINGPROOF_RATE_ADDRESS": "none",
    "RINGPROOF_RATE_AGENT": "none",
    "RINGPROOF_RATE_DEVICE": "none",
    "RINGPROOF_RATE_LOOK_UP": "none",
}
MOST_CUSTOMERS = 256
_TICKS = os.sysconf("SC_CLK_TCK")


def number(n: int) -> E164:
    """Return the n-th customer's number."""
    return E164(f"+447700{n:06d}")


@dataclass(frozen=True)
class World:
    """A server with so many customers, each with a phone that answers at once."""

    client: Client
    api: str
    agents: Sequence[str]
    customers: Sequence[str]
    handsets: Sequence[Handset]
    server: int
    environment: Mapping[str, str]

    def server_cpu(self) -> float:
        """Return the seconds of CPU that the server's process has spent."""
        fields = Path(f"/proc/{self.server}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def server_resident(self) -> float:
        """Return the server's memory in MiB."""
        pages = int(Path(f"/proc/{self.server}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


@asynccontextmanager
async def world(customers: int) -> AsyncIterator[World]:
    """Start everything on free ports, with the server alone on the last core."""
    async with AsyncExitStack() as held:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory()))
        state, ports = DemoState(folder), LocalPorts.free()
        state.prepare(ports)
        environment = {**state.environment(ports, DialMode.SERVER), **_QUIET}
        settings = Settings.read(environment)
        bank = _bank(customers, settings)
        async with open_store(settings) as store:
            await store.import_bank(bank)
            await store.set_covered(covered=True, by="bench", now=SystemClock().now())
        client = await held.enter_async_context(ClientBuilder().build())
        _start_simulators(held, environment, ports, state)
        health = f"http://{HOST}:{ports.serve}/healthz"
        server = await held.enter_async_context(
            child("serve", ("serve",), environment, state.logs, health)
        )
        await well(server, client)
        for process, core in ((0, 0), (server.process.pid, os.cpu_count() or 1)):
            os.sched_setaffinity(process, {max(0, core - 1)})
        made = World(
            client, f"http://{HOST}:{ports.serve}",
            [await _token(client, ports, "staff", a.subject, settings) for a in bank.agents],
            [each.id for each in bank.customers],
            await _handsets(held, client, ports, settings, bank),
            server.process.pid,
            environment,
        )  # fmt: skip
        yield made


def _bank(customers: int, settings: Settings) -> Bank:
    instance = settings.connect_queue.partition("/queue/")[0]
    return Bank(
        customers=[
            Customer(f"c{n}", (), f"Customer {n}", (number(n),), "UTC", "en")
            for n in range(customers)
        ],
        agents=[
            Agent(f"a{n}", f"crm{n}", f"{settings.staff_tenant}/o{n}", f"Agent {n}", f"Agent {n}",
                  f"E{n}", None, f"{instance}/agent/a{n}")
            for n in range(8)
        ],
        numbers=[BankNumber(E164(BANK_NUMBER), "Bench Bank")],
        reasons=[Reason("general", {"en": "About your account"})],
    )  # fmt: skip


def _start_simulators(
    held: AsyncExitStack, environment: dict[str, str], ports: LocalPorts, state: DemoState
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.simulators", *map(str, dataclasses.astuple(ports)), str(state.folder)],
        env={**os.environ, **environment}, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True,
    )  # fmt: skip
    held.callback(process.wait)
    held.callback(process.terminate)
    assert process.stdout
    assert process.stdout.readline() == "well\n"


async def _token(
    client: Client, ports: LocalPorts, issuer: str, subject: str, settings: Settings
) -> str:
    clients = settings.staff_clients if issuer == "staff" else settings.customer_clients
    wish: dict[str, Any] = {
        "issuer": issuer, "subject": subject.rpartition("/")[2], "clientId": clients[0],
    }  # fmt: skip
    if issuer == "staff":
        wish["claims"] = {"roles": ["agent"]}
    answer = await ask(client, "POST", f"http://{HOST}:{ports.idp}/sim/token", json_body=wish)
    return str(answer["access_token"])


async def _handsets(
    held: AsyncExitStack, client: Client, ports: LocalPorts, settings: Settings, bank: Bank
) -> list[Handset]:
    outside = Outside(
        f"http://{HOST}:{ports.serve}", settings.phone_apns or "", PushService.APNS,
        settings.apps[0], client,
    )  # fmt: skip

    async def one(customer: Customer) -> Handset:
        token = await _token(client, ports, "customers", customer.id, settings)
        return await held.enter_async_context(handset(outside, token, Diary()))

    return [await one(customer) for customer in bank.customers]
