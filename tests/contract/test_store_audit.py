"""The chain of each call, and the checkpoints that join them, verified by the core alone."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from ringproof.core.call import CallId
from ringproof.core.chain import Link, checkpoint, first_break
from ringproof.core.receipt import Evt
from ringproof.ports import Audited, Checkpoint
from tests.contract.store_kit import (
    ANNOUNCED,
    CANCELLED,
    CONNECTED,
    DIALED,
    ENDED,
    NOW,
    a_call,
    a_receipt,
    live,
    moved,
)


async def test_every_change_is_one_link_of_a_chain_that_verifies(store):
    call = await live(store, 1, ANNOUNCED)
    await store.record_receipt(a_receipt(call, Evt.DELIVERED), NOW)
    await store.note(call.id, "push", NOW, detail="accepted")
    call = await store.advance(call.id, at={ANNOUNCED}, to=DIALED, now=NOW)
    await store.bind_contact(call.id, "contact", NOW)
    await store.advance(call.id, at={DIALED}, to=ENDED, now=NOW)

    chain = await store.history(call.id)

    assert [link.event.kind for link in chain] == [
        "opened", "moved", "receipt", "push", "moved", "bound", "moved",
    ]  # fmt: skip
    assert first_break(call.id, chain) is None
    assert (await store.call(call.id)).version == len(chain)
    assert [link.event for link in chain] == await store.events(call.id)


async def test_a_chain_is_its_calls_own(store):
    one, two = await live(store, 1, ANNOUNCED), await live(store, 2, ANNOUNCED)

    assert first_break(one.id, await store.history(two.id)) == 0


async def test_the_first_link_says_what_was_asked_for(store):
    links = []
    for n, asked in enumerate([{}, {"agent_id": "bea"}, {"reason": "fraud"}]):
        call = await live(store, n, CANCELLED, **{"customer_id": "one", **asked})
        links.append((await store.history(call.id))[0])

    assert len({link.event.detail for link in links}) == 3


async def test_neither_the_match_code_nor_a_number_is_in_the_chain(store):
    call = await live(store, 1, ANNOUNCED, DIALED, CONNECTED)

    told = str(await store.history(call.id))

    assert call.dest not in told
    assert call.orig not in told


async def test_chains_of_calls_that_race_all_verify(store):
    async def life(n: int) -> CallId:
        call = await live(store, n, ANNOUNCED)
        await asyncio.gather(*(store.note(call.id, "push", NOW, detail=str(i)) for i in range(5)))
        await store.advance(call.id, at={ANNOUNCED}, to=CANCELLED, now=NOW)
        return call.id

    ids = await asyncio.gather(*(life(n) for n in range(20)))

    assert {first_break(id_, await store.history(id_)) for id_ in ids} == {None}


async def test_the_audit_is_every_event_of_every_call_in_order(store):
    for n in range(3):
        await live(store, n, ANNOUNCED)

    everything = await store.audit(0, 100)

    assert [each.number for each in everything] == sorted({each.number for each in everything})
    chains: dict[CallId, list[Link]] = {each.call_id: [] for each in everything}
    for each in everything:
        chains[each.call_id].append(each.link)
    assert chains == {a_call(n).id: await store.history(a_call(n).id) for n in range(3)}
    assert await store.audit(everything[3].number, 2) == everything[4:6]


def recomputed(audit: Sequence[Audited], checkpoints: Sequence[Checkpoint]) -> list[bytes]:
    """Compute every checkpoint again from the events alone."""
    hashes: list[bytes] = []
    before, since = b"", 0
    for each in checkpoints:
        heads = {a.call_id: a.link.hash for a in audit if since < a.number <= each.event}
        before, since = checkpoint(before, heads.items()), each.event
        hashes.append(before)
    return hashes


async def test_checkpoints_follow_from_the_events_alone(store):
    first = await live(store, 1, ANNOUNCED)
    await live(store, 2)
    one = await store.checkpoint(NOW)
    await moved(store, first, DIALED, ENDED)
    two = await store.checkpoint(NOW + 1)

    assert await store.checkpoints(0, 100) == [one, two]
    assert await store.checkpoints(one.number, 100) == [two]
    assert recomputed(await store.audit(0, 100), [one, two]) == [one.hash, two.hash]


async def test_where_nothing_has_happened_there_is_no_checkpoint(store):
    assert await store.checkpoint(NOW) is None
    await live(store)
    assert await store.checkpoint(NOW) is not None
    assert await store.checkpoint(NOW) is None


async def test_a_call_taken_out_of_the_audit_breaks_the_checkpoint(store):
    await live(store, 1)
    await live(store, 2)
    joined = await store.checkpoint(NOW)
    audit = await store.audit(0, 100)

    without = [each for each in audit if each.call_id != a_call(1).id]

    assert recomputed(without, [joined]) != [joined.hash]


async def test_an_event_that_is_altered_breaks_the_chain(store):
    call = await live(store, 1, ANNOUNCED, CANCELLED)
    chain = list(await store.history(call.id))

    chain[1] = replace(chain[1], event=replace(chain[1].event, at=NOW - 1))

    assert first_break(call.id, chain) == 1
