"""The one reader: a held, read-only connection, asked inline on the event loop (4 µs a row)."""

import sqlite3
from typing import Any

from ringproof.adapters.store.sqlite.faults import unavailable
from ringproof.core.errors import DependencyDown

Row = tuple[Any, ...]


class Reader:
    """Sees what is committed and nothing else. A cursor never outlives its method: it would hold the WAL."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db: sqlite3.Connection | None = db

    def one(self, sql: str, *parameters: object) -> Row | None:
        """Return the first row, or None."""
        try:
            row: Row | None = self._open().execute(sql, parameters).fetchone()
        except sqlite3.Error as error:
            raise unavailable(error) or error from None
        return row

    def all(self, sql: str, *parameters: object) -> list[Row]:
        """Return every row; let the SQL have a limit."""
        try:
            return self._open().execute(sql, parameters).fetchall()
        except sqlite3.Error as error:
            raise unavailable(error) or error from None

    def close(self) -> None:
        """Let go."""
        if self._db is not None:
            self._db.close()
            self._db = None

    def _open(self) -> sqlite3.Connection:
        if self._db is None:
            raise DependencyDown("store", "closed")
        return self._db
