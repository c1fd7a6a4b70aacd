"""A whole verified call in server mode, over HTTP, through the real adapters and the simulators."""

import asyncio
import itertools
import time
import uuid

from bench.measure import at_once, console, table
from bench.world import MOST_CUSTOMERS, World, world
from ringproof.commands.wire import ask

_FINAL = frozenset({"ended", "refused", "declined", "cancelled", "abandoned"})
_PER_RUN = 600
_IDLE = 60


async def run() -> None:
    """Print calls a second, the server's CPU, and where the time goes; phones and simulators share a core."""
    async with world(MOST_CUSTOMERS) as made:
        memory = f"server's memory at rest {made.server_resident():.0f} MiB"
        await _throughput(made, memory)
        await _gaps(made)


async def _throughput(made: World, memory: str) -> None:
    shown = table(
        f"Whole verified calls, server mode ({memory})",
        "at once", "calls/s", "server CPU µs", "calls/s per core", "to dial p50 ms", "p99 ms",
    )  # fmt: skip
    free = itertools.count()
    for together in (1, 16, 64, 256):
        dialed: list[float] = []
        customers: asyncio.Queue[str] = asyncio.Queue()
        for each in made.customers[:together]:
            customers.put_nowait(each)

        async def one(
            _n: int, customers: asyncio.Queue[str] = customers, dialed: list[float] = dialed
        ) -> None:
            customer = await customers.get()
            token = made.agents[next(free) % len(made.agents)]
            began = time.perf_counter()
            call = await placed(made, token, customer)
            dialed.append((time.perf_counter() - began) * 1_000)
            await followed(made, token, call)
            customers.put_nowait(customer)

        before = made.server_cpu()
        done = await at_once(together, _PER_RUN, one)
        spent = (made.server_cpu() - before) / _PER_RUN
        dialed.sort()
        shown.add_row(
            str(together), f"{done.rate:,.0f}", f"{spent * 1e6:,.0f}", f"{1 / spent:,.0f}",
            f"{dialed[len(dialed) // 2]:.1f}", f"{dialed[int(len(dialed) * 0.99)]:.1f}",
        )  # fmt: skip
    console.print(shown)


async def _gaps(made: World) -> None:
    """Print where the time of a single call on an otherwise idle server goes."""
    gaps: dict[str, list[float]] = {"request → push handed over": [], "receipt → dial request": []}
    before = await _metrics(made)
    for n in range(_IDLE):
        token = made.agents[0]
        await followed(made, token, await placed(made, token, made.customers[n]))
    after = await _metrics(made)
    shown = table("One call at a time, p50", "from → to", "ms")
    names = ("ringproof_request_to_push_seconds", "ringproof_receipt_to_dial_seconds")
    for label, name in zip(gaps, names, strict=True):
        shown.add_row(label, _median(before, after, name))
    console.print(shown)


async def placed(made: World, token: str, customer: str) -> dict[str, object]:
    """Start a call and return it as the API answers."""
    body = {"customerId": customer, "callId": str(uuid.uuid4())}
    url = f"{made.api}/initiate-verified-call"
    call: dict[str, object] = await ask(made.client, "POST", url, bearer=token, json_body=body)
    assert call["state"] not in {"refused", "abandoned"}, call
    return call


async def followed(made: World, token: str, call: dict[str, object]) -> None:
    """Long-poll until the call has ended."""
    while call["state"] not in _FINAL:
        url = f"{made.api}/calls/{call['callId']}?after={call['version']}&wait=25"
        call = await ask(made.client, "GET", url, bearer=token)


async def _metrics(made: World) -> dict[str, float]:
    answer = await made.client.get(f"{made.api}/metrics").build().send()
    lines = [line.rpartition(" ") for line in (await answer.text()).splitlines() if line[0] != "#"]
    return {name: float(value) for name, _, value in lines}


def _median(before: dict[str, float], after: dict[str, float], name: str) -> str:
    """Read the bucket that the median falls into from a histogram's growth."""
    total = after[f"{name}_count"] - before.get(f"{name}_count", 0)
    for key, value in after.items():
        if key.startswith(f"{name}_bucket"):
            grown = value - before.get(key, 0)
            if grown * 2 >= total:
                bound = key.partition('le="')[2].rstrip('"}')
                return f"≤ {float(bound) * 1_000:g}"
    return "?"
