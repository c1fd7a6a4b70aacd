"""The deployment's own state."""

import hashlib
from dataclasses import replace

import pytest

from ringproof.core.errors import DependencyDown
from ringproof.ports import ApiKey, Posture
from tests.contract.store_kit import NOW, live


def an_api_key(id_: str = "k1", secret: bytes = b"secret") -> ApiKey:
    hash_ = hashlib.sha256(secret).digest()
    return ApiKey(id_, hash_, frozenset({"admin", "metrics"}), ("10.0.0.0/8",), NOW)


async def test_at_first_nothing_is_covered_heard_or_killed(store):
    assert await store.posture() == Posture(covered=False, feed_at=None, killed=False)


async def test_the_posture_is_what_was_last_set(store):
    await store.set_covered(covered=True, by="audit", now=NOW)
    await store.set_killed(killed=True, by="boss", now=NOW)
    await store.heard_feed(NOW)
    assert await store.posture() == Posture(covered=True, feed_at=NOW, killed=True)

    await store.set_covered(covered=False, by="audit", now=NOW)
    await store.set_killed(killed=False, by="boss", now=NOW)
    assert await store.posture() == Posture(covered=False, feed_at=NOW, killed=False)


async def test_an_older_word_of_the_feed_does_not_make_it_older(store):
    await store.heard_feed(NOW)
    await store.heard_feed(NOW - 1)

    assert (await store.posture()).feed_at == NOW


async def test_an_api_key_is_found_by_its_hash_until_it_is_removed(store):
    key = an_api_key()
    await store.add_api_key(key)
    await store.add_api_key(an_api_key("k2", b"another"))

    assert await store.api_key(key.hash) == key
    assert await store.remove_api_key("k1")
    assert await store.api_key(key.hash) is None
    assert not await store.remove_api_key("k1")
    assert await store.api_key(hashlib.sha256(b"another").digest()) is not None


async def test_api_keys_are_listed_oldest_first(store):
    older, newer = an_api_key("k2", b"2"), replace(an_api_key("k1", b"1"), created_at=NOW + 1)
    for key in (newer, older):
        await store.add_api_key(key)

    assert await store.api_keys() == [older, newer]


async def test_a_store_that_is_well_says_so(store):
    await store.check()


async def test_what_was_begun_is_finished_on_closing_and_nothing_after(store):
    call = await live(store)
    await store.aclose()
    await store.aclose()

    with pytest.raises(DependencyDown):
        await store.note(call.id, "late", NOW)
    with pytest.raises(DependencyDown):
        await store.call(call.id)
