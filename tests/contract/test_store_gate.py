"""Consuming an authorisation, and the contacts that calls become."""

import asyncio
from collections.abc import Awaitable
from typing import Any

import pytest

from ringproof.core.call import Call, DialMode
from ringproof.core.judge import Denial, GateQuestion
from ringproof.core.phone import E164
from ringproof.core.time import SECOND, Millis
from ringproof.ports import Store
from tests.contract.store_kit import (
    ADA,
    ANNOUNCED,
    BANK,
    BEA,
    CANCELLED,
    CONNECTED,
    DIALED,
    ENDED,
    NOW,
    QUEUE,
    a_call,
    live,
    moved,
)


@pytest.fixture
async def call(store):
    await store.import_bank(BANK)
    return await live(store, 1, ANNOUNCED)


def ask(store: Store, contact: str = "contact", **changed: Any) -> Awaitable[Any]:
    asked: dict[str, Any] = {
        "agent_arn": ADA.connect_user_arn,
        "dest": a_call().dest,
        "queue": QUEUE,
    }
    asked |= {"contact_id": contact, **changed}
    now = asked.pop("now", NOW)
    return _call(store, GateQuestion(number=asked.pop("dest"), **asked), now)


async def _call(store: Store, question: GateQuestion, now: Millis) -> Call | None:
    return (await store.consume(question, now)).call


async def test_consuming_dials_and_binds_the_contact(store, call):
    dialed = await ask(store)

    assert (dialed.id, dialed.state, dialed.dialed_at) == (call.id, DIALED, NOW)
    assert dialed.contact_id == "contact"
    assert await store.call_of_contact("contact") == dialed


async def test_the_same_contact_again_gets_the_same_call(store, call):
    first = await ask(store)

    assert await ask(store) == first
    assert len(await store.events(call.id)) == first.version


async def test_the_same_contact_gets_its_call_even_when_late_or_connected(store, call):
    connected = await moved(store, await ask(store), CONNECTED)

    assert await ask(store, now=NOW + 3_600 * SECOND) == connected


@pytest.mark.parametrize(
    ("asked", "denial"),
    [
        ({"agent_arn": BEA.connect_user_arn}, Denial.ANOTHER_AGENT),
        ({"number": E164("+447700900999")}, Denial.ANOTHER_NUMBER),
        ({"queue": "arn:other"}, Denial.ANOTHER_QUEUE),
        (
            {"agent_arn": BEA.connect_user_arn, "number": E164("+447700900999")},
            Denial.NOT_ANNOUNCED,
        ),
    ],
)
async def test_a_denial_says_what_was_nearly_right(store, call, asked, denial):
    named = {"agent_arn": ADA.connect_user_arn, "number": call.dest, "queue": QUEUE}

    ruling = await store.consume(GateQuestion(contact_id="c", **{**named, **asked}), NOW)

    assert (ruling.call, ruling.denial) == (None, denial)


async def test_a_spent_and_a_late_one_are_told_apart(store, call):
    asked = GateQuestion(ADA.connect_user_arn, call.dest, QUEUE, "late")
    late = await store.consume(asked, NOW + 30 * SECOND)
    await ask(store)
    spent = await store.consume(asked, NOW)

    assert (late.denial, spent.denial) == (Denial.TOO_LATE, Denial.ALREADY_USED)


async def test_an_authorisation_is_spent_once(store, call):
    await ask(store)

    assert await ask(store, "another") is None


@pytest.mark.parametrize(
    "other",
    [
        {"agent_arn": BEA.connect_user_arn},
        {"agent_arn": ""},
        {"dest": E164("+447700900999")},
        {"queue": "arn:other"},
        {"now": NOW + 30 * SECOND},
    ],
    ids=["agent", "no agent", "number", "queue", "late"],
)
async def test_another_agent_number_or_queue_or_a_late_one_gets_nothing(store, call, other):
    assert await ask(store, **other) is None
    assert await store.call(call.id) == call


