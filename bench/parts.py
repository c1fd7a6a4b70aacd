"""What the parts of a call cost on this machine: read another machine's figures against these."""

import asyncio
import os
import time
import uuid
from collections.abc import Awaitable, Callable

from cryptography.hazmat.primitives.asymmetric import ec

from bench.calls import followed, placed
from bench.measure import console, table
from bench.world import World, world
from ringproof.adapters.dial.connect_api import ConnectApi
from ringproof.adapters.dial.connect_request import ConnectConfig
from ringproof.core.keys import PublicKey, sign
from ringproof.core.people import PushService
from ringproof.core.seal import SealedType, info, seal
from ringproof.settings import Settings

_TIMES = 2_000
_TOGETHER = 16


async def run() -> None:
    """Print microseconds of CPU: of this process for the first four, of the server for the rest."""
    shown = table("The parts of a call", "part", "CPU µs")
    for name, act in _crypto().items():
        shown.add_row(name, f"{_spent(act):,.0f}")
    async with world(1) as made:
        shown.add_row("Connect request through boto3", f"{_spent(_asks_connect(made)):,.0f}")
        for name, request in (await _requests(made)).items():
            shown.add_row(name, f"{await _served(made, request):,.0f}")
    console.print(shown)


def _crypto() -> dict[str, Callable[[], object]]:
    key = ec.generate_private_key(ec.SECP256R1())
    public, message = PublicKey.of(key.public_key()), b"x" * 700
    signature = sign(key, message)
    context = info(SealedType.CALL_VERIFICATION, PushService.APNS, "device")
    return {
        "ES256 signature": lambda: sign(key, message),
        "ES256 verification": lambda: public.verifies(signature, message),
        "HPKE seal": lambda: seal("x" * 900, public, context),
    }


def _asks_connect(made: World) -> Callable[[], object]:
    os.environ.update({k: v for k, v in made.environment.items() if k.startswith("AWS_")})
    settings = Settings.read(made.environment)
    config = ConnectConfig(
        settings.connect_instance, settings.connect_flow, settings.connect_region,
        settings.connect_url,
    )  # fmt: skip
    api = ConnectApi(config)
    return lambda: api.describe(str(uuid.uuid4()))


async def _requests(made: World) -> dict[str, Callable[[], Awaitable[object]]]:
    call = await placed(made, made.agents[0], made.customers[0])
    await followed(made, made.agents[0], call)

    def get(path: str) -> Callable[[], Awaitable[object]]:
        async def ask() -> object:
            asked = made.client.get(f"{made.api}{path}").bearer_auth(made.agents[0])
            return await (await asked.build().send()).bytes()

        return ask

    return {
        "HTTP request, no such address": get("/nothing-here"),
        "HTTP request, the call with its timeline": get(f"/calls/{call['callId']}"),
    }


def _spent(act: Callable[[], object]) -> float:
    act()
    began = time.process_time()
    for _ in range(_TIMES):
        act()
    return (time.process_time() - began) / _TIMES * 1e6


async def _served(made: World, request: Callable[[], Awaitable[object]]) -> float:
    await request()
    before, numbers = made.server_cpu(), iter(range(_TIMES))

    async def worker() -> None:
        for _ in numbers:
            await request()

    async with asyncio.TaskGroup() as group:
        for _ in range(_TOGETHER):
            group.create_task(worker())
    return (made.server_cpu() - before) / _TIMES * 1e6
