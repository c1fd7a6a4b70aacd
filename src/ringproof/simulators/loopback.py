"""Serving HTTP/1.1 and WebSockets on this machine, for every simulator that speaks them."""

import asyncio
import contextlib
import socket
import struct
from collections.abc import AsyncIterator, Iterator

import uvicorn
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

# Pages served from this machine may call a simulator; no other origin may.
CORS = Middleware(
    CORSMiddleware,
    allow_origin_regex=r"https?://(127\.0\.0\.1|localhost|\[::1\])(:\d+)?",
    allow_methods=["*"],
    allow_headers=["*"],
)
PATIENCE = 0.5  # seconds
BACKLOG = 1024
RESET_NOW = struct.pack("ii", 1, 0)  # SO_LINGER on, 0 s: close sends RST instead of FIN


class ResettableProtocol(HttpToolsProtocol):
    """HTTP/1.1 whose connection an application can reset: extension `tcp.reset`, key `now`."""

    def on_message_begin(self) -> None:
        """Begin a request, with the way to reset its connection in its scope."""
        super().on_message_begin()
        self.scope["extensions"] = {"tcp.reset": {"now": self.reset}}

    def reset(self) -> None:
        """Drop the connection with a TCP RST."""
        connection = self.transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_NOW)
        self.transport.abort()


class LoopbackServer(uvicorn.Server):
    """A uvicorn server that leaves signals to its process and is up and down at once."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = asyncio.Event()
        self.down = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signal handlers as they are."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to accept connections."""
        await super().startup(sockets)
        self.up.set()

    async def main_loop(self) -> None:
        """Serve until told to hang up."""
        await self.down.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Drop the requests in flight, for some are meant never to end, and close the rest."""
        for server in self.servers:
            server.close()
        for listener in sockets or []:
            listener.close()
        for connection in list(self.server_state.connections):
            if isinstance(connection, ResettableProtocol):
                connection.transport.abort()
            else:
                connection.shutdown()
        await _ended(self.server_state.tasks)


async def _ended(tasks: set[asyncio.Task[None]]) -> None:
    """Let the requests notice that nobody listens any more; cancel those that do not care."""
    if tasks:
        _, deaf = await asyncio.wait(tasks, timeout=PATIENCE)
        for task in deaf:
            task.cancel()


def listen(host: str, port: int) -> socket.socket:
    """Listen on a port of this machine; 0 takes any free one."""
    listener = socket.create_server((host, port), backlog=BACKLOG)
    # asyncio does this only for sockets that name their protocol, and these do
    # not: with Nagle's algorithm an answer in two writes takes 40 ms.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


@contextlib.asynccontextmanager
async def served(app: ASGIApp, host: str, port: int) -> AsyncIterator[str]:
    """Serve an application and yield its URL; port 0 takes any free one."""
    listener = listen(host, port)
    url = f"http://{host}:{listener.getsockname()[1]}"
    config = uvicorn.Config(
        app,
        http=ResettableProtocol,
        ws="websockets-sansio",
        log_config=None,
        access_log=False,
        date_header=False,
        lifespan="off",
    )
    server = LoopbackServer(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        await server.up.wait()
        yield url
    finally:
        server.down.set()
        await serving
