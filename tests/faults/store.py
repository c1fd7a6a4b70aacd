"""What can go wrong with the store and the signing keys."""

import asyncio
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from ringproof.adapters.sign import keyring
from ringproof.core.call import CallId, CallState
from ringproof.core.errors import DependencyDown
from ringproof.core.phone import E164
from ringproof.simulators.faults import Latency
from ringproof.simulators.recording import RequestLog
from tests.contract.store_kit import a_call
from tests.faults.amazon import DIAL
from tests.faults.registry import fault
from tests.faults.rig import IPHONE, Rig, Running, Told
from tests.faults.world import Trouble

HOLD = 300
"""Milliseconds for which a service keeps a request, so that the store is locked meanwhile."""
QUICK = Trouble(settings={"RINGPROOF_ANNOUNCE_WAIT": "1s"})


@contextmanager
def locked(bank: Running) -> Iterator[None]:
    """Hold the database as another program, such as a backup, would."""
    other = sqlite3.connect(bank.world.settings.store, isolation_level=None, timeout=5)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@fault("another program holds the store when the agent presses")
async def held(rig: Rig) -> Told:
    async with rig.running(IPHONE) as bank:
        call_id = str(uuid.uuid4())
        with locked(bank):
            first = await bank.press(call_id)
        return await bank.outcome(first, call_id)


async def _locked_once(bank: Running, requests: RequestLog, call_id: str) -> Told:
    """Press, and lock the store as soon as a service has been asked."""
    before = len(requests.describe())
    pressing = asyncio.create_task(bank.press(call_id))
    await requests.until(before + 1)
    with locked(bank):
        first = await pressing
    return Told(first, await bank.look(call_id))


@fault("another program holds the store while the customer is told")
async def held_while_telling(rig: Rig) -> Told:
    async with rig.running(IPHONE, trouble=QUICK) as bank:
        call_id = str(uuid.uuid4())
        bank.world.apns.faults.inject(Latency(ms=HOLD))
        told = await _locked_once(bank, bank.world.apns.requests, call_id)
        return await bank.outcome(told.first, call_id)


@fault("another program holds the store while the customer is told, and the agent tries again")
async def held_and_tried_again(rig: Rig) -> Told:
    async with rig.running(IPHONE, trouble=QUICK) as bank:
        call_id = str(uuid.uuid4())
        bank.world.apns.faults.inject(Latency(ms=HOLD))
        await _locked_once(bank, bank.world.apns.requests, call_id)
        bank.world.recover()
        return await bank.outcome(await bank.press(call_id), call_id)


@fault("another program holds the store while Connect is asked to dial")
async def held_while_dialing(rig: Rig) -> Told:
    async with rig.running(IPHONE) as bank:
        call_id = str(uuid.uuid4())
        bank.world.connect.faults.inject(Latency(ms=HOLD, path=DIAL))
        told = await _locked_once(bank, bank.world.connect.requests, call_id)
        return await bank.outcome(told.first, call_id)


@fault("the disk is full")
async def full(rig: Rig) -> Told:
    async with rig.running(IPHONE) as bank:
        call_id = str(uuid.uuid4())
        await _fill(bank)
        first = await bank.press(call_id)
        _allow(bank, 1_000_000)
        bank.pass_time()
        return Told(first, await bank.look(call_id))


async def _fill(bank: Running) -> None:
    """Let the file grow no more, and store small calls until not even one of them has room."""
    store = bank.store
    (pages,) = store._writer._db.execute("PRAGMA page_count").fetchone()
    _allow(bank, pages)
    for n in range(1_000):
        call = replace(
            a_call(n), id=CallId(str(uuid.uuid4())), customer_id=f"x{n}", dest=E164(f"+4477{n:08d}"),
            requested_at=bank.clock.now(), dial_before=bank.clock.now(),
        )  # fmt: skip
        try:
            await store.open_call(call, (), None)
            await store.advance(
                call.id, at={CallState.REQUESTED}, to=CallState.CANCELLED, now=bank.clock.now()
            )
        except DependencyDown as down:
            if "SQLITE_FULL" in down.detail:
                return
            raise
    raise AssertionError("there is always room for one more")


def _allow(bank: Running, pages: int) -> None:
    bank.store._writer._db.execute(f"PRAGMA max_page_count = {pages}")


@fault("the signing keys cannot be read")
async def no_key(rig: Rig) -> Told:
    async with rig.running(IPHONE) as bank:
        index = bank.world.settings.signing_key / keyring.INDEX
        kept = index.read_bytes()
        _replace(bank, b"not JSON")
        told = await bank.story()
        _replace(bank, kept)
        return told


def _replace(bank: Running, content: bytes) -> None:
    folder = bank.world.settings.signing_key
    (folder / "new").write_bytes(content)
    (folder / "new").replace(folder / keyring.INDEX)
