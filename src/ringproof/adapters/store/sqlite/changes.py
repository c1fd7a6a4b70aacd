"""Writing one change to a call: the row and the event, bound to what went before, in one transaction."""

# ruff: noqa: S608  (SQL is put together from constants; every value is a parameter)

from dataclasses import dataclass

from ringproof.adapters.store.ledger import Change
from ringproof.adapters.store.sqlite.rows import CALL, call_of, call_values, marks, names
from ringproof.adapters.store.sqlite.writer import Transaction
from ringproof.core.call import Call, CallEvent, CallId
from ringproof.core.chain import genesis, link

_FIND = f"SELECT {CALL}, calls.no, calls.head FROM calls"
_INSERT = (
    f"INSERT OR IGNORE INTO calls ({names(CALL)}, head) VALUES ({marks(CALL)}, ?) RETURNING no"
)
_SET = """state = ?, assurance = ?, version = ?, outcome = ?, code = ?, dialed_at = ?,
    connected_at = ?, head = ?"""
_UPDATE = f"UPDATE calls SET {_SET} WHERE no = ?"
# SQLite writes the indexes of every column that is named, so contact and end are named where they change.
# OR IGNORE: only the index on contacts can object here, and then no row comes back.
_UPDATE_INDEXED = f"""
UPDATE OR IGNORE calls SET {_SET}, contact_id = ?, ended_at = ? WHERE no = ? RETURNING no
"""
_APPEND = """
INSERT INTO events (call, seq, at, kind, state, device_id, detail, hash)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""


@dataclass(frozen=True, slots=True)
class Held:
    """A call as a transaction sees it, with its row number and the hash of its last event."""

    call: Call
    no: int
    head: bytes


def hold(t: Transaction, where: str, *parameters: object) -> Held | None:
    """Find one call; *where* is ours, its *parameters* are the caller's."""
    row = t.db.execute(f"{_FIND} {where}", parameters).fetchone()
    return Held(call_of(row[:-2]), row[-2], row[-1]) if row else None


def hold_by_id(t: Transaction, call_id: CallId) -> Held | None:
    """Find one call by its id."""
    return hold(t, "WHERE id = ?", call_id)


def insert(t: Transaction, begun: Change) -> int | None:
    """Store a new call with its first event and return its row number; None if an index objects."""
    head = link(genesis(begun.call.id), begun.event)
    row = t.db.execute(_INSERT, (*call_values(begun.call), head)).fetchone()
    if row is None:
        return None
    _append(t, row[0], begun, head)
    return int(row[0])


def write(t: Transaction, held: Held, change: Change) -> Call | None:
    """Store a changed call and append the event; None, and no change, if its contact is another call's."""
    head = link(held.head, change.event)
    if not _update(t, held, change.call, head):
        return None
    _append(t, held.no, change, head)
    return change.call


def _update(t: Transaction, held: Held, call: Call, head: bytes) -> bool:
    values = (
        call.state, call.assurance, call.version, call.outcome, call.code, call.dialed_at,
        call.connected_at, head,
    )  # fmt: skip
    indexed = (call.contact_id, call.ended_at)
    if indexed == (held.call.contact_id, held.call.ended_at):
        t.db.execute(_UPDATE, (*values, held.no))
        return True
    return t.db.execute(_UPDATE_INDEXED, (*values, *indexed, held.no)).fetchone() is not None


def _append(t: Transaction, no: int, change: Change, head: bytes) -> None:
    t.db.execute(_APPEND, (no, *_values(change.event), head))
    t.changed.append(change.call.id)


def _values(event: CallEvent) -> tuple[object, ...]:
    return (event.seq, event.at, event.kind, event.state, event.device_id, event.detail)
