"""How long does it take to hold a million contact records against the ledger, and in how much memory?"""

import asyncio
import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.progress import track

from bench.measure import console, table
from ringproof.adapters.store.sqlite import SqliteStore

_BATCH = 50_000
_UNGATED_EVERY = 1_000
_DAY_START = 1_790_000_000


def number(n: int) -> str:
    return f"+4477{n:08d}"


async def _made(path: Path) -> None:
    await (await SqliteStore.open(path)).aclose()


def _fill(path: Path, calls: int) -> None:
    """Put ended calls with their contacts straight into the table; placing them would take a day."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA synchronous = OFF")
    for begin in track(range(0, calls, _BATCH), f"{calls:,} calls", console=console):
        db.execute("BEGIN")
        db.executemany(
            """INSERT INTO calls (id, customer_id, agent_id, mode, orig, dest, queue, reason, crn,
            match_code, minimum, requested_at, dial_before, state, assurance, version, outcome,
            contact_id, dialed_at, connected_at, ended_at, head)
            VALUES (?, ?, 'a', 'agent', '+442079460123', ?, 'q', 'general', 'r', '07', 2, ?, ?, 'ended',
            3, 9, 'answered', ?, ?, ?, ?, x'00')""",
            (
                (f"call-{n}", f"c{n}", number(n), at, at, f"contact-{n}", at, at, at)
                for n in range(begin, min(begin + _BATCH, calls))
                if n % _UNGATED_EVERY
                for at in [(_DAY_START + n // 10) * 1_000]
            ),
        )
        db.execute("COMMIT")
    db.close()


def _write(path: Path, records: int) -> None:
    with path.open("w") as file:
        for n in track(range(records), f"{records:,} records", console=console):
            at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(_DAY_START + n // 10))
            file.write(
                json.dumps(
                    {
                        "ContactId": f"contact-{n}", "InitialContactId": f"contact-{n}",
                        "Channel": "VOICE", "InitiationMethod": "OUTBOUND",
                        "InitiationTimestamp": at, "LastUpdateTimestamp": at,
                        "ConnectedToSystemTimestamp": at, "DisconnectTimestamp": at,
                        "DisconnectReason": "CUSTOMER_DISCONNECT",
                        "CustomerEndpoint": {"Address": number(n), "Type": "TELEPHONE_NUMBER"},
                        "SystemEndpoint": {"Address": "+442079460123", "Type": "TELEPHONE_NUMBER"},
                    }
                )
                + "\n"
            )  # fmt: skip


def _watched(process: subprocess.Popen[bytes]) -> float:
    """Return the most memory (MiB) of its own that the process had; the mapped database is not its own."""
    peak = 0
    while process.poll() is None:
        status = Path(f"/proc/{process.pid}/status").read_text()
        own = [line.split()[1] for line in status.splitlines() if line.startswith("RssAnon")]
        peak = max(peak, *map(int, own or ["0"]))
        time.sleep(0.1)
    return peak / 1024


def run(records: int) -> None:
    """Print records a second and the command's peak memory; one in a thousand went round the gate."""
    shown = table(
        "`ringproof reconcile`", "records", "seconds", "records/s", "CPU µs", "peak MiB", "found"
    )
    for size in (records // 10, records):
        with tempfile.TemporaryDirectory() as folder:
            store, file = Path(folder) / "bench.db", Path(folder) / "records.json"
            asyncio.run(_made(store))
            _fill(store, size)
            _write(file, size)
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            began = time.perf_counter()
            process = subprocess.Popen(
                [
                    sys.executable, "-m", "ringproof", "reconcile", str(file), "--json",
                    "--since", "2026-01-01",
                ],
                env={**os.environ, "RINGPROOF_STORE": f"sqlite:///{store}"},
                stdout=subprocess.PIPE,
            )  # fmt: skip
            peak = _watched(process)
            said, _ = process.communicate()
            seconds = time.perf_counter() - began
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        found = json.loads(said)["taken"].get("violation", 0)
        assert found == size // _UNGATED_EVERY
        shown.add_row(
            f"{size:,}", f"{seconds:,.0f}", f"{size / seconds:,.0f}", f"{spent / size * 1e6:,.0f}",
            f"{peak:,.0f}", f"{found:,}",
        )  # fmt: skip
    console.print(shown)
