"""Injected faults as they look on HTTP/2."""

import asyncio
from typing import Protocol

import h2.connection
import msgspec
from h2.errors import ErrorCodes

from ringproof.simulators.apns.notification import Asked
from ringproof.simulators.apns.refusals import Reply, error_reply
from ringproof.simulators.faults import (
    AcceptThenSilence,
    Answer,
    Blackhole,
    Fault,
    Garbage,
    Goaway,
    Latency,
    Reset,
)
from ringproof.simulators.recording import Received

LINGER_S = 1.0
GARBAGE = Reply(
    200,
    [(b":status", b"200"), (b"content-type", b"text/html")],
    b"<html><body>It works!</body></html>",
)


class Connection(Protocol):
    """What a fault does to a connection."""

    deaf: bool
    transport: asyncio.Transport
    http2: h2.connection.H2Connection

    def answer(self, stream_id: int, reply: Reply) -> None: ...  # noqa: D102
    def serve(self, stream_id: int, received: Received) -> None: ...  # noqa: D102
    def accept(self, asked: Asked) -> Reply: ...  # noqa: D102
    def flush(self) -> None: ...  # noqa: D102
    def reset_stream(self, stream_id: int, error: ErrorCodes) -> None: ...  # noqa: D102
    def reset(self) -> None: ...  # noqa: D102


def misbehave(
    connection: Connection, stream_id: int, asked: Asked, received: Received, fault: Fault
) -> None:
    """Show *fault* to the request of this stream."""
    match fault:
        case Latency():
            loop = asyncio.get_running_loop()
            loop.call_later(fault.ms / 1000, _late, connection, stream_id, received)
        case Answer():
            received.answer = fault.status
            connection.answer(stream_id, _shape(fault, asked))
        case Garbage():
            received.answer = GARBAGE.status
            connection.answer(stream_id, GARBAGE)
        case Reset(stream=True):
            connection.reset_stream(stream_id, ErrorCodes.INTERNAL_ERROR)
        case Reset():
            connection.reset()
        case Goaway():
            _go_away(connection, stream_id, fault)
        case Blackhole():
            connection.flush()
            connection.deaf = not fault.stream
        case AcceptThenSilence():
            connection.accept(asked)


def _late(connection: Connection, stream_id: int, received: Received) -> None:
    if not connection.deaf and not connection.transport.is_closing():
        connection.serve(stream_id, received)
        connection.flush()


def _shape(fault: Answer, asked: Asked) -> Reply:
    reply = error_reply(fault.status, fault.reason, fault.timestamp, asked.headers.get(b"apns-id"))
    if fault.retry_after is not None:
        reply.headers.append((b"retry-after", b"%d" % fault.retry_after))
    return reply


def _go_away(connection: Connection, stream_id: int, fault: Goaway) -> None:
    """Say GOAWAY; linger if a client may move on, so that no reset overtakes it."""
    debug_data = msgspec.json.encode({"reason": fault.reason}) if fault.reason else None
    connection.http2.close_connection(
        ErrorCodes.NO_ERROR, debug_data, stream_id - 2 if fault.excluding else stream_id
    )
    connection.flush()
    connection.deaf = True
    linger = LINGER_S if fault.excluding else 0
    asyncio.get_running_loop().call_later(linger, connection.transport.close)
