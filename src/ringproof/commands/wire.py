"""HTTP and WebSockets for what stands outside the server: a handset, an agent's browser."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from pyreqwest.client import Client
from websockets.asyncio.client import ClientConnection, connect

JOSE = "application/jose"
_OK = range(200, 300)


class Problem(Exception):  # noqa: N818  (an answer, not an error)
    """A server said no; *code* and *detail* are its own words."""

    def __init__(self, status: int, body: Mapping[str, Any]) -> None:
        self.status = status
        self.code = str(body.get("code") or body.get("error") or "")
        self.detail = str(body.get("detail") or "")
        super().__init__(f"{status} {self.code} {self.detail}".strip())


async def ask(
    client: Client,
    method: str,
    url: str,
    *,
    bearer: str | None = None,
    json_body: Any = None,
    jose: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Any:
    """Send a request, with a JSON body or a signed one, and return the answer's JSON; Problem for a no."""
    request = client.request(method, url)
    if bearer:
        request = request.bearer_auth(bearer)
    for name, value in (headers or {}).items():
        request = request.header(name, value)
    if json_body is not None:
        request = request.body_json(json_body)
    if jose is not None:
        request = request.header("Content-Type", JOSE).body_text(jose)
    answer = await request.build().send()
    body = _json(await answer.text())
    if answer.status not in _OK:
        raise Problem(answer.status, body if isinstance(body, dict) else {})
    return body


class Line:
    """One WebSocket that carries JSON objects with a `type`."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    async def send(self, **message: Any) -> None:
        """Send an object."""
        await self._socket.send(json.dumps(message))

    async def receive(self) -> dict[str, Any]:
        """Return the next object; raise ConnectionClosed when there is none to come."""
        message: dict[str, Any] = json.loads(await self._socket.recv())
        return message


@asynccontextmanager
async def line(url: str) -> AsyncIterator[Line]:
    """Connect to *url*, without any proxy: it is on this machine."""
    async with connect(url, proxy=None) as socket:
        yield Line(socket)


def _json(text: str) -> Any:
    try:
        return json.loads(text) if text else None
    except ValueError:
        return {"detail": text[:200]}
