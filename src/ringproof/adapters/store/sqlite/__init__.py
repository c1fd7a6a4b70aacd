"""The embedded store, on SQLite."""

from ringproof.adapters.store.sqlite.store import SqliteStore

__all__ = ["SqliteStore"]
