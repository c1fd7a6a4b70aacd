"""Commands as processes of their own, for what must start, serve and end."""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from ringproof.commands.local_ports import LocalPorts


@dataclass(frozen=True)
class Running:
    process: subprocess.Popen[str]
    line: str

    @property
    def url(self) -> str:
        """The last URL of its first line."""
        words = [word.strip(".,:") for word in self.line.split()]
        return [word for word in words if word.startswith("http")][-1]

    def get(self, path: str) -> Any:
        with urllib.request.urlopen(self.url + path, timeout=30) as answer:  # noqa: S310  (ours)
            return json.load(answer)

    def exit_code(self) -> int:
        return self.process.wait(timeout=60)


@contextmanager
def started(*args: str, env: Mapping[str, str] | None = None) -> Iterator[Running]:
    """Start a command; the block begins when it has said its first line, whichever way."""
    with subprocess.Popen(
        [sys.executable, "-m", "ringproof", *args, "--with-parent"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, **(env or {})},
    ) as process:
        assert process.stdout
        try:
            yield Running(process, process.stdout.readline())
        finally:
            process.kill()


def free_base() -> int:
    """Find six ports in a row that are free now."""
    for base in range(20_000, 60_000, 10):
        if not LocalPorts.from_base(base).taken():
            return base
    raise AssertionError("no six ports in a row are free")
