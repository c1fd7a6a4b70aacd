"""Looking calls up by whom, when and how many."""

from ringproof.core.call import CallState, Outcome
from ringproof.core.phone import E164
from ringproof.core.time import SECOND
from tests.contract.store_kit import (
    ANNOUNCED,
    CANCELLED,
    DIALED,
    ENDED,
    NOW,
    a_call,
    live,
    moved,
    opened,
)


async def test_live_calls_are_the_customers_that_have_not_ended(store):
    await live(store, 1, ANNOUNCED, CANCELLED, customer_id="one")
    call = await live(store, 2, ANNOUNCED, DIALED, customer_id="one")
    await live(store, 3)

    assert await store.concerning("one", (), NOW) == [call]


async def test_a_call_to_my_number_concerns_me_whoever_it_is_for(store):
    theirs = await live(store, 4, ANNOUNCED, DIALED, customer_id="somebody else")
    await live(store, 5, ANNOUNCED)

    assert await store.concerning("me", [theirs.dest, "+441632960000"], NOW) == [theirs]


async def test_a_call_that_ended_in_doubt_concerns_its_customer_for_a_while(store):
    call = await live(store, 6, ANNOUNCED, DIALED, customer_id="one")
    ended = await store.advance(
        call.id, at={DIALED}, to=ENDED, now=NOW, outcome=Outcome.UNCONFIRMED
    )

    assert await store.concerning("one", (), NOW) == [ended]
    assert await store.concerning("other", [call.dest], NOW) == [ended]
    assert await store.concerning("one", (), NOW + 1) == []


async def test_an_end_notice_is_owed_to_each_device_until_it_is_settled(store):
    call = a_call(8)
    await opened(store, call, "j1", "j2")
    await store.advance(call.id, at={CallState.REQUESTED}, to=CANCELLED, now=NOW)
    await store.end_noticed(call.id, "d1", "accepted", NOW, settled=True)
    await store.end_noticed(call.id, "d2", "unavailable", NOW, settled=False)

    assert await store.end_notices_owed((NOW, NOW), 9) == [(call.id, "d2")]
    assert await store.end_notices_owed((NOW + 1, NOW + 2), 9) == []


async def test_an_unmatched_contact_counts_until_it_ends_or_finds_its_call(store):
    number = E164("+447700900001")
    await store.add_unmatched("c1", number, NOW)
    assert await store.unmatched([number], NOW)
    assert not await store.unmatched([number], NOW + 1)
    assert not await store.unmatched([E164("+447700900002")], NOW)

    await store.end_unmatched("c1")
    assert not await store.unmatched([number], NOW)


async def test_an_unmatched_contact_without_a_number_may_be_anybodys(store):
    await store.add_unmatched("c1", None, NOW)
    assert await store.unmatched([E164("+447700900002")], NOW)

    call = await live(store, 9, ANNOUNCED, DIALED)
    await store.bind_contact(call.id, "c1", NOW)
    assert not await store.unmatched([E164("+447700900002")], NOW)


async def test_unfinished_calls_come_oldest_first_and_only_if_old_enough(store):
    calls = [await live(store, n, requested_at=NOW - n * SECOND) for n in (0, 5, 9)]
    young, old, older = calls
    await live(store, 7, CANCELLED, requested_at=NOW - 7 * SECOND)

    assert await store.unfinished(NOW) == [older, old]
    assert await store.unfinished(NOW + 1) == [older, old, young]


async def test_calls_to_the_customer_and_by_the_agent_are_counted_each_since_its_instant(store):
    for n in range(4):
        await live(store, n, CANCELLED, customer_id="one", requested_at=NOW + n)
    await live(store, 8, customer_id="two", requested_at=NOW)
    await live(store, 9, agent_id="bea", requested_at=NOW)

    counted = await store.count_calls(customer_id="one", agent_id="ada", since=(NOW + 2, NOW))

    assert counted == (2, 5)


async def test_recent_calls_come_newest_first_and_no_more_than_asked_for(store):
    calls = [
        await live(store, n, CANCELLED, customer_id="one", requested_at=NOW + n) for n in range(4)
    ]

    assert await store.recent_calls("one", 3) == calls[:0:-1]


async def test_calls_requested_in_one_millisecond_are_still_in_order(store):
    calls = [await live(store, n, CANCELLED, customer_id="one") for n in range(3)]

    assert await store.recent_calls("one", 9) == calls[::-1]


async def test_events_tell_the_states_of_a_call_and_when(store):
    await opened(store, a_call())
    await moved(store, a_call(), ANNOUNCED, DIALED, ENDED)

    told = [(event.state, event.at) for event in await store.events(a_call().id)]

    assert told == [(a_call().state, NOW), (ANNOUNCED, NOW), (DIALED, NOW), (ENDED, NOW)]


async def test_a_call_that_is_not_there_has_no_events_receipts_or_chain(store):
    unknown = a_call().id

    assert await store.events(unknown) == []
    assert await store.receipts(unknown) == []
    assert await store.history(unknown) == []
    assert await store.announced_to(unknown) == []
