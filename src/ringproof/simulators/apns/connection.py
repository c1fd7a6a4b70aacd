"""One provider's HTTP/2 connection, on h2 itself, so that every frame is ours to spoil."""

import asyncio
import socket
import struct
from collections.abc import Iterable
from typing import Any, cast

import h2.config
import h2.connection
import h2.events
import h2.exceptions
import h2.settings
import hpack
from h2.errors import ErrorCodes
from h2.settings import SettingCodes

from ringproof.simulators.apns.misbehaviour import misbehave
from ringproof.simulators.apns.notification import MAX_VOIP_PAYLOAD, Asked
from ringproof.simulators.apns.provider_token import Standing
from ringproof.simulators.apns.refusals import Reply
from ringproof.simulators.apns.service import ApnsService
from ringproof.simulators.recording import Received

# Header checks cost h2 a fifth of a request; a header that is wrong for APNs is refused below.
CONFIG = h2.config.H2Configuration(
    client_side=False,
    header_encoding=None,
    validate_inbound_headers=False,
    normalize_inbound_headers=False,
    validate_outbound_headers=False,
    normalize_outbound_headers=False,
)
STREAMS_BEFORE_PROOF = 1
STREAMS_AFTER_PROOF = 1000
UNLIMITED = 2**31 - 1
WINDOW = 2**24
RESET_NOW = struct.pack("ii", 1, 0)  # SO_LINGER on, 0 s: close sends RST instead of FIN


class PlainEncoder(hpack.Encoder):
    """HPACK without Huffman codes, which cost Python more time than they save a loopback."""

    def encode(self, headers: Iterable[Any], huffman: bool = False) -> bytes:  # noqa: FBT001, FBT002
        """Encode a header block."""
        return super().encode(headers, huffman)


class ApnsConnection(asyncio.Protocol):
    """Turn frames into requests for the service, and replies into frames.

    Everything that one read brings is answered in one write.
    """

    transport: asyncio.Transport

    def __init__(self, service: ApnsService, open_connections: set["ApnsConnection"]) -> None:
        self.service = service
        self.http2 = h2.connection.H2Connection(CONFIG)
        self.http2.encoder = PlainEncoder()
        self.standing = Standing()
        self.deaf = False
        self._proven = False
        self._unread = 0
        self._streams: dict[int, Asked] = {}
        self._open_connections = open_connections

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet the client: one stream until it has proved who it is."""
        # uvloop's TLS transport is one by its methods, not by its class.
        self.transport = cast("asyncio.Transport", transport)
        self._open_connections.add(self)
        self.http2.local_settings = _settings(STREAMS_BEFORE_PROOF)
        self.http2.initiate_connection()
        # h2 would end the connection for one stream too many; we refuse the
        # stream, as a client cannot know the limit before it reads it.
        self.http2.local_settings = _settings(UNLIMITED)
        self.http2.increment_flow_control_window(WINDOW)
        self.flush()

    def connection_lost(self, _: Exception | None) -> None:
        """Forget the connection."""
        self._open_connections.discard(self)

    def data_received(self, data: bytes) -> None:
        """Serve what came, unless this connection is meant to be deaf."""
        if self.deaf:
            return
        try:
            events = self.http2.receive_data(data)
        except h2.exceptions.ProtocolError:
            self.flush()
            self.transport.close()
            return
        for event in events:
            if self.deaf:
                return
            self._handle(event)
        self.flush()

    def flush(self) -> None:
        """Write what h2 has to say."""
        if (data := self.http2.data_to_send()) and not self.transport.is_closing():
            self.transport.write(data)

    def answer(self, stream_id: int, reply: Reply) -> None:
        """Answer a request, if its stream is still there."""
        if self._streams.pop(stream_id, None) is None:
            return
        self.http2.send_headers(stream_id, reply.headers, end_stream=not reply.body)
        if reply.body:
            self.http2.send_data(stream_id, reply.body, end_stream=True)

    def serve(self, stream_id: int, received: Received) -> None:
        """Do what the request of this stream asks, and answer."""
        if asked := self._streams.get(stream_id):
            reply = self.accept(asked)
            received.answer = reply.status
            self.answer(stream_id, reply)

    def accept(self, asked: Asked) -> Reply:
        """Do what is asked; the first provider that proves itself gets all its streams."""
        reply, proven = self.service.serve(asked, self.standing)
        if proven and not self._proven:
            self._proven = True
            self.http2.update_settings({SettingCodes.MAX_CONCURRENT_STREAMS: STREAMS_AFTER_PROOF})
        return reply

    def reset_stream(self, stream_id: int, error: ErrorCodes) -> None:
        """End a stream without an answer."""
        self._streams.pop(stream_id, None)
        self.http2.reset_stream(stream_id, error)

    def reset(self) -> None:
        """Drop the connection with a TCP RST."""
        self.deaf = True
        connection = self.transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_NOW)
        self.transport.abort()

    def _handle(self, event: h2.events.Event) -> None:
        match event:
            case h2.events.RequestReceived():
                self._begin(event)
            case h2.events.DataReceived():
                self._collect(event)
            case h2.events.StreamEnded():
                self._complete(event.stream_id)
            case h2.events.StreamReset():
                self._streams.pop(event.stream_id, None)
            case h2.events.ConnectionTerminated():
                self.flush()
                self.deaf = True
                self.transport.close()

    def _begin(self, event: h2.events.RequestReceived) -> None:
        if self._streams and not self._proven:
            self.reset_stream(event.stream_id, ErrorCodes.REFUSED_STREAM)
            return
        headers = dict(event.headers)
        duplicates = len(headers) != len(event.headers)
        self._streams[event.stream_id] = Asked(headers, duplicates, bytearray())

    def _collect(self, event: h2.events.DataReceived) -> None:
        self._unread += event.flow_controlled_length
        if self._unread > WINDOW // 2:
            self.http2.increment_flow_control_window(self._unread)
            self._unread = 0
        asked = self._streams.get(event.stream_id)
        if asked is None or asked.complete:
            return
        asked.body += event.data
        if len(asked.body) > MAX_VOIP_PAYLOAD:
            self._complete(event.stream_id)

    def _complete(self, stream_id: int) -> None:
        asked = self._streams.get(stream_id)
        if asked is None or asked.complete:
            return
        asked.complete = True
        path = asked.path
        received = self.service.requests.note(path, asked.headers.items(), bytes(asked.body))
        fault = self.service.faults.take(path)
        if fault is None:
            self.serve(stream_id, received)
        else:
            misbehave(self, stream_id, asked, received, fault)


def _settings(max_streams: int) -> h2.settings.Settings:
    return h2.settings.Settings(
        client=False,
        initial_values={
            SettingCodes.MAX_CONCURRENT_STREAMS: max_streams,
            SettingCodes.MAX_HEADER_LIST_SIZE: 8000,
        },
    )
