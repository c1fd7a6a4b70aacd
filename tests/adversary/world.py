"""A bank with its Connect instance, all paths open that Connect has, and bad weather between them."""

import os
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any

from pyreqwest.client import Client, ClientBuilder

from ringproof.adapters.dial.connect import ConnectDialer
from ringproof.adapters.dial.connect_request import ConnectConfig
from ringproof.adapters.store.sqlite import SqliteStore
from ringproof.api.app import create_app
from ringproof.api.auth.fetch import JsonFetcher
from ringproof.commands.connect_instance import INBOUND_FLOW_ID, flows_of, profile_of, queue_of
from ringproof.commands.local_ports import LocalPorts
from ringproof.core.deployment import Deployment
from ringproof.core.people import Agent, BankNumber, Customer, PushService
from ringproof.core.phone import E164
from ringproof.core.policy import Policy
from ringproof.core.reasons import Reason
from ringproof.ports import Bank, Ports
from ringproof.settings import Settings
from ringproof.simulators.connect import ConnectOptions, ConnectSimulator, Queue
from ringproof.simulators.connect.behaviours import Behaviour
from ringproof.simulators.loopback import served
from ringproof.usecases.background import Background
from ringproof.usecases.desk import Desk
from ringproof.wiring import service_for
from tests.adversary.weather import Hiccups, Hits, Weather
from tests.kit import Keys, Phone, Post, WallClock

SHOWN = E164("+442079460123")
KEY = "rpk_0123456789ab_adversary-adversary-adversary-adversary"
OPEN = "open"


def number(n: int) -> E164:
    """Return the n-th customer's number."""
    return E164(f"+4477{n:08d}")


@dataclass
class World:
    """What attackers and genuine agents find."""

    desk: Desk
    store: SqliteStore
    sim: ConnectSimulator
    weather: Weather
    hiccups: Hiccups
    client: Client
    phones: dict[int, Phone]
    gated: bool

    def agent(self, n: int) -> Agent:
        """Return the n-th agent."""
        arn = self.sim.options.agent_arn(f"a{n}")
        return Agent(f"a{n}", "", f"t/a{n}", f"Agent {n}", f"Agent {n}", "", None, arn)


def _bank(customers: int, agents: int, arn: str) -> Bank:
    return Bank(
        customers=[
            Customer(f"c{n}", (), f"Customer {n}", (number(n),), "UTC", "en")
            for n in range(customers)
        ],
        agents=[
            Agent(f"a{n}", "", f"t/a{n}", f"Agent {n}", f"Agent {n}", "", None, f"{arn}/agent/a{n}")
            for n in range(agents)
        ],
        numbers=[BankNumber(SHOWN, "Bank")],
        reasons=[Reason("general", {"en": "About your account"})],
    )


def _instance(settings: Settings, *, gated: bool) -> ConnectOptions:
    mode: Any = "block"
    queues = (
        queue_of(settings, SHOWN, mode, gated=gated),
        Queue(id=OPEN, name="Not gated", caller_id=SHOWN),
    )
    return ConnectOptions(
        port=0, instance_id=settings.connect_instance, flows=flows_of(settings, SHOWN, mode),
        queues=queues, routing_profiles=(profile_of(*queues),), inbound_flow_id=INBOUND_FLOW_ID,
        requests_per_second=1e6, burst=10**6, concurrent_calls=10**6, post_dial_delay_ms=0,
        record_delay_ms=0, kept_records=1, gate_url=settings.public_url, gate_key=KEY,
        events_url=f"{settings.public_url}/connect/events", events_key=KEY,
        records_url=f"{settings.public_url}/connect/records",
    )  # fmt: skip


@asynccontextmanager
async def world(
    folder: Path, seed: int, customers: int, genuine: int, *, gated: bool = True
) -> AsyncIterator[World]:
    """Open it; the first *genuine* customers have a phone, and agents are as many as customers allow."""
    chance, port = random.Random(seed), LocalPorts.free().serve
    settings = Settings.read(
        {
            "RINGPROOF_PUBLIC_URL": f"http://127.0.0.1:{port}", "RINGPROOF_CONNECT_KEY": KEY,
            "RINGPROOF_RATE_CONNECT": "none", "RINGPROOF_RATE_FAILED": "none",
        }
    )  # fmt: skip
    os.environ.setdefault("AWS_ACCESS_KEY_ID", "simulator")
    os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "simulator")
    store, clock, post = await SqliteStore.open(folder / "db"), WallClock(), Post()
    sim = ConnectSimulator(_instance(settings, gated=gated))
    await store.import_bank(_bank(customers, 2 * genuine, sim.options.instance_arn))
    hits: Hits = Counter()
    hiccups = Hiccups(store, chance, 0.05, hits)
    async with ClientBuilder().build() as client, sim.running():
        for n in range(customers):
            sim.network.behaviours[number(n)] = Behaviour("answer", after_ms=0, hangup_after_ms=0)
        dialer = ConnectDialer(
            ConnectConfig(
                settings.connect_instance, settings.connect_flow, settings.connect_region, sim.url
            )
        )
        ports = Ports(clock, hiccups, Keys(), dialer, {PushService.APNS: post})
        desk = Desk(ports, _deployment(settings), Background())
        fetcher = JsonFetcher(None)
        weather = Weather(create_app(service_for(settings, desk, fetcher)), chance, 0.2, hits)
        async with served(weather, "127.0.0.1", port):
            phones = {n: await _enrolled(desk, store, post, n) for n in range(genuine)}
            yield World(desk, store, sim, weather, hiccups, client, phones, gated)
        await desk.background.drain()
        await fetcher.aclose()
        await dialer.aclose()
    await store.aclose()


def _deployment(settings: Settings) -> Deployment:
    policy = Policy(
        announce_wait=4_000, quiet_from=time(0), quiet_until=time(0), calls_per_customer=0,
        calls_per_agent=0,
    )  # fmt: skip
    return Deployment(
        iss="https://bank.example", bank="Bank", photos="https://bank.example/photos",
        queue=settings.connect_queue, apps=frozenset({"com.examplebank.app"}), caller_id=SHOWN,
        policy=policy,
    )  # fmt: skip


async def _enrolled(desk: Desk, store: SqliteStore, post: Post, n: int) -> Phone:
    customer = await store.customer(f"c{n}")
    assert customer
    phone = Phone(desk, customer, "delivered")
    now = desk.now()
    await store.add_challenge(phone.id, customer.id, now + 60_000)
    assert await store.enrol(phone.device(now), phone.id, now)
    post.phones[phone.id] = phone
    return phone
