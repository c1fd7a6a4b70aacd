"""Who is told of a violation, how often, and what becomes of what nobody takes."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from structlog.testing import capture_logs

from ringproof.core.errors import DependencyDown
from ringproof.core.time import MINUTE, SECOND
from ringproof.core.violation import Done, FoundBy, Violation
from ringproof.ports import AlertChannel
from ringproof.usecases.report_violation import report_violation, tell_alerts
from ringproof.usecases.sweep import sweep
from tests.kit import ADAS, AYESHA, House

DELAYS = (5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, 120 * MINUTE)


class Listener:
    """An alert channel that takes what it is told, unless it is *down* or on *hold*."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.told: list[Violation] = []
        self.taken: asyncio.Queue[Violation] = asyncio.Queue()
        self.tries = 0
        self.down = False
        self.hold: asyncio.Event | None = None

    async def tell(self, violation: Violation) -> None:
        self.tries += 1
        if self.hold:
            await self.hold.wait()
        if self.down:
            raise DependencyDown(self.name, "status 503")
        self.told.append(violation)
        self.taken.put_nowait(violation)

    async def aclose(self) -> None: ...


def listening(bank: House, *channels: AlertChannel) -> None:
    ports = replace(bank.desk.ports, alerts=channels)
    bank.desk = replace(bank.desk, ports=ports)


@pytest.fixture
def hook(bank: House) -> Listener:
    listener = Listener("webhook")
    listening(bank, listener)
    return listener


def found(contact: str = "contact", **changed: Any) -> Violation:
    violation = Violation(
        contact, "not_announced", 1_000, "OUTBOUND", FoundBy.GATE, Done.BLOCKED,
        agent_arn=AYESHA.connect_user_arn, number=ADAS,
    )  # fmt: skip
    return replace(violation, **changed)


async def report(bank: House, *violations: Violation) -> None:
    await asyncio.gather(*(report_violation(bank.desk, each) for each in violations))
    await bank.desk.background.drain()


async def later(bank: House, millis: int) -> None:
    bank.clock.ahead += millis
    await tell_alerts(bank.desk)
    await bank.desk.background.drain()


async def test_a_violation_is_told_with_the_agent_that_it_is_about(bank: House, hook: Listener):
    await report(bank, found())

    assert hook.told == [found(agent_id=AYESHA.id)]
    assert bank.switchboard.marked == {"contact": "not_announced"}


async def test_it_is_told_once_although_many_report_it(bank: House, hook: Listener):
    await report(bank, *[found()] * 20)
    await report(bank, found(found_by=FoundBy.RECORD))

    assert (hook.tries, len(hook.told)) == (1, 1)


async def test_of_many_at_once_each_is_told_once(bank: House, hook: Listener):
    await report(bank, *(found(f"c{n}") for n in range(150)))

    assert hook.tries == 150
    assert {each.contact_id for each in hook.told} == {f"c{n}" for n in range(150)}


async def test_a_graver_turn_is_told_again(bank: House, hook: Listener):
    await report(bank, found())
    await report(bank, found(code="rang_all_the_same", done=Done.NOT_STOPPED))

    assert [each.code for each in hook.told] == ["not_announced", "rang_all_the_same"]


async def test_what_is_not_taken_is_tried_again_with_growing_delays_and_then_is_dead(
    bank: House, hook: Listener
):
    hook.down = True
    await report(bank, found())
    for tries, delay in enumerate(DELAYS, start=1):
        await later(bank, delay - SECOND)
        assert hook.tries == tries
        await later(bank, SECOND)
        assert hook.tries == tries + 1

    (dead,) = await bank.store.dead_alerts(9)
    await later(bank, 1_000 * MINUTE)

    assert hook.tries == len(DELAYS) + 1
    assert (dead.channel, dead.error, dead.tries) == ("webhook", "status 503", len(DELAYS) + 1)


async def test_a_dead_alert_that_is_revived_is_told(bank: House, hook: Listener):
    hook.down = True
    await report(bank, found())
    for delay in DELAYS:
        await later(bank, delay)
    (dead,) = await bank.store.dead_alerts(9)

    hook.down = False
    assert await bank.store.revive_alert(dead.number, bank.clock.now())
    await later(bank, 0)

    assert len(hook.told) == 1
    assert await bank.store.dead_alerts(9) == []


async def test_a_channel_that_is_not_set_up_any_more_ends_in_the_list(bank: House, hook: Listener):
    hook.down = True
    await report(bank, found())
    listening(bank)
    for delay in DELAYS:
        await later(bank, delay)

    (dead,) = await bank.store.dead_alerts(9)

    assert (hook.tries, dead.error) == (1, "This channel is not set up any more.")


async def test_a_channel_that_does_not_answer_holds_up_no_other(bank: House, hook: Listener):
    hook.hold = asyncio.Event()
    bus = Listener("eventbridge")
    listening(bank, hook, bus)

    for n in range(3):
        await report_violation(bank.desk, found(f"c{n}"))
    async with asyncio.timeout(5):
        taken = [await bus.taken.get() for _ in range(3)]

    assert (len(taken), hook.tries, hook.told) == (3, 1, [])
    hook.hold.set()
    await bank.desk.background.drain()
    assert len(hook.told) == 3


async def test_the_sweep_tells_what_is_due_and_does_not_wait_for_it(bank: House, hook: Listener):
    hook.down = True
    await report(bank, found())
    hook.down, hook.hold = False, asyncio.Event()
    bank.clock.ahead = DELAYS[0]

    await sweep(bank.desk)
    hook.hold.set()
    await bank.desk.background.drain()

    assert len(hook.told) == 1


async def test_with_no_channel_it_stands_in_the_ledger_and_in_the_log(bank: House):
    with capture_logs() as lines:
        await report(bank, found())

    said = [line for line in lines if line["event"] == "compliance_violation"]
    assert len(said) == 1
    assert (said[0]["agent"], said[0]["number"]) == (AYESHA.id, "+44•••••••123")
    assert await bank.store.violation("contact") == found(agent_id=AYESHA.id)
    assert ADAS not in str(lines)
