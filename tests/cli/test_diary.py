"""A diary wakes those who wait for what comes, and remembers what has come."""

import asyncio

from ringproof.commands.diary import Diary


async def test_what_has_come_is_not_waited_for():
    diary = Diary()
    diary.note("ring", "leg")
    assert (await diary.until("ring")).about == "leg"


async def test_those_who_wait_are_woken_by_what_they_wait_for():
    diary = Diary()
    waiting = [
        asyncio.create_task(diary.until("end", "b")),
        asyncio.create_task(diary.until("end")),
    ]
    await asyncio.sleep(0)
    diary.note("end", "a", "busy")
    diary.note("end", "b", "answered")
    first, any_of_them = await asyncio.gather(*waiting)
    assert (first.detail, any_of_them.detail) == ("answered", "busy")


async def test_one_who_stops_waiting_does_not_disturb_the_others():
    diary = Diary()
    leaving, staying = (asyncio.create_task(diary.until("ring")) for _ in range(2))
    await asyncio.sleep(0)
    leaving.cancel()
    diary.note("ring")
    assert (await staying).what == "ring"


def test_an_entry_is_found_by_kind_subject_and_detail():
    diary = Diary()
    diary.note("contact", "c", "connecting")
    diary.note("contact", "c", "connected")
    found = diary.find("contact", detail="connected")
    assert found is diary.entries[1]
    assert diary.find("contact", "d") is None