@pytest.mark.parametrize("other", [{"agent_arn": BEA.connect_user_arn}, {"queue": "arn:other"}])
async def test_not_even_the_same_contact_gets_it_for_another_agent_or_queue(store, call, other):
    await ask(store)

    assert await ask(store, **other) is None


async def test_a_call_that_is_not_announced_is_not_consumed(store):
    await store.import_bank(BANK)
    await live(store)

    assert await ask(store) is None


async def test_a_cancelled_call_is_not_consumed(store, call):
    await moved(store, call, CANCELLED)

    assert await ask(store) is None


async def test_a_call_that_the_server_dials_is_not_for_the_browser(store):
    await store.import_bank(BANK)
    await live(store, 1, ANNOUNCED, mode=DialMode.SERVER)

    assert await ask(store) is None


async def test_nothing_is_dialed_while_the_kill_switch_is_thrown(store, call):
    await store.set_killed(killed=True, by="boss", now=NOW)
    assert await store.advance(call.id, at={ANNOUNCED}, to=DIALED, now=NOW) is None

    await store.set_killed(killed=False, by="boss", now=NOW)
    assert await store.advance(call.id, at={ANNOUNCED}, to=DIALED, now=NOW)


async def test_nothing_is_spent_while_the_kill_switch_is_thrown(store, call):
    await store.set_killed(killed=True, by="boss", now=NOW)
    assert await ask(store) is None

    await store.set_killed(killed=False, by="boss", now=NOW)
    assert (await ask(store)).state is DIALED


async def test_of_fifty_contacts_at_once_one_gets_the_call(store, call):
    answers = await asyncio.gather(*(ask(store, f"contact {n}") for n in range(50)))

    assert len([each for each in answers if each]) == 1


async def test_one_contact_asking_fifty_times_at_once_always_gets_the_same_call(store, call):
    answers = await asyncio.gather(*(ask(store) for _ in range(50)))

    assert answers == [await store.call(call.id)] * 50


async def test_a_contact_of_another_call_consumes_nothing(store, call):
    await ask(store)
    await live(store, 2, ANNOUNCED)

    assert await ask(store, dest=a_call(2).dest) is None
    assert (await store.call(a_call(2).id)).state is ANNOUNCED


async def test_a_dialed_call_is_bound_to_one_contact(store):
    call = await live(store, 1, ANNOUNCED, DIALED)

    bound = await store.bind_contact(call.id, "contact", NOW)

    assert (bound.contact_id, bound.version) == ("contact", call.version + 1)
    assert await store.bind_contact(call.id, "contact", NOW) == bound
    assert await store.bind_contact(call.id, "another", NOW) is None
    assert await store.call(call.id) == bound


async def test_a_call_that_was_not_dialed_is_bound_to_nothing(store, call):
    assert await store.bind_contact(call.id, "contact", NOW) is None
    assert await store.bind_contact(a_call(9).id, "contact", NOW) is None


async def test_a_contact_belongs_to_one_call(store):
    for n in (1, 2):
        await live(store, n, ANNOUNCED, DIALED)
    await store.bind_contact(a_call(1).id, "contact", NOW)

    assert await store.bind_contact(a_call(2).id, "contact", NOW) is None
    moved_ = await store.advance(
        a_call(2).id, at={DIALED}, to=CONNECTED, now=NOW, contact_id="contact"
    )
    assert moved_ is None
    assert (await store.call_of_contact("contact")).id == a_call(1).id


async def test_a_move_may_bring_the_contact_but_not_change_it(store):
    call = await live(store, 1, ANNOUNCED, DIALED)
    await store.advance(call.id, at={DIALED}, to=CONNECTED, now=NOW, contact_id="contact")

    ended = {"at": {CONNECTED}, "to": ENDED, "now": NOW}

    assert await store.advance(call.id, contact_id="another", **ended) is None
    assert (await store.advance(call.id, **ended)).contact_id == "contact"


async def test_a_contact_of_nobody_has_no_call(store):
    assert await store.call_of_contact("nobody") is None
