"""Taking and showing figures."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

console = Console()


@dataclass(frozen=True)
class Run:
    """Durations in milliseconds, what the whole took, and the CPU that this process spent."""

    millis: Sequence[float]
    seconds: float
    cpu: float

    def at(self, share: float) -> float:
        """Return the duration that *share* of all stay under."""
        ordered = sorted(self.millis)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    @property
    def rate(self) -> float:
        return len(self.millis) / self.seconds


async def at_once(together: int, total: int, act: Callable[[int], Awaitable[None]]) -> Run:
    """Do *act* *total* times, so many at once, and time each."""
    taken: list[float] = []
    numbers = iter(range(total))

    async def worker() -> None:
        for number in numbers:
            began = time.perf_counter()
            await act(number)
            taken.append((time.perf_counter() - began) * 1_000)

    began, cpu = time.perf_counter(), time.process_time()
    async with asyncio.TaskGroup() as group:
        for _ in range(together):
            group.create_task(worker())
    return Run(taken, time.perf_counter() - began, time.process_time() - cpu)


def table(title: str, *columns: str) -> Table:
    made = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for column in columns:
        made.add_column(column, justify="right")
    return made
