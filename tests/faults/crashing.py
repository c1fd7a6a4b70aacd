"""ringproof that dies at a named point: python -m tests.faults.crashing "before dial"."""

import asyncio
import os
import sys

from ringproof import logs
from ringproof.api.server import listening, run
from ringproof.settings import Settings
from ringproof.wiring.house import open_house
from tests.faults.traps import Point, armed


async def serve(settings: Settings, point: Point) -> None:
    async with open_house(settings, armed(point)) as house:
        with listening(settings.host, settings.port) as (listener, url):
            await run(
                house.app, settings, listener, house.service.closing,
                lambda: print(url, flush=True),  # noqa: T201  (the parent waits for it)
            )  # fmt: skip


if __name__ == "__main__":
    configured = Settings.read(os.environ)
    logs.configure("warning")
    asyncio.run(serve(configured, Point.read(sys.argv[1])))
