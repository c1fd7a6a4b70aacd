"""The ledger of calls: opening, moving, noting."""

import asyncio

import pytest

from ringproof.core.call import Assurance, CallState, Outcome
from ringproof.core.time import SECOND
from ringproof.ports import Announced, Opened, OpenVerdict
from tests.contract.store_kit import (
    ANNOUNCED,
    CANCELLED,
    CONNECTED,
    DIALED,
    ENDED,
    NOW,
    REQUESTED,
    a_call,
    a_key,
    live,
    moved,
    opened,
)


async def test_an_opened_call_is_found_as_it_was_given(store):
    answer = await opened(store, a_call())

    assert answer == Opened(OpenVerdict.OPENED, a_call())
    assert await store.call(a_call().id) == a_call()
    assert await store.call(a_call(2).id) is None


async def test_whom_a_call_is_announced_to_is_stored_with_it(store):
    await opened(store, a_call(), "j1", "j2")

    assert await store.announced_to(a_call().id) == [Announced("d1", "j1"), Announced("d2", "j2")]


async def test_a_repeat_gets_the_call_as_it_now_stands(store):
    await store.open_call(a_call(), [], a_key())
    now = await moved(store, a_call(), ANNOUNCED)

    assert await store.open_call(a_call(2), [], a_key()) == Opened(OpenVerdict.REPEATED, now)
    assert await store.repeated(a_key()) == Opened(OpenVerdict.REPEATED, now)
    assert await store.call(a_call(2).id) is None


async def test_a_key_with_another_meaning_is_a_mistake(store):
    await store.open_call(a_call(), [], a_key())

    mistaken = a_key(digest=b"another")

    assert await store.open_call(a_call(2), [], mistaken) == Opened(OpenVerdict.MISMATCH)
    assert await store.repeated(mistaken) == Opened(OpenVerdict.MISMATCH)


@pytest.mark.parametrize("other", [{"agent_id": "bea"}, {"route": "/other"}, {"key": "other"}])
async def test_a_key_is_one_agents_on_one_route(store, other):
    await store.open_call(a_call(), [], a_key())

    assert await store.repeated(a_key(**other)) is None
    answer = await store.open_call(a_call(2), [], a_key(**other))
    assert answer.verdict is OpenVerdict.OPENED


async def test_a_refused_call_leaves_no_key_and_no_announcement(store):
    await opened(store, a_call())
    busy = a_call(2, customer_id=a_call().customer_id)

    refused = await store.open_call(busy, [Announced("d1", "j1")], a_key())

    assert refused == Opened(OpenVerdict.CUSTOMER_BUSY)
    assert await store.repeated(a_key()) is None
    assert await store.announced_to(busy.id) == []


async def test_an_id_is_taken_once(store):
    await live(store, 1, CANCELLED)

    answer = await store.open_call(a_call(1, customer_id="another"), [], None)

    assert answer == Opened(OpenVerdict.ID_TAKEN)


async def test_a_number_has_one_live_call(store):
    await opened(store, a_call())

    answer = await opened(store, a_call(2, dest=a_call().dest))

    assert answer == Opened(OpenVerdict.NUMBER_BUSY)


@pytest.mark.parametrize("end", [s for s in CallState if s.final and s is not ENDED])
async def test_after_a_call_has_ended_the_customer_and_the_number_are_free(store, end):
    await live(store, 1, end)

    same = a_call(2, customer_id=a_call().customer_id, dest=a_call().dest)

    assert (await opened(store, same)).verdict is OpenVerdict.OPENED


async def test_of_fifty_calls_to_one_customer_at_once_exactly_one_is_opened(store):
    calls = [a_call(n, customer_id="one") for n in range(50)]

    answers = await asyncio.gather(*(opened(store, call) for call in calls))

    verdicts = sorted(answer.verdict for answer in answers)
    assert verdicts == [OpenVerdict.CUSTOMER_BUSY] * 49 + [OpenVerdict.OPENED]


async def test_the_same_request_fifty_times_at_once_makes_one_call(store):
    calls = [a_call(n) for n in range(50)]

    answers = await asyncio.gather(*(store.open_call(call, [], a_key()) for call in calls))

    assert len({answer.call.id for answer in answers}) == 1
    assert [a.verdict for a in answers].count(OpenVerdict.OPENED) == 1


async def test_of_fifty_racing_advances_one_wins(store):
    call = await live(store, 1, ANNOUNCED)

    winners = await asyncio.gather(
        *(store.advance(call.id, at={ANNOUNCED}, to=DIALED, now=NOW) for _ in range(50))
    )

    assert len([each for each in winners if each]) == 1
    assert await store.call(call.id) in winners


async def test_a_move_from_elsewhere_changes_nothing(store):
    call = await live(store, 1, ANNOUNCED, CANCELLED)

    assert await store.advance(call.id, at={ANNOUNCED}, to=DIALED, now=NOW) is None
    assert await store.call(call.id) == call


async def test_a_call_that_is_not_there_does_not_move(store):
    assert await store.advance(a_call().id, at={REQUESTED}, to=ANNOUNCED, now=NOW) is None


@pytest.mark.parametrize(
    ("at", "to"), [({REQUESTED}, DIALED), ({ANNOUNCED, REQUESTED}, DIALED), ({ENDED}, ANNOUNCED)]
)
async def test_a_move_that_the_table_lacks_is_a_mistake(store, at, to):
    call = await live(store)

    with pytest.raises(ValueError, match="no move"):
        await store.advance(call.id, at=at, to=to, now=NOW)


async def test_a_call_remembers_when_it_was_dialed_connected_and_ended(store):
    call = await live(store, 1, ANNOUNCED)

    for second, (at, to) in enumerate([(ANNOUNCED, DIALED), (DIALED, CONNECTED)], start=1):
        await store.advance(call.id, at={at}, to=to, now=NOW + second * SECOND)
    call = await store.advance(
        call.id, at={CONNECTED}, to=ENDED, now=NOW + 9 * SECOND, outcome=Outcome.ANSWERED
    )

    times = (call.dialed_at, call.connected_at, call.ended_at)
    assert times == (NOW + SECOND, NOW + 2 * SECOND, NOW + 9 * SECOND)
    assert call.outcome is Outcome.ANSWERED


async def test_assurance_rises_and_never_falls(store):
    call = await live(store)
    call = await moved(store, call, ANNOUNCED, assurance=Assurance.ACKNOWLEDGED)

    call = await moved(store, call, DIALED, assurance=Assurance.FALLBACK)

    assert call.assurance is Assurance.ACKNOWLEDGED


async def test_what_a_move_does_not_name_stays(store):
    call = await live(store, 1, ANNOUNCED, DIALED)
    await store.note(call.id, "dial", NOW, outcome=Outcome.UNCONFIRMED, code="dial_unconfirmed")

    call = await store.advance(call.id, at={DIALED}, to=ENDED, now=NOW)

    assert (call.outcome, call.code) == (Outcome.UNCONFIRMED, "dial_unconfirmed")


async def test_a_note_moves_nothing_but_is_an_event_and_a_version(store):
    call = await live(store, 1, ANNOUNCED)

    noted = await store.note(call.id, "push", NOW + 1, device_id="d1", detail="accepted")

    assert (noted.state, noted.version) == (ANNOUNCED, call.version + 1)
    event = (await store.events(call.id))[-1]
    assert (event.kind, event.device_id, event.detail, event.at, event.state) == (
        "push", "d1", "accepted", NOW + 1, None,
    )  # fmt: skip


async def test_a_call_that_is_not_there_takes_no_note(store):
    assert await store.note(a_call().id, "push", NOW) is None
