"""How long does the server's process take to import, and how much memory does it hold?"""

import statistics
import subprocess
import sys

from bench.measure import console, table

_PROBE = """
import time
began = time.process_time()
{what}
spent = (time.process_time() - began) * 1000
with open("/proc/self/statm") as statm:
    print(spent, int(statm.read().split()[1]) * 4096 / (1 << 20))
"""
_TIMES = 10


def run() -> None:
    """Print the median of ten fresh processes each."""
    shown = table("Import, fresh process, median of 10", "what", "CPU ms", "resident MiB")
    for what in (
        "pass",
        "import ringproof.core.passport, ringproof.core.seal",
        "import ringproof.adapters.store.sqlite",
        "import ringproof.api.app, ringproof.wiring.house, uvicorn, uvloop",
    ):
        probe = [sys.executable, "-c", _PROBE.format(what=what)]
        runs = [
            [
                float(n)
                for n in subprocess.run(probe, check=True, capture_output=True).stdout.split()
            ]
            for _ in range(_TIMES)
        ]
        spent, resident = (statistics.median(column) for column in zip(*runs, strict=True))
        shown.add_row(what.removeprefix("import "), f"{spent:.0f}", f"{resident:.0f}")
    console.print(shown)
