"""Which of SQLite's errors mean that the store does not answer, and which are bugs of ours."""

import sqlite3

from ringproof.core.errors import DependencyDown

_BUGS = frozenset(
    {
        sqlite3.SQLITE_ERROR,
        sqlite3.SQLITE_CONSTRAINT,
        sqlite3.SQLITE_MISMATCH,
        sqlite3.SQLITE_MISUSE,
        sqlite3.SQLITE_RANGE,
    }
)
_PRIMARY = 0xFF
"""The low byte of an extended result code is the primary one (sqlite.org/rescode.html)."""


def unavailable(error: Exception) -> DependencyDown | None:
    """Name the trouble if the database is locked, full, read-only or broken; None for anything else."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    if not isinstance(error, sqlite3.Error) or code & _PRIMARY in _BUGS:
        return None
    down = DependencyDown("store", f"{error.sqlite_errorname}: {error}")
    down.__cause__ = error
    return down
