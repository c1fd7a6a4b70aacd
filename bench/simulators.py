"""All simulators of the bench in one process, without quotas, delays or records."""

import asyncio
import dataclasses
import os
import signal
import sys
from contextlib import AsyncExitStack
from pathlib import Path

import uvloop

from bench.world import MOST_CUSTOMERS, number
from ringproof.commands import simulator_options as options
from ringproof.commands.demo_state import DemoState
from ringproof.commands.local_ports import LocalPorts
from ringproof.settings import Settings
from ringproof.simulators.apns import ApnsSimulator
from ringproof.simulators.connect import ConnectSimulator
from ringproof.simulators.connect.behaviours import Behaviour
from ringproof.simulators.idp import IdpSimulator


async def serve(ports: LocalPorts, state: DemoState) -> None:
    """Serve until told to end; every number rings for a moment, answers, and hangs up."""
    settings = Settings.read(os.environ)
    connect = dataclasses.replace(
        options.connect(settings, ports.connect, (), ("+",), gated=True),
        requests_per_second=1e6, burst=1_000_000, concurrent_calls=1_000_000, post_dial_delay_ms=0,
    )  # fmt: skip
    apns = dataclasses.replace(
        options.apns(settings, ports.apns, ports.apns_device, state.tls), kept_requests=0
    )
    people = Path("examples/bank/people.json")
    done = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, done.set)
    async with AsyncExitStack() as held:
        network = ConnectSimulator(connect)
        for each in (
            network,
            ApnsSimulator(apns),
            IdpSimulator(options.idp(settings, ports.idp, people, state.idp_keys)),
        ):
            await held.enter_async_context(each.running())
        for n in range(MOST_CUSTOMERS):
            network.network.behaviours[number(n)] = Behaviour(
                "answer", after_ms=100, hangup_after_ms=100
            )
        print("well", flush=True)
        await done.wait()


if __name__ == "__main__":
    *numbers, folder = sys.argv[1:]
    uvloop.run(serve(LocalPorts(*map(int, numbers)), DemoState(Path(folder))))
