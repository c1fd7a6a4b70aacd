import asyncio

from ringproof.core.call import Call, CallState, DialMode
from ringproof.usecases.enforce import Dialed, enforce
from ringproof.usecases.place_call import CallRequest, carry_out, request_call
from tests.kit import ADA, ADAS, AYESHA, BEN, QUEUE, House


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
