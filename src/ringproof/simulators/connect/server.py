"""The simulator as a whole: its parts put together, served on one port."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from functools import partial

from pyreqwest.client import Client, ClientBuilder
from starlette.applications import Starlette
from starlette.routing import Mount, WebSocketRoute
from starlette.websockets import WebSocket

from ringproof.simulators.connect.background import Background
from ringproof.simulators.connect.book import ContactBook
from ringproof.simulators.connect.browser import browser_routes
from ringproof.simulators.connect.ccp import ccp_routes
from ringproof.simulators.connect.configuration.services import services
from ringproof.simulators.connect.delivery import Destination
from ringproof.simulators.connect.desks import Desks
from ringproof.simulators.connect.exchange import Exchange
from ringproof.simulators.connect.flow.lambdas import Lambdas
from ringproof.simulators.connect.flow.published import PublishedFlows, publish
from ringproof.simulators.connect.handsets import attach
from ringproof.simulators.connect.management import contact_routes, record_routes, world_routes
from ringproof.simulators.connect.network import Network
from ringproof.simulators.connect.options import ConnectOptions
from ringproof.simulators.connect.pace import Pace
from ringproof.simulators.connect.record_stream import RecordStream, wants_again
from ringproof.simulators.faults import Faults
from ringproof.simulators.loopback import CORS, served
from ringproof.simulators.management import management_routes
from ringproof.simulators.recording import RequestLog


class ConnectSimulator:
    """An Amazon Connect instance, its agents' browsers, and the telephone network."""

    def __init__(self, options: ConnectOptions | None = None) -> None:
        self.options = options or ConnectOptions()
        self.programs = publish(self.options.flows)
        self.faults = Faults()
        self.requests = RequestLog()
        self.url = ""

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator["ConnectSimulator"]:
        """Serve until the block ends."""
        background = Background()
        async with ClientBuilder().build() as client:
            options = self.options
            lambdas = Lambdas(
                client,
                options.gate_url,
                options.gate_key,
                longest_try_ms=options.longest_try_ms,
                total_ms=options.lambda_total_ms,
            )
            flows = PublishedFlows(self.programs, lambdas)
            self.exchange = _exchange(options, client, background, flows)
            self.network, self.contacts = self.exchange.network, self.exchange.book
            app = self._app()
            try:
                async with served(app, self.options.host, self.options.port) as self.url:
                    yield self
            finally:
                await background.close()

    def _app(self) -> Starlette:
        exchange = self.exchange

        async def handset(socket: WebSocket) -> None:
            await attach(socket, exchange.network)

        routes = [
            *management_routes(self.faults, self.requests),
            *world_routes(exchange),
            *contact_routes(exchange),
            *record_routes(exchange),
            *browser_routes(exchange),
            *ccp_routes(exchange),
            WebSocketRoute("/network", handset),
            Mount("/", services(exchange, self.faults, self.requests)),
        ]
        return Starlette(routes=routes, middleware=[CORS])


async def serve(options: ConnectOptions) -> None:
    """Serve until cancelled."""
    async with ConnectSimulator(options).running():
        await asyncio.Event().wait()


def _exchange(
    options: ConnectOptions, client: Client, background: Background, flows: PublishedFlows
) -> Exchange:
    pace = Pace(options.time_scale)
    network = Network(
        pace=pace, background=background, post_dial_delay_ms=options.post_dial_delay_ms
    )
    sending = partial(
        Destination, client=client, background=background, pace=pace, tries=options.event_tries
    )
    events = sending(url=options.events_url, key=options.events_key)
    records = sending(
        url=options.records_url,
        key=options.events_key,
        delay_ms=options.record_delay_ms,
        wants_again=wants_again,
    )
    exchange = Exchange(
        options=options,
        pace=pace,
        background=background,
        network=network,
        book=ContactBook(),
        desks=Desks(),
        destination=events,
        records=RecordStream(options, records),
        flows=flows,
    )
    network.lines.update(dict.fromkeys(options.claimed_numbers, exchange.receive))
    return exchange
