"""A WebSocket that speaks JSON both ways."""

import asyncio
import contextlib
import json
from collections.abc import Callable
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

Message = dict[str, Any]


async def converse(
    socket: WebSocket, outbox: asyncio.Queue[Message], obey: Callable[[Message], None]
) -> None:
    """Send what comes into the outbox and obey what comes in, until the other side leaves."""
    sending = asyncio.create_task(_send(socket, outbox))
    try:
        with contextlib.suppress(WebSocketDisconnect):
            while True:
                obey(await receive(socket))
    finally:
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)


async def receive(socket: WebSocket) -> Message:
    """Read one message; what is not a JSON object reads as an empty one."""
    try:
        message = json.loads(await socket.receive_text())
    except (ValueError, KeyError):
        return {}
    return message if isinstance(message, dict) else {}


async def _send(socket: WebSocket, outbox: asyncio.Queue[Message]) -> None:
    while True:
        await socket.send_json(await outbox.get())
