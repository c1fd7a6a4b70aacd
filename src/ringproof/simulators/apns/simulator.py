"""The APNs simulator as a whole: the provider's port with TLS, and the phones' port."""

import asyncio
import contextlib
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from starlette.applications import Starlette

from ringproof.simulators.apns.connection import ApnsConnection
from ringproof.simulators.apns.provider_token import ProviderTokens
from ringproof.simulators.apns.service import ApnsService, keep_newest, new_token
from ringproof.simulators.faults import HTTP2_FAULTS, Faults
from ringproof.simulators.jws import PublicKey
from ringproof.simulators.loopback import CORS, listen, served
from ringproof.simulators.management import management_routes
from ringproof.simulators.push_device import Installations
from ringproof.simulators.push_socket import device_route
from ringproof.simulators.recording import MOST_KEPT, RequestLog
from ringproof.simulators.tls import TlsFiles, tls_files


@dataclass(frozen=True)
class ApnsOptions:
    """Who may send what: provider keys by key id, their team, and the apps' bundle ids.

    Port 0 takes any free one; without *tls_dir* the certificates live as long
    as the simulator; *kept_requests* 0 records none; *now* is in seconds.
    """

    keys: Mapping[str, PublicKey]
    team: str
    topics: frozenset[str]
    host: str = "127.0.0.1"
    port: int = 0
    device_port: int = 0
    tls_dir: Path | None = None
    kept_requests: int = MOST_KEPT
    now: Callable[[], float] = field(default=time.time)


@dataclass(frozen=True)
class ApnsEndpoint:
    """Where a running simulator is; *ca_file* is the CA to trust."""

    url: str
    device_url: str
    ca_file: Path


class ApnsSimulator:
    """APNs on this machine; its parts are there for tests in the same process."""

    def __init__(self, options: ApnsOptions) -> None:
        self.options = options
        self.faults = Faults(HTTP2_FAULTS)
        self.requests = RequestLog(options.kept_requests)
        self.installations = Installations(new_token=new_token, keep=keep_newest, now=options.now)
        self.service = ApnsService(
            topics=options.topics,
            now=options.now,
            tokens=ProviderTokens(options.keys, options.team, options.now),
            installations=self.installations,
            faults=self.faults,
            requests=self.requests,
        )

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[ApnsEndpoint]:
        """Serve until the block ends."""
        options = self.options
        routes = [
            *management_routes(self.faults, self.requests),
            device_route(self.installations, self.service.admit),
        ]
        app = Starlette(routes=routes, middleware=[CORS])
        with _tls(options.tls_dir) as files:
            async with (
                _providers_side(self.service, files, options) as url,
                served(app, options.host, options.device_port) as device_url,
            ):
                yield ApnsEndpoint(url, device_url, files.ca)


async def serve(options: ApnsOptions) -> None:
    """Serve until cancelled."""
    async with ApnsSimulator(options).running():
        await asyncio.Event().wait()


@contextlib.contextmanager
def _tls(directory: Path | None) -> Iterator[TlsFiles]:
    if directory is not None:
        yield tls_files(directory)
        return
    with tempfile.TemporaryDirectory() as temporary:
        yield tls_files(Path(temporary))


@contextlib.asynccontextmanager
async def _providers_side(
    service: ApnsService, files: TlsFiles, options: ApnsOptions
) -> AsyncIterator[str]:
    listener = listen(options.host, options.port)
    open_connections: set[ApnsConnection] = set()
    server = await asyncio.get_running_loop().create_server(
        lambda: ApnsConnection(service, open_connections),
        sock=listener,
        ssl=files.server_context("h2"),
    )
    try:
        yield f"https://{options.host}:{listener.getsockname()[1]}"
    finally:
        server.close()
        for connection in list(open_connections):
            connection.transport.abort()
        await server.wait_closed()
