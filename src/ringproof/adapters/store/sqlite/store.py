"""The embedded store: SQLite, one file, one process, one writer."""

import os
import sqlite3
import tempfile
from contextlib import ExitStack
from pathlib import Path

from ringproof.adapters.store.sqlite.alerts import Alerts
from ringproof.adapters.store.sqlite.audit import Audit
from ringproof.adapters.store.sqlite.call_reads import CallReads
from ringproof.adapters.store.sqlite.calls import CallActs
from ringproof.adapters.store.sqlite.connection import lock, migrate, open_reader, open_writer
from ringproof.adapters.store.sqlite.contacts import Contacts
from ringproof.adapters.store.sqlite.control import Control
from ringproof.adapters.store.sqlite.devices import Devices
from ringproof.adapters.store.sqlite.faults import unavailable
from ringproof.adapters.store.sqlite.gate import Gate
from ringproof.adapters.store.sqlite.news import News
from ringproof.adapters.store.sqlite.people import People
from ringproof.adapters.store.sqlite.questions import Questions
from ringproof.adapters.store.sqlite.reader import Reader
from ringproof.adapters.store.sqlite.receipts import Receipts
from ringproof.adapters.store.sqlite.violations import Violations
from ringproof.adapters.store.sqlite.writer import Writer
from ringproof.core.time import SECOND, Millis


class SqliteStore(
    CallActs,
    CallReads,
    Receipts,
    Audit,
    Gate,
    Contacts,
    Violations,
    Alerts,
    People,
    Devices,
    Questions,
    Control,
):
    """Everything ringproof remembers. Belongs to the event loop it was opened on."""

    def __init__(self, reader: Reader, writer: Writer, news: News, held: ExitStack) -> None:
        super().__init__(reader, writer, news)
        self._held = held

    @classmethod
    async def open(cls, path: Path | None, *, busy: Millis = 2 * SECOND) -> "SqliteStore":
        """
        Open the database at *path*, making or migrating it where needed.

        None is a temporary one, a file like any other but gone after `aclose`. *busy* is how long a
        write waits while another program, such as a backup, holds the database. DependencyDown if
        another process serves it, or a newer ringproof wrote it.
        """
        with ExitStack() as held:
            if path is None:
                folder = held.enter_context(tempfile.TemporaryDirectory(prefix="ringproof-"))
                path = Path(folder, "store.sqlite")
            held.callback(os.close, lock(path))
            try:
                db = open_writer(path, busy)
                held.callback(db.close)
                migrate(db)
                reader = Reader(open_reader(path))
            except sqlite3.Error as error:
                raise unavailable(error) or error from None
            held.callback(reader.close)
            news = News()
            return cls(reader, Writer(db, news.tell), news, held.pop_all())

    async def aclose(self) -> None:
        """Finish what was begun, wake who waits, and let go of the file."""
        self._news.close()
        await self._writer.aclose()
        self._held.close()
