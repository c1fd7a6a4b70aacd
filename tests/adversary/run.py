"""Many attempts at once, genuine calls among them, and the count of what rang and what was found."""

import asyncio
import itertools
import random
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ringproof.core.call import CallState
from ringproof.core.people import Agent
from ringproof.simulators.connect.contacts import Contact, Stage
from ringproof.simulators.connect.delivery import Disturbance
from tests.adversary.paths import GATED, STOLEN, UNGATED, Try, announce, over, panel
from tests.adversary.world import World, number, world

WORKERS = 32
GENUINE = "genuine"


@dataclass
class Tally:
    """What became of the attempts of one path."""

    tried: int = 0
    taken: int = 0
    rang: int = 0
    unauthorised: int = 0
    undetected: int = 0
    blocked: int = 0


@dataclass
class Report:
    """One run."""

    seed: int
    paths: dict[str, Tally] = field(default_factory=dict)
    faults: Counter[str] = field(default_factory=Counter)

    @property
    def attacks(self) -> int:
        return sum(t.tried for path, t in self.paths.items() if path != GENUINE)

    def total(self, what: str, paths: Iterable[str]) -> int:
        return sum(getattr(self.paths[path], what) for path in paths if path in self.paths)


async def attack(seed: int, attempts: int, *, gated: bool = True, outage: bool = False) -> Report:
    """
    Try *attempts* dials by every path, from so many agents at once, and hold each against the ledger.

    With an *outage* every function that Connect's flows invoke is down all the time.
    """
    customers = 2 * (attempts + WORKERS)  # each attempt has its own, and a genuine call spends more
    with tempfile.TemporaryDirectory() as folder:
        async with world(Path(folder), seed, customers, WORKERS, gated=gated) as made:
            _disturb(made, seed)
            made.weather.outage = outage
            tries = await _everybody(made, seed, attempts, outage=outage)
            await _settled(made)
            report = Report(seed, faults=made.weather.faults)
            report.faults["store hiccup"] = made.hiccups.count
            for each in tries:
                await _count(made, report.paths.setdefault(each.path, Tally()), each)
            return report


def _disturb(made: World, seed: int) -> None:
    lost = random.Random(seed).choice(["CONNECTED_TO_SYSTEM", "INITIATED", "DISCONNECTED"])
    made.sim.exchange.destination.disturbance = Disturbance(
        drop=frozenset({lost}), duplicate=frozenset({"*"}), shuffle_ms=50
    )
    made.sim.exchange.records.destination.disturbance = Disturbance(
        duplicate=frozenset({"*"}), shuffle_ms=100
    )


async def _everybody(made: World, seed: int, attempts: int, *, outage: bool) -> list[Try]:
    targets, tries = itertools.count(WORKERS), list[Try]()
    paths = {**GATED, **UNGATED}

    async def worker(n: int) -> None:
        chance = random.Random(f"{seed}/{n}")
        own, other = made.agent(2 * n), made.agent(2 * n + 1)
        pair = Pair(own, other, n)
        while len(tries) < attempts:
            if not outage and chance.random() < 0.2:
                tries.extend(await _mixed(made, pair, chance, next(targets)))
                continue
            path = chance.choice(list(paths))
            contact = await paths[path](made, own, next(targets))
            tries.append(Try(path, contact))
            await over(contact)

    async with asyncio.TaskGroup() as group:
        for n in range(WORKERS):
            group.create_task(worker(n))
    return tries


@dataclass(frozen=True)
class Pair:
    """An agent with a genuine call to the *customer*, and a colleague who would like it."""

    own: Agent
    other: Agent
    customer: int


async def _mixed(made: World, pair: Pair, chance: random.Random, elsewhere: int) -> list[Try]:
    """Place a genuine call, with thieves of its authorisation before, beside and after it."""
    own, other, n = pair.own, pair.other, pair.customer
    await announce(made, own, n)
    tries = []
    if chance.random() < 0.5:
        tries.append(Try(STOLEN[1], await panel(made, own, number(elsewhere))))
        await over(tries[-1].contact)
    thief = panel(made, other, number(n)) if chance.random() < 0.5 else None
    dials = [panel(made, own, number(n)), *([thief] if thief else [])]
    contacts = await asyncio.gather(*dials)
    tries += [Try(path, each) for path, each in zip((GENUINE, STOLEN[0]), contacts, strict=False)]
    for each in contacts:
        await over(each)
    if chance.random() < 0.5:
        tries.append(Try(STOLEN[2], await panel(made, own, number(n))))
        await over(tries[-1].contact)
    await _customer_is_free(made, n)
    return tries


async def _customer_is_free(made: World, n: int) -> None:
    """Call off what no gate has let through, and wait until the ledger knows that the call is over."""
    async with asyncio.timeout(60):
        for call in await made.store.concerning(f"c{n}", [number(n)], made.desk.now()):
            await made.store.advance(
                call.id, at={CallState.ANNOUNCED}, to=CallState.CANCELLED, now=made.desk.now()
            )
            heard = await made.store.call(call.id) or call
            while not heard.state.final:
                heard = await made.store.wait(call.id, heard.version, 30) or heard


async def _settled(made: World) -> None:
    """Wait until every event and record has been delivered, and everything that follows is done."""
    background = made.sim.exchange.background
    async with asyncio.timeout(120):
        while background._tasks:
            await asyncio.wait(background._tasks)
    await made.desk.background.drain()


async def _count(made: World, tally: Tally, each: Try) -> None:
    tally.tried += 1
    if each.contact is None:
        return
    tally.taken += 1
    rang = Stage.RINGING in each.contact.timeline
    tally.rang += rang
    if each.path == GENUINE:
        tally.blocked += not rang
        return
    if rang and not await _authorised(made, each.contact):
        tally.unauthorised += 1
    tally.undetected += await made.store.violation(each.contact.id) is None


async def _authorised(made: World, contact: Contact) -> bool:
    """Ask the ledger whether this very contact spent an announced call to this number."""
    call = await made.store.call_of_contact(contact.id)
    return call is not None and call.dest == contact.customer_number
