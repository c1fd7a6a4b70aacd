"""The simulator as a whole: its parts put together, served on one port."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from pyreqwest.client import Client, ClientBuilder
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.websockets import WebSocket

from ringproof.simulators.connect import browser
from ringproof.simulators.connect.background import Background
from ringproof.simulators.connect.configuration.services import services
from ringproof.simulators.connect.contacts import ContactBook
from ringproof.simulators.connect.delivery import Destination
from ringproof.simulators.connect.desks import Desks
from ringproof.simulators.connect.exchange import Exchange
from ringproof.simulators.connect.gate import Gate
from ringproof.simulators.connect.handsets import attach
from ringproof.simulators.connect.management import contact_routes, world_routes
from ringproof.simulators.connect.network import Network
from ringproof.simulators.connect.options import ConnectOptions
from ringproof.simulators.connect.pace import Pace
from ringproof.simulators.faults import Faults
from ringproof.simulators.loopback import CORS, served
from ringproof.simulators.management import management_routes
from ringproof.simulators.recording import RequestLog


class ConnectSimulator:
    """An Amazon Connect instance, its agents' browsers, and the telephone network."""

    def __init__(self, options: ConnectOptions | None = None) -> None:
        self.options = options or ConnectOptions()
        self.faults = Faults()
        self.requests = RequestLog()
        self.url = ""

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator["ConnectSimulator"]:
        """Serve until the block ends."""
        background = Background()
        async with ClientBuilder().build() as client:
            self.exchange = _exchange(self.options, client, background)
            self.network, self.contacts = self.exchange.network, self.exchange.book
            app = self._app(Gate(client, self.options))
            try:
                async with served(app, self.options.host, self.options.port) as self.url:
                    yield self
            finally:
                await background.close()

    def _app(self, gate: Gate) -> Starlette:
        exchange = self.exchange

        async def dial(request: Request) -> Response:
            return await browser.dial(request, exchange, gate)

        async def desk(socket: WebSocket) -> None:
            await browser.sit(socket, exchange)

        async def handset(socket: WebSocket) -> None:
            await attach(socket, exchange.network)

        routes = [
            *management_routes(self.faults, self.requests),
            *world_routes(exchange),
            *contact_routes(exchange),
            Route("/browser/dial", dial, methods=["POST"]),
            WebSocketRoute("/browser", desk),
            WebSocketRoute("/network", handset),
            Mount("/", services(exchange, self.faults, self.requests)),
        ]
        return Starlette(routes=routes, middleware=[CORS])


async def serve(options: ConnectOptions) -> None:
    """Serve until cancelled."""
    async with ConnectSimulator(options).running():
        await asyncio.Event().wait()


def _exchange(options: ConnectOptions, client: Client, background: Background) -> Exchange:
    pace = Pace(options.time_scale)
    network = Network(
        pace=pace, background=background, post_dial_delay_ms=options.post_dial_delay_ms
    )
    destination = Destination(
        client=client,
        background=background,
        pace=pace,
        url=options.events_url,
        key=options.events_key,
        tries=options.event_tries,
    )
    exchange = Exchange(options, pace, background, network, ContactBook(), Desks(), destination)
    network.lines.update(dict.fromkeys(options.claimed_numbers, exchange.receive))
    return exchange
