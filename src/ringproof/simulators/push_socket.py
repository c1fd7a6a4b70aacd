"""The WebSocket by which a phone reaches its push service."""

import asyncio
import re
from collections.abc import Callable

import msgspec
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from ringproof.simulators.push_device import Installation, Installations

POLICY_VIOLATION = 1008  # RFC 6455 §7.4.1
LOOPBACK_ORIGIN = re.compile(r"https?://(127\.0\.0\.1|localhost|\[::1\])(:\d+)?")


class Register(msgspec.Struct, tag_field="type", tag="register", forbid_unknown_fields=True):
    """The phone says who it is; `demote` and `sender` are FCM's."""

    app: str
    token: str | None = None
    demote: bool = False
    sender: str | None = None


class Unregister(msgspec.Struct, tag_field="type", tag="unregister", forbid_unknown_fields=True):
    """The app was removed."""


class Power(msgspec.Struct, tag_field="type", tag="power", forbid_unknown_fields=True):
    """The phone begins or ends to save power."""

    saving: bool


FromPhone = msgspec.json.Decoder(Register | Unregister | Power)
Admit = Callable[[Register], Installation]


class Declined(Exception):  # noqa: N818 (an answer, not an error)
    """The push service does not serve this phone; the text says why."""


def device_route(installations: Installations, admit: Admit) -> WebSocketRoute:
    """Serve phones at `/device`; *admit* registers one or raises Declined."""

    async def converse(socket: WebSocket) -> None:
        if not _may_connect(socket):
            await socket.close(POLICY_VIOLATION)
            return
        await socket.accept()
        try:
            installation = admit(await _registration(socket))
            await _connect(socket, installations, installation)
        except (msgspec.MsgspecError, Declined) as refused:
            await socket.send_json({"type": "error", "error": str(refused)})
            await socket.close(POLICY_VIOLATION)
        except WebSocketDisconnect:
            pass

    return WebSocketRoute("/device", converse)


async def _registration(socket: WebSocket) -> Register:
    first = FromPhone.decode(await socket.receive_text())
    if not isinstance(first, Register):
        raise Declined("register first")
    return first


async def _connect(
    socket: WebSocket, installations: Installations, installation: Installation
) -> None:
    await socket.send_json({"type": "registered", "token": installation.token})
    line = installations.attach(installation)
    talking = asyncio.create_task(_listen(socket, installations, installation))
    flowing = asyncio.create_task(line.flow(socket.send_json))
    try:
        await asyncio.wait((talking, flowing), return_when=asyncio.FIRST_COMPLETED)
    finally:
        await _settle(talking, flowing)
        installations.detach(installation, line)
    _raise_first(talking, flowing)
    await socket.close()


async def _listen(
    socket: WebSocket, installations: Installations, installation: Installation
) -> None:
    while True:
        match FromPhone.decode(await socket.receive_text()):
            case Unregister():
                installations.end(installation.token)
                return
            case Power(saving=saving):
                installations.save_power(installation, saving=saving)
            case Register():
                raise Declined("already registered: one connection for each installation")


async def _settle(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _raise_first(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        if not task.cancelled() and (error := task.exception()):
            raise error


def _may_connect(socket: WebSocket) -> bool:
    # A WebSocket is not subject to CORS: without this any web page could read the pushes.
    origin = socket.headers.get("origin")
    return origin is None or LOOPBACK_ORIGIN.fullmatch(origin) is not None
