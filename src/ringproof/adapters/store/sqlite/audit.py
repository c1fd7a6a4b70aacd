"""The whole ledger, for those who verify it: every event in order, and what joins the chains."""

# ruff: noqa: S608  (SQL is put together from constants; every value is a parameter)

from collections.abc import Sequence

from ringproof.adapters.store.sqlite.database import Database
from ringproof.adapters.store.sqlite.rows import EVENT, event_of
from ringproof.adapters.store.sqlite.writer import Transaction
from ringproof.core import chain
from ringproof.core.call import CallId
from ringproof.core.time import Millis
from ringproof.ports import Audited, Checkpoint

_EVENTS = f"""
SELECT {EVENT}, events.no, calls.id FROM events JOIN calls ON calls.no = events.call
WHERE events.no > ? ORDER BY events.no LIMIT ?
"""
_LAST = "SELECT hash, event FROM checkpoints WHERE no = (SELECT max(no) FROM checkpoints)"
# SQLite takes the bare columns from the row that has the maximum (sqlite.org/lang_select.html §2.5).
# The plus keeps it from going through the index on calls, that is through all events there ever were.
_HEADS = """
SELECT calls.id, events.hash, max(events.no) FROM events JOIN calls ON calls.no = events.call
WHERE events.no > ? GROUP BY +events.call
"""


class Audit(Database):
    """What an auditor asks for."""

    async def checkpoint(self, now: Millis) -> Checkpoint | None:
        """Join the heads of all chains that have grown since the last one; None if none has."""

        def act(t: Transaction) -> Checkpoint | None:
            last = t.db.execute(_LAST).fetchone()
            before, since = last or (b"", 0)
            heads = t.db.execute(_HEADS, (since,)).fetchall()
            if not heads:
                return None
            joined = chain.checkpoint(before, [(CallId(id_), head) for id_, head, _ in heads])
            values = (now, max(head[2] for head in heads), joined)
            row = t.db.execute(
                "INSERT INTO checkpoints (at, event, hash) VALUES (?, ?, ?) RETURNING no", values
            ).fetchone()
            return Checkpoint(row[0], *values)

        return await self._write(act)

    async def checkpoints(self, after: int, limit: int) -> Sequence[Checkpoint]:
        """Return the checkpoints after number *after*, in order."""
        rows = self._reader.all(
            "SELECT no, at, event, hash FROM checkpoints WHERE no > ? ORDER BY no LIMIT ?",
            after,
            limit,
        )
        return [Checkpoint(*row) for row in rows]

    async def audit(self, after: int, limit: int) -> Sequence[Audited]:
        """Return the events after number *after*, of all calls, in the order in which they happened."""
        rows = self._reader.all(_EVENTS, after, limit)
        return [Audited(row[-2], row[-1], chain.Link(event_of(row[:-2]), row[-3])) for row in rows]
