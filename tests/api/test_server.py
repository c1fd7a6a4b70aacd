import asyncio

from ringproof.api.server import listening, new_server
from ringproof.settings import Settings
from tests.api.bank import Api

UPGRADE = (
    b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


async def test_an_upgrade_to_a_websocket_is_answered_as_the_request_that_it_is(api: Api):
    closing, up = asyncio.Event(), asyncio.Event()
    server = new_server(api.app, Settings(), closing, up.set)
    with listening("127.0.0.1", 0) as (listener, url):
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        await up.wait()
        status = await _asked(url)
        server.should_exit = True
        await serving

    assert status == b"HTTP/1.1 200 OK\r\n"


async def _asked(url: str) -> bytes:
    host, port = url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(UPGRADE)
    status = await reader.readline()
    writer.close()
    return status
