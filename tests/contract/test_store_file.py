"""Who may open the database, and what is in it afterwards."""

import asyncio
import os
import signal
import sqlite3
import sys
from pathlib import Path

import pytest

from ringproof.adapters.store.sqlite import SqliteStore
from ringproof.core.call import CallId
from ringproof.core.chain import first_break
from ringproof.core.errors import DependencyDown
from ringproof.core.receipt import Report
from ringproof.core.time import DAY
from tests.contract.store_kit import ANNOUNCED, NOW, a_call, a_device, a_key, enrolled, live


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "store.sqlite"


@pytest.fixture
async def store(path):
    opened_ = await SqliteStore.open(path, busy=0)
    yield opened_
    await opened_.aclose()


async def test_what_was_stored_is_there_when_the_file_is_opened_again(path, store):
    call = await live(store, 1, ANNOUNCED)
    await store.aclose()

    again = await SqliteStore.open(path)

    assert await again.call(call.id) == call
    await again.aclose()


async def test_a_second_process_is_kept_out_and_told_by_whom(path, store):
    with pytest.raises(DependencyDown) as refused:
        await SqliteStore.open(path)

    assert f"in use by process {os.getpid()}" in refused.value.detail


async def test_after_closing_another_may_open(path, store):
    await store.aclose()

    await (await SqliteStore.open(path)).aclose()


async def test_no_other_user_can_read_the_database(path, store):
    await live(store)

    modes = {each.name: each.stat().st_mode & 0o777 for each in path.parent.iterdir()}

    assert set(modes) == {f"store.sqlite{end}" for end in ("", "-wal", "-shm", ".lock")}
    assert set(modes.values()) == {0o600}


async def test_a_database_of_a_newer_ringproof_is_refused_and_not_touched(path, store):
    await store.aclose()
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 999")
    db.close()

    with pytest.raises(DependencyDown) as refused:
        await SqliteStore.open(path)

    assert "schema 999" in refused.value.detail


async def test_a_file_that_is_no_database_is_refused(path):
    path.parent.mkdir()
    path.write_bytes(b"Dear Sir or Madam, " * 100)

    with pytest.raises(DependencyDown) as refused:
        await SqliteStore.open(path)

    assert "SQLITE_NOTADB" in refused.value.detail


async def test_a_temporary_database_is_gone_when_it_is_closed():
    store = await SqliteStore.open(None)
    (folder,) = {Path(row[2]).parent for row in store._reader.all("PRAGMA database_list")}
    await live(store)

    await store.aclose()

    assert not folder.exists()


async def test_a_killed_process_loses_nothing_that_it_was_told_is_stored(path):
    victim = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.contract.store_victim", path,
        cwd=Path(__file__).parents[2], stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert victim.stdout
    lines = [await victim.stdout.readline() for _ in range(40)]
    victim.send_signal(signal.SIGKILL)
    lines += (await victim.stdout.read()).splitlines(keepends=True)
    await victim.wait()

    store = await SqliteStore.open(path)
    for line in lines:
        if not line.endswith(b"\n"):  # cut off: it was not told
            continue
        call_id, version = line.decode().split()
        chain = await store.history(CallId(call_id))
        assert len(chain) >= int(version)
        assert first_break(CallId(call_id), chain) is None
    await store.aclose()


async def test_a_damaged_page_is_down_for_who_reads_it_and_for_nobody_else(path, store):
    call = await live(store)
    row = store._reader.one("SELECT rootpage FROM sqlite_schema WHERE name LIKE '%index_photos%'")
    (size,) = store._reader.one("PRAGMA page_size")
    await store.aclose()
    with path.open("r+b") as file:
        file.seek((row[0] - 1) * size)
        file.write(b"!" * size)

    damaged = await SqliteStore.open(path)

    with pytest.raises(DependencyDown) as refused:
        await damaged.photo("00")
    assert "SQLITE_CORRUPT" in refused.value.detail
    assert await damaged.call(call.id) == call
    await damaged.aclose()


async def test_who_looked_at_whom_and_who_threw_the_switch_is_kept(store):
    await store.record_look_up("ada", "C-1001", NOW)
    await store.set_killed(killed=True, by="boss", now=NOW)

    assert store._reader.all("SELECT agent_id, customer_id, at FROM look_ups") == [
        ("ada", "C-1001", NOW)
    ]
    assert store._reader.all("SELECT by, what, is_on, at FROM posture_changes") == [
        ("boss", "killed", 1, NOW)
    ]


async def test_a_report_is_kept_word_for_word_under_its_reference(store):
    assert await store.add_report(Report("d1", 7, "it was not me", "j1"), "REF", NOW)

    assert store._reader.all("SELECT reference, what, jti, iat, at FROM reports") == [
        ("REF", "it was not me", "j1", 7, NOW)
    ]


async def test_what_has_expired_goes_as_new_comes(store):
    for n in range(20):
        await store.use_nonce("d1", f"old {n}", NOW, NOW + 1)
        await store.add_challenge(f"old {n}", "C-1001", NOW + 1)
    for n in range(20):
        await store.use_nonce("d1", f"new {n}", NOW + 1, NOW + 2)
        await enrolled(store, a_device(f"d{n}", f"t{n}"), NOW + 1)

    assert store._reader.one("SELECT count(*) FROM nonces") == (20,)
    assert store._reader.one("SELECT count(*) FROM challenges") == (0,)


async def test_a_request_key_is_kept_for_a_day_and_goes_with_later_ones(store):
    await store.open_call(a_call(1), [], a_key("first"))
    await store.open_call(a_call(2, requested_at=NOW + DAY - 1), [], a_key("second"))
    assert await store.repeated(a_key("first")) is not None

    await store.open_call(a_call(3, requested_at=NOW + DAY), [], a_key("third"))

    assert await store.repeated(a_key("first")) is None
    assert await store.repeated(a_key("second")) is not None
