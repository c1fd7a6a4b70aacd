"""Receipts: counted once, believed only from the device that was told."""

import asyncio

import pytest

from ringproof.core.call import Assurance
from ringproof.core.receipt import Evt
from ringproof.core.time import SECOND
from ringproof.ports import ReceiptSeen, ReceiptVerdict
from tests.contract.store_kit import (
    ANNOUNCED,
    CANCELLED,
    NOW,
    a_call,
    a_device,
    a_receipt,
    enrolled,
    live,
    opened,
)


@pytest.fixture
async def call(store):
    await opened(store, a_call(), "j1", "j2")
    return a_call()


async def test_a_receipt_counts_once_per_event(store, call):
    verdicts = [
        await store.record_receipt(a_receipt(call, evt), NOW)
        for evt in (Evt.DELIVERED, Evt.DELIVERED, Evt.OPENED)
    ]

    first, repeated = ReceiptVerdict.FIRST, ReceiptVerdict.REPEATED
    assert verdicts == [first, repeated, first]


async def test_a_receipt_sent_fifty_times_at_once_counts_once(store, call):
    verdicts = await asyncio.gather(
        *(store.record_receipt(a_receipt(call), NOW) for _ in range(50))
    )

    assert verdicts.count(ReceiptVerdict.FIRST) == 1
    assert len(await store.receipts(call.id)) == 1
    assert (await store.call(call.id)).version == 2


@pytest.mark.parametrize(
    "other", [{"jti": "j2"}, {"jti": "x"}, {"dev": "d2"}, {"dev": "x"}, {"cid": a_call(2).id}]
)
async def test_a_receipt_for_what_was_not_issued_to_that_device_is_unknown(store, call, other):
    await opened(store, a_call(2), "other")

    verdict = await store.record_receipt(a_receipt(call, **other), NOW)

    assert verdict is ReceiptVerdict.UNKNOWN
    assert await store.call(call.id) == call
    assert await store.receipts(call.id) == []


@pytest.mark.parametrize("evt", list(Evt))
async def test_an_acknowledging_receipt_raises_the_assurance_and_no_other(store, call, evt):
    await store.record_receipt(a_receipt(call, evt), NOW)

    raised = Assurance.ACKNOWLEDGED if evt.acknowledges else Assurance.NONE
    assert (await store.call(call.id)).assurance is raised


async def test_a_receipt_after_the_end_is_kept_and_raises_nothing(store):
    call = await live(store, 1, ANNOUNCED, CANCELLED)

    verdict = await store.record_receipt(a_receipt(call), NOW)

    assert verdict is ReceiptVerdict.FIRST
    assert (await store.call(call.id)).assurance is call.assurance


async def test_receipts_stand_in_the_order_of_arrival(store, call):
    later = a_receipt(call, Evt.DELIVERED, dev="d2", jti="j2")
    await store.record_receipt(a_receipt(call, Evt.DECLINED, code="busy"), NOW)
    await store.record_receipt(later, NOW + SECOND)

    assert await store.receipts(call.id) == [
        ReceiptSeen("d1", "declined", NOW, "busy"),
        ReceiptSeen("d2", "delivered", NOW + SECOND, None),
    ]


async def test_a_receipt_is_an_event_of_its_device(store, call):
    await store.record_receipt(a_receipt(call, Evt.OPENED), NOW)

    event = (await store.events(call.id))[-1]
    assert (event.kind, event.device_id, event.detail) == ("receipt", "d1", "opened")


async def test_a_device_that_sends_a_receipt_was_seen(store, call):
    await enrolled(store, a_device("d1"))

    await store.record_receipt(a_receipt(call), NOW + SECOND)

    assert (await store.device("d1")).last_seen_at == NOW + SECOND
