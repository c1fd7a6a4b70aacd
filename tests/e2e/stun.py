"""A STUN server (RFC 8489) that answers binding requests, and nothing else."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

_MAGIC = 0x2112A442
_REQUEST, _SUCCESS = 0x0001, 0x0101
_XOR_MAPPED_ADDRESS, _IPV4 = 0x0020, 0x01
REFLECTED = ("203.0.113.7", 40_000)
"""What it says the browser's address is: one that this machine does not have (RFC 5737)."""


class _Binding(asyncio.DatagramProtocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        if len(data) < 20 or struct.unpack_from("!H", data)[0] != _REQUEST:
            return
        host, port = REFLECTED
        address = struct.unpack("!I", socket.inet_aton(host))[0] ^ _MAGIC
        mapped = struct.pack("!BBHI", 0, _IPV4, port ^ (_MAGIC >> 16), address)
        attribute = struct.pack("!HH", _XOR_MAPPED_ADDRESS, len(mapped)) + mapped
        header = struct.pack("!HHI", _SUCCESS, len(attribute), _MAGIC) + data[8:20]
        self._transport.sendto(header + attribute, addr)  # type: ignore[attr-defined]


@asynccontextmanager
async def stun_server() -> AsyncIterator[str]:
    """Answer for the block; gives the server's `stun:` URL."""
    loop = asyncio.get_running_loop()
    host = _own_address()
    transport, _ = await loop.create_datagram_endpoint(_Binding, local_addr=(host, 0))
    try:
        yield f"stun:{host}:{transport.get_extra_info('sockname')[1]}"
    finally:
        transport.close()


def _own_address() -> str:
    """Find the address that other machines see; a browser gathers no candidate on the loopback."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        # Nothing is sent: connecting a datagram socket only chooses the way.
        probe.connect(REFLECTED)
        return str(probe.getsockname()[0])
