"""Handsets: enrolled with a challenge, reached by a token that is theirs alone."""

import asyncio
from dataclasses import replace

import pytest

from ringproof.core.people import Platform, PushKind, PushService
from ringproof.core.receipt import Report
from ringproof.core.time import MINUTE, SECOND
from ringproof.ports import MOST_DEVICES
from tests.contract.store_kit import JOHN, MARY, NOW, a_device, enrolled


async def test_a_device_is_found_as_it_was_enrolled(store):
    device = a_device(
        platform=Platform.ANDROID, push_service=PushService.FCM, push_kind=PushKind.VOIP,
        sandbox=True, notifications=False, app_version="1.2", last_seen_at=NOW,
    )  # fmt: skip

    await enrolled(store, device)

    assert await store.device(device.id) == device
    assert await store.device("another") is None


async def test_a_challenge_enrols_one_device(store):
    await store.add_challenge("c", JOHN.id, NOW + 1)

    assert await store.enrol(a_device("d1", "t1"), "c", NOW)
    assert not await store.enrol(a_device("d2", "t2"), "c", NOW)
    assert await store.device("d2") is None


async def test_of_fifty_devices_with_one_challenge_at_once_one_is_enrolled(store):
    await store.add_challenge("c", JOHN.id, NOW + 1)
    devices = [a_device(f"d{n}", f"t{n}") for n in range(50)]

    answers = await asyncio.gather(*(store.enrol(device, "c", NOW) for device in devices))

    assert answers.count(True) == 1
    assert len(await store.devices(JOHN.id)) == 1


async def test_another_customers_challenge_enrols_nothing_and_stays(store):
    await store.add_challenge("c", MARY.id, NOW + 1)

    assert not await store.enrol(a_device(), "c", NOW)
    assert await store.enrol(a_device(customer_id=MARY.id), "c", NOW)


async def test_an_unknown_or_expired_challenge_enrols_nothing(store):
    await store.add_challenge("c", JOHN.id, NOW)

    assert not await store.enrol(a_device(), "c", NOW)
    assert not await store.enrol(a_device(), "never given", NOW)


async def test_a_token_belongs_to_the_device_that_enrolled_it_last(store):
    await enrolled(store, a_device("d1", "t"))
    await enrolled(store, a_device("d2", "t", customer_id=MARY.id))

    assert (await store.device("d1")).push_token is None
    assert (await store.device("d2")).push_token == "t"


async def test_the_same_token_of_another_service_is_another_token(store):
    await enrolled(store, a_device("d1", "t"))
    await enrolled(store, a_device("d2", "t", push_service=PushService.FCM))

    assert (await store.device("d1")).push_token == "t"


async def test_a_token_that_is_registered_anew_leaves_its_former_device(store):
    await enrolled(store, a_device("d1", "t"))
    await enrolled(store, a_device("d2", "u"))

    await store.update_device("d2", NOW, push_token="t")

    assert (await store.device("d1")).push_token is None


async def test_a_customers_devices_come_newest_first(store):
    for n in (2, 3, 1):
        await enrolled(store, a_device(f"d{n}", f"t{n}", enrolled_at=NOW + n))
    await enrolled(store, a_device("other", "t", customer_id=MARY.id))

    assert [device.id for device in await store.devices(JOHN.id)] == ["d3", "d2", "d1"]


async def test_a_customers_oldest_device_makes_room_for_the_eleventh(store):
    await enrolled(store, a_device("hers", "t", customer_id=MARY.id))
    for n in range(MOST_DEVICES + 1):
        await enrolled(store, a_device(f"d{n}", f"t{n}", enrolled_at=NOW + n))

    kept = [device.id for device in await store.devices(JOHN.id)]
    assert kept == [f"d{n}" for n in range(MOST_DEVICES, 0, -1)]
    assert await store.device("d0") is None
    assert await store.device("hers") is not None


async def test_an_update_changes_what_is_given_and_nothing_else(store):
    device = await enrolled(store, a_device())
    later = NOW + SECOND

    changed = await store.update_device("d1", later, notifications=False, app_version="2")

    assert changed == replace(device, notifications=False, app_version="2", last_seen_at=later)
    assert await store.device("d1") == changed
    assert await store.update_device("another", later, notifications=False) is None


async def test_a_new_token_counts_as_registered_now(store):
    await enrolled(store, a_device())

    changed = await store.update_device("d1", NOW + SECOND, push_token="fresh")

    assert (changed.push_token, changed.registered_at) == ("fresh", NOW + SECOND)


async def test_a_removed_device_is_gone(store):
    await enrolled(store, a_device())

    assert await store.remove_device("d1")
    assert await store.device("d1") is None
    assert not await store.remove_device("d1")


@pytest.mark.parametrize(
    ("token", "dead_since", "dropped"),
    [("t1", NOW + 1, True), ("t1", NOW, False), ("t1", NOW - 1, False), ("old", NOW + 1, False)],
    ids=["dead", "as old as the registration", "a former life", "another token"],
)
async def test_a_token_is_dropped_if_it_is_still_that_one_and_died_later(
    store, token, dead_since, dropped
):
    await enrolled(store, a_device("d1", "t1"))

    assert await store.drop_token("d1", token, dead_since) is dropped
    assert (await store.device("d1")).push_token == (None if dropped else "t1")


async def test_a_nonce_is_taken_once_until_it_expires(store):
    assert await store.use_nonce("d1", "n", NOW, NOW + MINUTE)
    assert not await store.use_nonce("d1", "n", NOW + MINUTE - 1, NOW + 2 * MINUTE)
    assert await store.use_nonce("d1", "n", NOW + MINUTE, NOW + 2 * MINUTE)
    assert not await store.use_nonce("d1", "n", NOW + MINUTE, NOW + 2 * MINUTE)


async def test_a_nonce_is_one_devices(store):
    assert await store.use_nonce("d1", "n", NOW, NOW + MINUTE)
    assert await store.use_nonce("d2", "n", NOW, NOW + MINUTE)


async def test_of_one_nonce_fifty_times_at_once_one_is_taken(store):
    answers = await asyncio.gather(
        *(store.use_nonce("d1", "n", NOW, NOW + MINUTE) for _ in range(50))
    )

    assert answers.count(True) == 1


async def test_a_nonce_still_counts_after_many_others_came_and_went(store):
    await store.use_nonce("d1", "kept", NOW, NOW + MINUTE)
    await asyncio.gather(*(store.use_nonce("d1", f"{n}", NOW, NOW + 1) for n in range(50)))
    await asyncio.gather(*(store.use_nonce("d2", f"{n}", NOW + 2, NOW + 3) for n in range(50)))

    assert not await store.use_nonce("d1", "kept", NOW + 2, NOW + MINUTE)


async def test_a_report_is_kept_once_under_its_reference(store):
    kept = await asyncio.gather(
        *(store.add_report(Report("d1", 1, "not me"), "REF", NOW) for _ in range(20))
    )

    assert kept.count(True) == 1
