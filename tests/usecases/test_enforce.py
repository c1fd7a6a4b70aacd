import asyncio
from dataclasses import replace

import pytest

from ringproof.core.call import Call, CallState, DialMode
from ringproof.core.errors import DependencyDown
from ringproof.core.judge import Enforcement
from ringproof.core.time import DAY
from ringproof.core.violation import Done, FoundBy, Violation
from ringproof.ports import Standing, ViolationFilter
from ringproof.usecases.enforce import Dialed, enforce
from ringproof.usecases.place_call import CallRequest, carry_out, request_call
from tests.kit import ADA, ADAS, AYESHA, BEN, OURS, QUEUE, House


async def announced(bank: House) -> Call:
    await bank.phone(ADA, "delivered")
    call = await request_call(bank.desk, CallRequest(AYESHA, ADA.id, DialMode.AGENT))
    return await carry_out(bank.desk, call, AYESHA)


def question(contact: str = "contact", **changed: str) -> Dialed:
    asked = {"agent_arn": AYESHA.connect_user_arn, "number": ADAS, "queue": QUEUE}
    given = {**asked, **changed}
    return Dialed(given["agent_arn"], given["number"], given["queue"], contact)


async def test_what_was_announced_is_allowed_and_bound_to_its_contact(bank: House) -> None:
    call = await announced(bank)

    answer = await enforce(bank.desk, question())

    allowed = answer.call
    assert allowed is not None
    assert (answer.allow, answer.shown) == (True, call.orig)
    assert (allowed.id, allowed.state, allowed.contact_id) == (call.id, CallState.DIALED, "contact")


async def test_nothing_else_is(bank: House) -> None:
    await announced(bank)

    for wrong in (
        question(agent_arn=BEN.connect_user_arn),
        question(agent_arn=""),
        question(number="+447700900124"),
        question(number="rubbish"),
        question(number=""),
        question(queue="arn:another"),
    ):
        assert not (await enforce(bank.desk, wrong)).allow


async def test_without_an_announcement_nothing_is_allowed(bank: House) -> None:
    assert not (await enforce(bank.desk, question())).allow


async def test_an_announcement_allows_one_dial_however_many_ask_at_once(bank: House) -> None:
    await announced(bank)

    answers = await asyncio.gather(*(enforce(bank.desk, question(f"c{n}")) for n in range(20)))

    assert sum(answer.allow for answer in answers) == 1


async def test_connect_asking_again_gets_the_same_answer(bank: House) -> None:
    await announced(bank)

    answers = await asyncio.gather(*(enforce(bank.desk, question()) for _ in range(20)))

    assert len({answer.call and answer.call.id for answer in answers}) == 1
    assert all(answer.allow for answer in answers)


async def test_a_late_dial_is_not_allowed(bank: House) -> None:
    await announced(bank)
    bank.clock.ahead = 31_000

    assert not (await enforce(bank.desk, question())).allow


async def test_while_the_kill_switch_is_thrown_nothing_is_allowed(bank: House) -> None:
    await announced(bank)
    await bank.store.set_killed(killed=True, by="admin", now=bank.clock.now())

    assert not (await enforce(bank.desk, question())).allow


async def test_the_same_number_written_otherwise_is_the_same_number(bank: House) -> None:
    await announced(bank)

    assert (await enforce(bank.desk, question(number="+44 7700 900123"))).allow


async def left(bank: House) -> list[Violation]:
    await bank.desk.background.drain()
    return list(await bank.store.violations(ViolationFilter(), 99))


@pytest.mark.parametrize(
    ("mode", "done"),
    [
        (Enforcement.BLOCK, Done.BLOCKED),
        (Enforcement.WARN, Done.WARNED),
        (Enforcement.MONITOR, Done.RECORDED),
    ],
)
async def test_a_denial_is_put_down_once_with_who_whom_and_what_was_done(
    bank: House, mode: Enforcement, done: Done
) -> None:
    asked = replace(question(), mode=mode)

    answers = [await enforce(bank.desk, asked) for _ in range(3)]

    assert [each.code for each in answers] == ["not_announced"] * 3
    (one,) = await left(bank)
    assert (one.agent_id, one.number, one.queue) == (AYESHA.id, ADAS, QUEUE)
    assert (one.code, one.done, one.found_by) == ("not_announced", done, FoundBy.GATE)


@pytest.mark.parametrize("number", ["999", "112", "+44999", "+44 112"])
async def test_a_call_for_help_passes_whatever_else_is_wrong(bank: House, number: str) -> None:
    bank.with_deployment(caller_id=OURS)
    await bank.store.set_killed(killed=True, by="admin", now=bank.clock.now())
    await bank.store.aclose()

    answer = await enforce(bank.desk, question(number=number))

    assert (answer.allow, answer.code, answer.shown) == (True, "emergency", OURS)


async def test_a_number_that_no_customer_has_passes_only_where_policy_says_so(bank: House) -> None:
    stranger = question(number="+447700900555")
    assert not (await enforce(bank.desk, stranger)).allow

    bank.with_policy(manual_contacts=True)
    manual = await enforce(bank.desk, replace(stranger, contact_id="manual"))
    customers = await enforce(bank.desk, question("to a customer", number=ADAS))

    assert (manual.allow, manual.code, manual.shown) == (True, "manual", OURS)
    assert not customers.allow
    seen = await bank.store.contact_seen("manual")
    assert seen is not None
    assert seen.standing is Standing.MANUAL
    assert {each.contact_id for each in await left(bank)} == {"contact", "to a customer"}


async def test_without_the_store_nothing_is_allowed(bank: House) -> None:
    await announced(bank)
    await bank.desk.background.drain()
    await bank.store.aclose()

    with pytest.raises(DependencyDown):
        await enforce(bank.desk, question())


async def test_a_broken_glass_lets_dials_pass_for_a_while_and_leaves_a_trace(bank: House) -> None:
    now = bank.clock.now()
    bank.with_deployment(caller_id=OURS, break_glass_until=now + 60_000)

    passed = await enforce(bank.desk, question())
    bank.clock.ahead = 60_000
    later = await enforce(bank.desk, question("later"))

    assert (passed.allow, passed.code, passed.shown) == (True, "break_glass", OURS)
    assert (later.allow, later.code) == (False, "not_announced")
    assert {(each.contact_id, each.code) for each in await left(bank)} == {
        ("contact", "break_glass"), ("later", "not_announced"),
    }  # fmt: skip


async def test_a_broken_glass_does_without_the_store(bank: House) -> None:
    bank.with_deployment(caller_id=OURS, break_glass_until=bank.clock.now() + 60_000)
    await bank.store.aclose()

    assert (await enforce(bank.desk, question())).allow


async def test_a_glass_cannot_be_broken_for_longer_than_a_day(bank: House) -> None:
    bank.with_deployment(break_glass_until=bank.clock.now() + 2 * DAY)

    assert not (await enforce(bank.desk, question())).allow
