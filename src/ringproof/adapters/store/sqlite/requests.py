"""Requests by their key, so that a repeat gets the call that the first one made."""

# ruff: noqa: S608  (SQL is put together from constants; every value is a parameter)

import sqlite3

from ringproof.adapters.store.sqlite.rows import CALL, Row, call_of
from ringproof.core.time import DAY, Millis
from ringproof.ports import Opened, OpenVerdict, RequestKey

KEPT: Millis = DAY
"""A key counts for at least this long; it goes when later requests come."""

_PURGED_AT_ONCE = 4

FIND = f"""
SELECT digest, {CALL} FROM requests JOIN calls ON calls.no = requests.call
WHERE requests.agent_id = ? AND requests.route = ? AND requests.key = ?
"""
_PURGE = """
DELETE FROM requests WHERE rowid IN (SELECT rowid FROM requests WHERE at <= ? ORDER BY at LIMIT ?)
"""


def answered(db: sqlite3.Connection, key: RequestKey) -> Opened | None:
    """Return what a repeat gets, or None for a new key."""
    return judged(db.execute(FIND, (key.agent_id, key.route, key.key)).fetchone(), key)


def judged(row: Row | None, key: RequestKey) -> Opened | None:
    """Tell a repeat from another request under the same key."""
    if row is None:
        return None
    if row[0] != key.digest:
        return Opened(OpenVerdict.MISMATCH)
    return Opened(OpenVerdict.REPEATED, call_of(row[1:]))


def remember(db: sqlite3.Connection, key: RequestKey, call: int, now: Millis) -> None:
    """Keep a key, and forget a few old ones."""
    db.execute(_PURGE, (now - KEPT, _PURGED_AT_ONCE))
    db.execute(
        "INSERT INTO requests VALUES (?, ?, ?, ?, ?, ?)",
        (key.agent_id, key.route, key.key, key.digest, call, now),
    )
