"""Looking calls up, and waiting for news of one."""

# ruff: noqa: S608  (SQL is put together from constants; every value is a parameter)

import asyncio
from collections.abc import Collection, Sequence

from ringproof.adapters.store.sqlite import requests
from ringproof.adapters.store.sqlite.database import Database
from ringproof.adapters.store.sqlite.rows import CALL, EVENT, call_of, event_of, texts_value
from ringproof.core.call import Call, CallEvent, CallId
from ringproof.core.chain import Link
from ringproof.core.errors import DependencyDown
from ringproof.core.phone import E164
from ringproof.core.time import Millis
from ringproof.ports import Opened, RequestKey

_BY_ID = f"SELECT {CALL} FROM calls WHERE id = ?"
_BY_CONTACT = f"SELECT {CALL} FROM calls WHERE contact_id = ?"
# A statement for each index: SQLite takes one index for an OR only by luck.
_MINE = "customer_id = ?1"
_AT_MY_NUMBERS = "dest IN (SELECT value FROM json_each(?2))"
_LIVE, _IN_DOUBT = "ended_at IS NULL", "outcome = 'unconfirmed' AND ended_at >= ?3"
_CONCERNING = " UNION ".join(
    f"SELECT {CALL} FROM calls WHERE {who} AND {how}"
    for who in (_MINE, _AT_MY_NUMBERS)
    for how in (_LIVE, _IN_DOUBT)
)
_UNFINISHED = f"""
SELECT {CALL} FROM calls WHERE ended_at IS NULL AND requested_at < ? ORDER BY requested_at
"""
_RECENT = f"""
SELECT {CALL} FROM calls WHERE customer_id = ? ORDER BY requested_at DESC, no DESC LIMIT ?
"""
_COUNT = """
SELECT (SELECT count(*) FROM calls WHERE customer_id = ? AND requested_at >= ?),
       (SELECT count(*) FROM calls WHERE agent_id = ? AND requested_at >= ?)
"""
_EVENTS = f"""
SELECT {EVENT} FROM calls JOIN events ON events.call = calls.no WHERE calls.id = ? ORDER BY seq
"""


class CallReads(Database):
    """What is known of calls."""

    async def repeated(self, key: RequestKey) -> Opened | None:
        """Look up what `open_call` would answer to a repeat."""
        row = self._reader.one(requests.FIND, key.agent_id, key.route, key.key)
        return requests.judged(row, key)

    async def call(self, call_id: CallId) -> Call | None:
        """Find a call."""
        return self._call(call_id)

    async def call_of_contact(self, contact_id: str) -> Call | None:
        """Find the call that a contact belongs to."""
        row = self._reader.one(_BY_CONTACT, contact_id)
        return call_of(row) if row else None

    async def wait(self, call_id: CallId, after_version: int, seconds: float) -> Call | None:
        """Return the call as soon as its version is above *after_version*; None at once if there is none."""
        with self._news.of(call_id) as heard:
            call = self._call(call_id)
            try:
                async with asyncio.timeout(seconds):
                    while call and call.version <= after_version and not self._news.closed:
                        await heard.wait()
                        heard.clear()
                        call = call if self._news.closed else self._call(call_id)
            except TimeoutError:
                pass
            if self._news.closed:
                raise DependencyDown("store", "closing")
            return call

    async def concerning(
        self, customer_id: str, numbers: Collection[E164], in_doubt_since: Millis
    ) -> Sequence[Call]:
        """Return the calls that may ring, or talk to, this customer or any of these numbers."""
        asked = (customer_id, texts_value(tuple(numbers)), in_doubt_since)
        return [call_of(row) for row in self._reader.all(_CONCERNING, *asked)]

    async def unfinished(self, requested_before: Millis) -> Sequence[Call]:
        """Return every call in no end state that was requested before then, oldest first."""
        return [call_of(row) for row in self._reader.all(_UNFINISHED, requested_before)]

    async def count_calls(
        self, *, customer_id: str, agent_id: str, since: tuple[Millis, Millis]
    ) -> tuple[int, int]:
        """Count the calls requested to the customer and by the agent, each since its own instant."""
        row = self._reader.one(_COUNT, customer_id, since[0], agent_id, since[1])
        return (row[0], row[1]) if row else (0, 0)

    async def recent_calls(self, customer_id: str, limit: int) -> Sequence[Call]:
        """Return the customer's last calls, newest first."""
        return [call_of(row) for row in self._reader.all(_RECENT, customer_id, limit)]

    async def events(self, call_id: CallId) -> Sequence[CallEvent]:
        """Return what happened to a call, in order."""
        return [event_of(row) for row in self._reader.all(_EVENTS, call_id)]

    async def history(self, call_id: CallId) -> Sequence[Link]:
        """Return a call's chain from its first event."""
        return [Link(event_of(row), row[-1]) for row in self._reader.all(_EVENTS, call_id)]

    def _call(self, call_id: CallId) -> Call | None:
        row = self._reader.one(_BY_ID, call_id)
        return call_of(row) if row else None
