"""uvicorn, told what a shutdown of ours means."""

import asyncio
import contextlib
import signal
import socket
from collections.abc import Callable, Iterator

import uvicorn
from starlette.types import ASGIApp

from ringproof.core.time import SECOND
from ringproof.settings import Settings

_BACKLOG = 2048
_KEEP_ALIVE_SECONDS = 75
"""Longer than a load balancer's 60: the one that closes first must be the one that sends."""


class ApiServer(uvicorn.Server):
    """Sets *closing* before it waits for requests to end, so that long polls end; tells when it is up."""

    def __init__(
        self, config: uvicorn.Config, closing: asyncio.Event, ready: Callable[[], object]
    ) -> None:
        super().__init__(config)
        self._closing = closing
        self._ready = ready

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """
        End on SIGINT and SIGTERM; a second SIGINT does not wait for requests.

        uvicorn's own way raises the signal anew when it is done, which would kill the process before
        what was announced is finished and the store is closed.
        """
        signals = (signal.SIGINT, signal.SIGTERM)
        before = {number: signal.signal(number, self.handle_exit) for number in signals}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to accept connections."""
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Accept no more, and let the requests in flight end."""
        self._closing.set()
        await super().shutdown(sockets)


@contextlib.contextmanager
def listening(host: str, port: int) -> Iterator[tuple[socket.socket, str]]:
    """Listen, and say under which URL; port 0 takes any free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family, backlog=_BACKLOG) as listener:
        taken = listener.getsockname()[1]
        yield listener, f"http://[{host}]:{taken}" if ":" in host else f"http://{host}:{taken}"


def new_server(
    app: ASGIApp, settings: Settings, closing: asyncio.Event, ready: Callable[[], object]
) -> ApiServer:
    """Prepare a server; it leaves logging to us, and believes the proxies that are set."""
    config = uvicorn.Config(
        app,
        lifespan="off",
        ws="none",  # nothing here speaks it: an upgrade is answered as the request that it is
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=max(1, settings.shutdown_wait // SECOND),
    )
    return ApiServer(config, closing, ready)


async def run(
    app: ASGIApp,
    settings: Settings,
    listener: socket.socket,
    closing: asyncio.Event,
    ready: Callable[[], object],
) -> None:
    """Serve until SIGINT or SIGTERM."""
    await new_server(app, settings, closing, ready).serve(sockets=[listener])
