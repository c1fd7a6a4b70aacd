"""Looking calls up by whom, when and how many."""

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

    assert await store.live_calls("one") == [call]


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
