"""Opening the database: who may, with which settings, at which version of the schema."""

import fcntl
import os
import sqlite3
from importlib import resources
from pathlib import Path

from ringproof.core.errors import DependencyDown
from ringproof.core.time import SECOND, Millis

_MMAP_BYTES = 1 << 31
_WAL_KEPT_BYTES = 64 << 20
_PAGE_CACHE_KIB = 32 << 10
_STATEMENTS = 256


def lock(path: Path) -> int:
    """
    Keep other processes out as long as the returned descriptor is open; DependencyDown if one is in.

    The lock is on a file of its own: closing any descriptor of the database itself would drop the
    locks that SQLite holds on it (sqlite.org/howtocorrupt.html §2.2).
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    held = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.read(held, 20).decode("ascii", "replace").strip()
        os.close(held)
        raise DependencyDown(
            "store", f"{path} is in use by process {holder or '(unknown)'}. Stop it first."
        ) from error
    os.truncate(held, 0)
    os.write(held, f"{os.getpid()}\n".encode())
    return held


def open_writer(path: Path, busy: Millis) -> sqlite3.Connection:
    """Open the one connection that writes; each COMMIT is on the disk when it returns."""
    # SQLite gives the WAL the database's own mode, so this keeps all of it from other users.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    db = sqlite3.connect(
        path,
        timeout=busy / SECOND,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=_STATEMENTS,
    )
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute(f"PRAGMA journal_size_limit = {_WAL_KEPT_BYTES}")
    db.execute(f"PRAGMA cache_size = -{_PAGE_CACHE_KIB}")
    db.execute(f"PRAGMA mmap_size = {_MMAP_BYTES}")
    return db


def open_reader(path: Path) -> sqlite3.Connection:
    """
    Open the connection that reads.

    A connection of its own, because one on the writer's would see what may still be rolled back.
    """
    db = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro",
        uri=True,
        isolation_level=None,
        cached_statements=_STATEMENTS,
    )
    db.execute("PRAGMA query_only = ON")
    # SQLite maps 2 GiB at most; of a larger file the upper pages of each index must be in its cache.
    db.execute(f"PRAGMA cache_size = -{_PAGE_CACHE_KIB}")
    db.execute(f"PRAGMA mmap_size = {_MMAP_BYTES}")
    return db


def migrate(db: sqlite3.Connection) -> None:
    """Bring the schema up to date, a numbered file at a time; DependencyDown if it is of a newer code."""
    at = int(db.execute("PRAGMA user_version").fetchone()[0])
    scripts = _migrations()
    if at > len(scripts):
        raise DependencyDown(
            "store",
            f"The database has schema {at}, and this ringproof knows {len(scripts)} at most. "
            "Start the newer ringproof that wrote it.",
        )
    for number, script in enumerate(scripts[at:], start=at + 1):
        _apply(db, number, script)


def _migrations() -> list[str]:
    folder = resources.files(__package__).joinpath("migrations")
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".sql")), key=lambda f: f.name)
    return [each.read_text(encoding="utf-8") for each in files]


def _apply(db: sqlite3.Connection, number: int, script: str) -> None:
    try:
        db.executescript(f"BEGIN IMMEDIATE; {script}; PRAGMA user_version = {number}; COMMIT;")
    except sqlite3.Error:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
