"""Waiting for news of a call."""

import asyncio
from typing import Any

import pytest

from ringproof.core.call import Call
from ringproof.core.errors import DependencyDown
from ringproof.ports import Store
from tests.contract.store_kit import ANNOUNCED, CANCELLED, NOW, a_call, a_receipt, live, moved

LONG = 60.0


def waiting(store: Store, call: Call, after: int | None = None) -> "asyncio.Task[Any]":
    version = call.version if after is None else after
    return asyncio.create_task(store.wait(call.id, version, LONG))


async def test_a_wait_ends_with_the_next_move(store):
    call = await live(store)
    wait = waiting(store, call)
    await asyncio.sleep(0)

    now = await moved(store, call, ANNOUNCED)

    assert await wait == now


async def test_a_receipt_and_a_note_are_news_too(store):
    call = await live(store)
    wait = waiting(store, call)
    await asyncio.sleep(0)
    await store.record_receipt(a_receipt(call), NOW)
    assert (await wait).version == 2

    wait = waiting(store, call, after=2)
    await asyncio.sleep(0)
    await store.note(call.id, "push", NOW)
    assert (await wait).version == 3


async def test_a_wait_for_what_has_happened_already_ends_at_once(store):
    call = await live(store)
    now = await moved(store, call, ANNOUNCED)

    assert await store.wait(call.id, call.version, LONG) == now


async def test_when_the_time_is_up_a_wait_returns_the_call_as_it_is(store):
    call = await live(store)

    assert await store.wait(call.id, call.version, 0.01) == call
    assert await store.wait(call.id, call.version, 0) == call


async def test_nobody_waits_for_a_call_that_is_not_there(store):
    assert await store.wait(a_call().id, 0, LONG) is None


async def test_everybody_who_waits_is_woken(store):
    call = await live(store)
    waits = [waiting(store, call) for _ in range(50)]
    await asyncio.sleep(0)

    now = await moved(store, call, ANNOUNCED)

    assert await asyncio.gather(*waits) == [now] * 50


async def test_a_wait_goes_on_through_news_that_it_knows(store):
    call = await live(store)
    wait = waiting(store, call, after=2)
    await asyncio.sleep(0)

    announced = await moved(store, call, ANNOUNCED)
    assert not wait.done()

    cancelled = await moved(store, announced, CANCELLED)
    assert await wait == cancelled


async def test_another_calls_news_wake_nobody(store):
    call, other = await live(store, 1), await live(store, 2)
    wait = waiting(store, call)
    await asyncio.sleep(0)

    await moved(store, other, ANNOUNCED)
    await store.check()

    assert not wait.done()
    wait.cancel()
    with pytest.raises(asyncio.CancelledError):
        await wait


async def test_a_store_that_closes_keeps_nobody_waiting(store):
    call = await live(store)
    wait = waiting(store, call)
    await asyncio.sleep(0)

    await store.aclose()

    with pytest.raises(DependencyDown):
        await wait
