"""A process that stores calls and says so, until it is killed."""

import asyncio
import sys
from pathlib import Path

from ringproof.adapters.store.sqlite import SqliteStore
from ringproof.core.call import Call, CallState
from tests.contract.store_kit import ANNOUNCED, CANCELLED, DIALED, ENDED, a_call, moved, opened


async def live_and_tell(store: SqliteStore, n: int) -> None:
    call = a_call(n)
    await opened(store, call)
    path: list[CallState] = [ANNOUNCED, DIALED, ENDED] if n % 2 else [CANCELLED]
    for to in path:
        call = tell(await moved(store, call, to))


def tell(call: Call) -> Call:
    sys.stdout.write(f"{call.id} {call.version}\n")
    sys.stdout.flush()
    return call


async def main(path: Path) -> None:
    store = await SqliteStore.open(path)
    n = 0
    while True:
        await asyncio.gather(*(live_and_tell(store, n + each) for each in range(10)))
        n += 10


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
