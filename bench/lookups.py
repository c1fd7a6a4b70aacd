"""Do look-ups stay as fast with ten million devices as with ten thousand?"""

import asyncio
import random
import sqlite3
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from rich.progress import track

from bench.measure import console, table
from ringproof.adapters.store.sqlite import SqliteStore
from ringproof.core.keys import PublicKey

_BATCH = 100_000
_ASKED = 20_000


def _key(number: int) -> str:
    # Ids as they are in life: neither in order nor close together.
    return f"{(number * 0x9E3779B97F4A7C15) % (1 << 64):016x}-4000-8000-{number:012x}"


def fill(path: Path, devices: int) -> None:
    """Put customers with a device each straight into the tables; through the API it would take a day."""
    point = PublicKey.of(ec.generate_private_key(ec.SECP256R1()).public_key()).to_bytes()
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = OFF")
    db.execute("PRAGMA cache_size = -2000000")
    indexes = db.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        " AND tbl_name IN ('devices', 'customer_ids')"
    ).fetchall()
    for name, _ in indexes:
        db.execute(f"DROP INDEX {name}")
    for begin in track(range(0, devices, _BATCH), f"{devices:,} devices", console=console):
        numbers = range(begin, min(begin + _BATCH, devices))
        db.execute("BEGIN")
        db.executemany(
            "INSERT INTO customers (no, id, crm_ids, name, phones, time_zone, language)"
            " VALUES (?, ?, '[]', ?, ?, 'Europe/London', 'en')",
            ((n + 1, f"c{_key(n)}", f"Customer {n}", f'["+4477{n:08d}"]') for n in numbers),
        )
        db.executemany(
            "INSERT INTO customer_ids VALUES (?, ?)", ((f"c{_key(n)}", n + 1) for n in numbers)
        )
        db.executemany(
            "INSERT INTO devices (id, customer_id, platform, app_id, push_service, push_token,"
            " sealing_key, receipt_key, enrolled_at, registered_at, push_kind, sandbox,"
            " notifications, app_version) VALUES (?, ?, 'ios', 'app', 'apns', ?, ?, ?, 1, 1,"
            " 'alert', 0, 1, '1')",
            ((_key(n), f"c{_key(n)}", _key(n) * 2, point, point) for n in numbers),
        )
        db.execute("COMMIT")
    for _, sql in indexes:
        db.execute(sql)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()


async def measured(path: Path, devices: int) -> tuple[float, ...]:
    """Return microseconds per look-up: a device, a customer's devices, a customer."""
    store = await SqliteStore.open(path)
    chosen = [random.randrange(devices) for _ in range(_ASKED)]
    looks: list[Callable[[int], Awaitable[object]]] = [
        lambda n: store.device(_key(n)),
        lambda n: store.devices(f"c{_key(n)}"),
        lambda n: store.customer(f"C{_key(n)}"),
    ]
    found = []
    for look in looks:
        for n in chosen[: _ASKED // 4]:
            assert await look(n)
        began = time.perf_counter()
        for n in chosen:
            await look(n)
        found.append((time.perf_counter() - began) / _ASKED * 1e6)
    await store.aclose()
    return tuple(found)


async def run(sizes: tuple[int, ...]) -> None:
    """Print one row per size, and the ratio of the largest to the smallest."""
    shown = table(
        "Look-ups, µs each", "devices", "one device", "a customer's devices", "a customer"
    )
    rows = []
    for devices in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "bench.db"
            await (await SqliteStore.open(path)).aclose()
            await asyncio.to_thread(fill, path, devices)
            rows.append(await measured(path, devices))
        shown.add_row(f"{devices:,}", *(f"{each:.1f}" for each in rows[-1]))
    ratios = (last / first for last, first in zip(rows[-1], rows[0], strict=True))
    shown.add_row("last : first", *(f"{ratio:.2f}" for ratio in ratios))
    console.print(shown)
