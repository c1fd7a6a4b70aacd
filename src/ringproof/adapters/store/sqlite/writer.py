"""The one writer: a thread that commits what is waiting in groups, and then tells who waits for it."""

import asyncio
import contextlib
import queue
import sqlite3
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from ringproof.adapters.store.sqlite.faults import unavailable
from ringproof.core.call import CallId
from ringproof.core.errors import DependencyDown

_T = TypeVar("_T")

_LARGEST_GROUP = 256


@dataclass(slots=True)
class Transaction:
    """What an act writes with; *changed* are the calls whose onlookers are told after the COMMIT."""

    db: sqlite3.Connection
    changed: list[CallId] = field(default_factory=list)


Act = Callable[[Transaction], _T]
"""Something to do in one transaction. It may run twice, so it must do nothing but write."""


@dataclass(slots=True)
class _Result:
    value: Any = None
    error: Exception | None = None
    changed: Sequence[CallId] = ()


@dataclass(frozen=True, slots=True)
class _Item:
    act: Act[Any]
    done: "asyncio.Future[Any]"


class Writer:
    """
    The only one to write. Belongs to the event loop that it was made on.

    *tell* is called on that loop with the calls that a committed group has changed.
    """

    def __init__(self, db: sqlite3.Connection, tell: Callable[[Iterable[CallId]], None]) -> None:
        self._db = db
        self._tell = tell
        self._loop = asyncio.get_running_loop()
        self._queue: queue.SimpleQueue[_Item | None] = queue.SimpleQueue()
        self._ended: asyncio.Future[None] | None = None
        threading.Thread(target=self._work, name="store-writer", daemon=True).start()

    async def run(self, act: Act[_T]) -> _T:
        """
        Do *act* and return its result once that is on the disk.

        An act that raises is undone, alone. DependencyDown when the database cannot be written.
        Whoever stops waiting changes nothing: what is begun is finished.
        """
        if self._ended:
            raise DependencyDown("store", "closed")
        item = _Item(act, self._loop.create_future())
        self._queue.put(item)
        result: _T = await item.done
        return result

    async def aclose(self) -> None:
        """Finish everything that was handed over, then stop; the connection is not ours to close."""
        if self._ended is None:
            self._ended = self._loop.create_future()
            self._queue.put(None)
        await asyncio.shield(self._ended)

    def _work(self) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is gone, and nobody is left to tell
            while group := self._next_group():
                results = commit_together(self._db, [item.act for item in group])
                self._loop.call_soon_threadsafe(self._hand_out, group, results)
            self._loop.call_soon_threadsafe(self._end)

    def _next_group(self) -> list[_Item]:
        item = self._queue.get()
        group: list[_Item] = []
        while item is not None:
            group.append(item)
            if len(group) == _LARGEST_GROUP:
                return group
            try:
                item = self._queue.get_nowait()
            except queue.Empty:
                return group
        if group:
            self._queue.put(None)  # first what was begun, then the end
        return group

    def _hand_out(self, group: Sequence[_Item], results: Sequence[_Result]) -> None:
        for item, result in zip(group, results, strict=True):
            self._tell(result.changed)
            if item.done.cancelled():
                continue
            if result.error is None:
                item.done.set_result(result.value)
            else:
                item.done.set_exception(unavailable(result.error) or result.error)

    def _end(self) -> None:
        if self._ended is not None:
            self._ended.set_result(None)


def commit_together(db: sqlite3.Connection, acts: Sequence[Act[Any]]) -> list[_Result]:
    """
    Do *acts* in one durable transaction, each within a savepoint.

    Where the whole fails (SQLite may roll it back when a disk is full), each is tried on its own, so
    that exactly those fail which cannot be done.
    """
    try:
        db.execute("BEGIN IMMEDIATE")
    except sqlite3.Error as error:
        return [_Result(error=error) for _ in acts]
    try:
        results = [_attempt(db, act) for act in acts]
        db.execute("COMMIT")
    except Exception as error:  # noqa: BLE001  (a thread that dies would leave everybody waiting)
        if db.in_transaction:
            with contextlib.suppress(sqlite3.Error):  # it may have rolled back by itself
                db.execute("ROLLBACK")
        if len(acts) == 1:
            return [_Result(error=error)]
        return [commit_together(db, [act])[0] for act in acts]
    return results


def _attempt(db: sqlite3.Connection, act: Act[Any]) -> _Result:
    transaction = Transaction(db)
    db.execute("SAVEPOINT act")
    try:
        value = act(transaction)
    except Exception as error:
        if not db.in_transaction:
            raise
        db.execute("ROLLBACK TO act")
        db.execute("RELEASE act")
        return _Result(error=error)
    db.execute("RELEASE act")
    return _Result(value, changed=transaction.changed)
