"""The real application, in this process, with agents, customers and their phones around it."""

import uuid
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ringproof.adapters.store.sqlite import SqliteStore
from ringproof.commands.diary import Diary
from ringproof.commands.handset import Handset, handset
from ringproof.commands.handset_identity import Outside
from ringproof.commands.local_ports import HOST
from ringproof.core.call import Assurance
from ringproof.core.people import Customer, PushService
from ringproof.core.phone import E164
from ringproof.core.reasons import Reason
from ringproof.core.time import SECOND
from ringproof.ports import Bank, Ports
from ringproof.settings import Settings
from ringproof.simulators.loopback import served
from ringproof.wiring.house import House, open_house
from tests import kit
from tests.api.bank import Reply
from tests.faults import invariants
from tests.faults.caller import FINAL, People
from tests.faults.world import Trouble, World, open_world

WELL = Trouble()
IPHONE, ANDROID = PushService.APNS, PushService.FCM
LONG_PAST = 100 * SECOND
"""By then every deadline, grace and wait is over, and a phone still takes our clock for right."""


def night_owl() -> Customer:
    """A customer where it is two in the morning now."""
    east = (2 - datetime.now(UTC).hour + 12) % 24 - 12
    zone = f"Etc/GMT{-east:+d}" if east else "Etc/GMT"  # these zones are named the wrong way round
    return Customer("c3", (), "Night Owl", (E164("+447700900125"),), zone, "en")


TENANT = Settings().staff_tenant
AYESHA, BEN = (replace(each, subject=each.subject.replace("t/", f"{TENANT}/", 1))
               for each in (kit.AYESHA, kit.BEN))  # fmt: skip
SURE = Reason("secure", {"en": "About your security"}, Assurance.ACKNOWLEDGED)
BANK = replace(
    kit.BANK,
    agents=(AYESHA, BEN),
    customers=(*kit.BANK.customers, night_owl()),
    reasons=(*kit.BANK.reasons, SURE),
)


@dataclass(frozen=True)
class Told:
    """What an agent was told of one call: at once, and once time had allowed it to end."""

    first: Reply
    last: dict[str, Any] | None


@dataclass
class Running(People):
    """ringproof at work in its world, and the people around it."""

    house: House
    clock: kit.WallClock
    phones: list[Handset] = field(default_factory=list)

    @property
    def store(self) -> SqliteStore:
        store = self.house.desk.ports.store
        assert isinstance(store, SqliteStore)
        return store

    async def story(self, **order: Any) -> Told:
        """Press, let the customer answer if the phone rings, and see how it ends."""
        call_id = str(uuid.uuid4())
        return await self.outcome(await self.press(call_id, **order), call_id)

    async def outcome(self, first: Reply, call_id: str) -> Told:
        """Let a call come to its end; what nobody else ends, time does."""
        await self.talk(call_id)
        found = await self.look(call_id)
        if found is not None and found["state"] not in FINAL and not self.contacts_of(call_id):
            self.pass_time()
        return Told(first, await self.until(call_id))

    def pass_time(self) -> None:
        """Let every deadline pass, so that the sweep ends what nobody else has ended."""
        self.clock.ahead = LONG_PAST

    async def token_of(self, service: PushService) -> str:
        """The push token of the customer's phone with this service."""
        devices = await self.store.devices(kit.ADA.id)
        return next(each.push_token or "" for each in devices if each.push_service is service)

    async def remove_app(self, service: PushService) -> None:
        """Let the customer remove the app from the phone; nobody tells us."""
        vendor = self.world.apns if service is IPHONE else self.world.fcm
        vendor.installations.end(await self.token_of(service))

    async def throw_switch(self) -> None:
        admin = self.world.staff("o9", scp=None, roles=["admin"])
        assert (
            await self.ask("PUT", "/admin/kill-switch", {"on": True}, token=admin)
        ).status == 200


@dataclass(frozen=True)
class Rig:
    """Opens ringproof in a world of trouble; everything of it is in *folder*."""

    secrets: Path
    folder: Path

    @asynccontextmanager
    async def running(
        self, *phones: PushService, trouble: Trouble = WELL
    ) -> AsyncIterator[Running]:
        """Run it until the block ends, with *phones* in the customer's hands; then check the invariants."""
        async with AsyncExitStack() as held:
            world = await held.enter_async_context(open_world(self.secrets, self.folder, trouble))
            await fill(world.settings)
            bank = await held.enter_async_context(started(world))
            for service in phones:
                bank.phones.append(await held.enter_async_context(phone(world, service)))
            yield bank
            world.recover()
            await invariants.check(bank.world, bank.store, bank.phones, bank.replies)


async def fill(settings: Settings, bank: Bank = BANK) -> None:
    """Import the bank's people into a new store."""
    store = await SqliteStore.open(settings.store)
    await store.import_bank(bank)
    await store.aclose()


@asynccontextmanager
async def started(world: World) -> AsyncIterator[Running]:
    """Start ringproof as `serve` does, with a clock that can be set ahead."""
    clock = kit.WallClock()

    def with_clock(ports: Ports) -> Ports:
        return replace(ports, clock=clock)

    async with (
        open_house(world.settings, with_clock) as house,
        served(house.app, HOST, world.ports.serve),
    ):
        yield Running(world, house, clock)


@asynccontextmanager
async def phone(
    world: World, service: PushService, customer: Customer = kit.ADA
) -> AsyncIterator[Handset]:
    """Enrol a phone, which takes pushes until the block ends."""
    settings = world.settings
    push = settings.phone_apns if service is IPHONE else settings.phone_fcm
    outside = Outside(world.api, push or "", service, settings.apps[0], world.client)
    async with handset(outside, world.customer(customer.id), Diary()) as enrolled:
        yield enrolled
