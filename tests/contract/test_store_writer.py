"""What becomes of what is being written when something goes wrong."""

import asyncio
import sqlite3
from typing import Any

import pytest

from ringproof.adapters.store.sqlite import SqliteStore
from ringproof.core.chain import first_break
from ringproof.core.errors import DependencyDown
from tests.contract.store_kit import ANNOUNCED, CANCELLED, DIALED, NOW, a_call, live, moved, opened


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "store.sqlite"


@pytest.fixture
async def store(path):
    opened_ = await SqliteStore.open(path, busy=0)
    yield opened_
    await opened_.aclose()


def pragma(store: SqliteStore, text: str) -> Any:
    """Set up the writer's connection, while nothing is being written."""
    return store._writer._db.execute(f"PRAGMA {text}").fetchone()


async def test_a_database_that_another_program_holds_is_down_for_writing_and_recovers(path, store):
    call = await live(store)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(DependencyDown) as refused:
        await moved(store, call, ANNOUNCED)
    with pytest.raises(DependencyDown):
        await store.check()
    assert "SQLITE_BUSY" in refused.value.detail
    assert await store.call(call.id) == call

    other.execute("ROLLBACK")
    other.close()
    assert (await moved(store, call, ANNOUNCED)).state is ANNOUNCED


async def test_each_commit_is_on_the_disk_before_it_is_told(store):
    assert pragma(store, "journal_mode") == ("wal",)
    assert pragma(store, "synchronous") == (2,)  # FULL: the WAL is synced after each transaction


async def test_a_full_disk_stops_what_needs_room_and_nothing_else(store):
    call = await live(store)
    (pages,) = pragma(store, "page_count")
    pragma(store, f"max_page_count = {pages}")

    long: Any
    short: Any
    long, short = await asyncio.gather(
        store.note(call.id, "push", NOW, detail="x" * 100_000),
        store.note(call.id, "push", NOW, detail="x"),
        return_exceptions=True,
    )

    assert isinstance(long, DependencyDown)
    assert "SQLITE_FULL" in long.detail
    assert short == await store.call(call.id)
    assert first_break(call.id, await store.history(call.id)) is None

    pragma(store, "max_page_count = 1000000")
    noted = await store.note(call.id, "push", NOW, detail="x" * 100_000)
    assert noted.version == short.version + 1


async def test_a_read_only_database_is_down_for_writing_and_recovers(store):
    call = await live(store)
    pragma(store, "query_only = ON")

    with pytest.raises(DependencyDown) as refused:
        await store.check()
    assert "SQLITE_READONLY" in refused.value.detail
    assert await store.call(call.id) == call

    pragma(store, "query_only = OFF")
    await store.check()


async def test_an_act_that_fails_is_undone_alone(store):
    def half(t):
        t.db.execute("UPDATE posture SET covered = 1")
        raise KeyError("a bug")

    first: Any
    failed: Any
    last: Any
    first, failed, last = await asyncio.gather(
        opened(store, a_call(1)),
        store._writer.run(half),
        opened(store, a_call(2)),
        return_exceptions=True,
    )

    assert isinstance(failed, KeyError)
    assert [first.call, last.call] == [a_call(1), a_call(2)]
    assert not (await store.posture()).covered


async def test_nothing_is_seen_before_it_is_committed(store):
    loop = asyncio.get_running_loop()

    def write_and_look(t):
        t.db.execute("UPDATE posture SET covered = 1")
        return asyncio.run_coroutine_threadsafe(store.posture(), loop).result(timeout=30)

    seen = await store._writer.run(write_and_look)

    assert not seen.covered
    assert (await store.posture()).covered


async def test_whoever_stops_waiting_changes_nothing(store):
    call = await live(store, 1, ANNOUNCED)

    dialing = asyncio.create_task(store.advance(call.id, at={ANNOUNCED}, to=DIALED, now=NOW))
    await asyncio.sleep(0)
    dialing.cancel()
    await store.check()

    assert (await store.call(call.id)).state is DIALED


async def test_closing_finishes_what_was_handed_over(path, store):
    writes = [asyncio.create_task(live(store, n)) for n in range(50)]
    await asyncio.sleep(0)

    await store.aclose()
    stored = await asyncio.gather(*writes)

    again = await SqliteStore.open(path)
    assert [await again.call(each.id) for each in stored] == stored
    await again.aclose()


async def test_waiting_leaves_nothing_behind(store):
    call = await live(store)
    waits = [asyncio.create_task(store.wait(call.id, 1, 60)) for _ in range(3)]
    await asyncio.sleep(0)
    assert len(store._news) == 1

    waits[0].cancel()
    await moved(store, call, CANCELLED)
    await asyncio.gather(*waits, return_exceptions=True)

    assert len(store._news) == 0
