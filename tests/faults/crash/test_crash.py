"""A process that is killed between any two steps of a call leaves nothing behind that is wrong."""

import asyncio
import contextlib
import os
import signal
import sys
import uuid
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
from pyreqwest.exceptions import RequestError

from ringproof.commands.handset import UPDATED, VERIFIED, Handset
from ringproof.core.call import DialMode
from ringproof.core.time import SECOND
from tests.faults import invariants
from tests.faults.caller import PATIENCE, People
from tests.faults.rig import IPHONE, Rig, Running, fill, phone, started
from tests.faults.traps import ACTS, BY_BROWSER, Point, points
from tests.faults.world import Trouble, World, open_world

FAST = {"time_scale": 0.1}
"""Ten times faster than life, so that Connect soon repeats an event that nobody took."""

QUICK = {"RINGPROOF_ANNOUNCE_WAIT": "1s"}
"""A phone says once that it was told: the server that comes next waits for that in vain."""
ANSWERED, UNCONFIRMED = ("ended", "answered"), ("ended", "unconfirmed")
ENDS: Mapping[str, Collection[tuple[str, str | None]]] = {
    # The phone's receipt may overtake the push service's answer, and let the call be dialed.
    "after push": (ANSWERED, UNCONFIRMED),
    "before note": (ANSWERED, UNCONFIRMED),
    "after note": (ANSWERED, UNCONFIRMED),
    # Connect may have been asked, for all that the ledger tells: it is not asked again.
    "after advance to dialed": (UNCONFIRMED,),
    "before dial": (UNCONFIRMED,),
    # The gate did not answer, so Connect did not dial.
    "before consume": (("abandoned", None),),
    "after consume": (("ended", "failed"),),
}
"""How a call may end that the customer answers; elsewhere it is answered."""
OWED = 70 * SECOND
"""By then the sweep sends an end notice that was lost."""


@asynccontextmanager
async def doomed(world: World, point: Point) -> AsyncIterator[asyncio.subprocess.Process]:
    """Start a server that dies at *point*; it is up when the block begins."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.faults.crashing", str(point),
        env={**os.environ, **world.environ}, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout
    try:
        assert await process.stdout.readline(), "it did not start"
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


@pytest.mark.parametrize("point", points(*ACTS), ids=str)
async def test_a_server_that_dies_while_it_calls_rings_once_and_accounts_for_it(
    point: Point, rig: Rig
) -> None:
    await _killed_and_restarted(point, rig, DialMode.SERVER)


@pytest.mark.parametrize("point", points(*BY_BROWSER), ids=str)
async def test_a_server_that_dies_at_the_gate_rings_once_and_accounts_for_it(
    point: Point, rig: Rig
) -> None:
    await _killed_and_restarted(point, rig, DialMode.AGENT)


async def _killed_and_restarted(point: Point, rig: Rig, mode: DialMode) -> None:
    call_id = str(uuid.uuid4())
    async with AsyncExitStack() as held:
        trouble = Trouble(connect=FAST, settings=QUICK, mode=mode)
        world = await held.enter_async_context(open_world(rig.secrets, rig.folder, trouble))
        await fill(world.settings)
        async with doomed(world, point) as server, AsyncExitStack() as until_death:
            enrolled = await held.enter_async_context(phone(world, IPHONE))
            living = asyncio.create_task(_live(world, call_id, mode))
            until_death.callback(living.cancel)
            async with asyncio.timeout(PATIENCE):
                assert await server.wait() == -signal.SIGKILL, "it ended by itself"
            await living
        bank = await held.enter_async_context(started(world))
        again = await bank.press(call_id)
        assert (again.status, again.json["callId"]) == (200, call_id)
        told = await bank.outcome(again, call_id)
        assert told.last is not None
        await invariants.check(world, bank.store, [enrolled], bank.replies)
        assert (told.last["state"], told.last["outcome"]) in ENDS.get(str(point), (ANSWERED,))
        await heard(enrolled, bank, call_id)


async def _live(world: World, call_id: str, mode: DialMode) -> None:
    """Do what agent and customer do in the whole of a call, for as long as the server lives."""
    people = People(world)
    with contextlib.suppress(RequestError):
        await people.press(call_id)
        if mode is DialMode.AGENT:
            await people.dial_in_browser()
    with contextlib.suppress(RequestError):  # a phone that rings is answered, whoever is dead
        await people.talk(call_id)
        await people.until(call_id)


async def heard(enrolled: Handset, bank: Running, call_id: str) -> None:
    """A phone that was told of the call hears that it is over, be it from the sweep."""
    bank.clock.ahead = max(bank.clock.ahead, OWED)
    if enrolled.diary.find(VERIFIED, call_id):
        async with asyncio.timeout(PATIENCE):
            await enrolled.diary.until(UPDATED, call_id)
