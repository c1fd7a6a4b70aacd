"""Run every check and test of every language, and close with one line over all of them."""

import argparse
import json
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Count:
    """How many passed and failed; a check that counts nothing counts itself."""

    passed: int
    failed: int


@dataclass(frozen=True)
class Check:
    """One command; *count* reads what it wrote to the path in its place {report}."""

    name: str
    command: Sequence[str]
    count: Callable[[Path], Count] | None = None


def of_pytest(report: Path) -> Count:
    suite = ET.parse(report).getroot()[0]  # noqa: S314
    failed = int(suite.attrib["failures"]) + int(suite.attrib["errors"])
    return Count(int(suite.attrib["tests"]) - failed - int(suite.attrib["skipped"]), failed)


def of_vitest(report: Path) -> Count:
    totals = json.loads(report.read_text(encoding="utf-8"))
    return Count(totals["numPassedTests"], totals["numFailedTests"])


LINT = [
    Check("ruff format", [f"{BIN}/ruff", "format", "--check", "--quiet", "."]),
    Check("ruff check", [f"{BIN}/ruff", "check", "--quiet", "."]),
    Check("mypy --strict", [f"{BIN}/mypy"]),
    Check("import-linter", [f"{BIN}/lint-imports", "--no-cache"]),
    Check("tsc --strict and Biome", ["npm", "run", "--silent", "check"]),
]
TESTS = [
    Check(
        "TypeScript",
        [
            "npx",
            "vitest",
            "run",
            "--reporter=default",
            "--reporter=json",
            "--outputFile.json={report}",
        ],
        of_vitest,
    ),
    Check(
        "Python and browser",
        [sys.executable, "-m", "pytest", "-q", "--junit-xml={report}"],
        of_pytest,
    ),
]


def run(check: Check, console: Console) -> Count:
    """Run one check with its output as it comes; a report that is missing is a failure."""
    console.rule(f"[bold]{check.name}", align="left")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report"
        command = [part.replace("{report}", str(report)) for part in check.command]
        good = subprocess.run(command, cwd=ROOT, check=False).returncode == 0
        if check.count is None:
            return Count(int(good), int(not good))
        if not report.exists():
            return Count(0, 1)
        count = check.count(report)
    return Count(count.passed, max(count.failed, int(not good)))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lint", action="store_true", help="only the fast checks")
    arguments = parser.parse_args()
    console = Console()
    table = Table("check", "passed", "failed", "seconds", box=None)
    passed = failed = 0
    for check in LINT if arguments.lint else LINT + TESTS:
        began = time.monotonic()
        count = run(check, console)
        took = f"{time.monotonic() - began:.0f}"
        passed, failed = passed + count.passed, failed + count.failed
        style = "red" if count.failed else None
        table.add_row(check.name, str(count.passed), str(count.failed), took, style=style)
    console.print(table)
    print(f"{passed} passed, {failed} failed", flush=True)
    return int(failed > 0 or passed == 0)


if __name__ == "__main__":
    sys.exit(main())
