import uvloop

from ringproof.simulators.faults import Reset
from tests.simulators.apns_kit import World


def test_on_uvloop_a_provider_is_served_and_reset_as_on_asyncio():
    async def ask_twice():
        async with World().running() as world, world.connection() as http2:
            headers = world.provider().headers(await world.device_token())
            served = await http2.ask(headers)
            world.simulator.faults.inject(Reset())
            await http2.ask(headers)
            await http2.closed.wait()
            return served.status, type(http2.error)

    assert uvloop.run(ask_twice()) == (200, ConnectionResetError)
