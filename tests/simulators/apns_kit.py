"""A provider and a phone for tests of the APNs simulator, on nothing but the wire."""

import asyncio
import base64
import contextlib
import json
import secrets
import ssl
from collections import defaultdict
from dataclasses import dataclass, field

import h2.config
import h2.connection
import h2.events
import h2.settings
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from websockets.asyncio.client import connect

from ringproof.simulators.apns import ApnsOptions, ApnsSimulator

TEAM = "TEAM123456"
TOPIC = "com.examplebank.app"
ALERT = b'{"aps":{"alert":{"title-loc-key":"T"},"mutable-content":1},"type":"call_verification"}'


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass
class Clock:
    now: float = 1_800_000_000.0

    def __call__(self):
        return self.now


class World:
    """A simulator whose clock and keys belong to the test."""

    def __init__(self):
        self.clock = Clock()
        self.keys: dict[str, ec.EllipticCurvePublicKey] = {}
        self.simulator = ApnsSimulator(
            ApnsOptions(
                keys=self.keys, team=TEAM, topics=frozenset({TOPIC, "com.other"}), now=self.clock
            )
        )

    @contextlib.asynccontextmanager
    async def running(self):
        async with self.simulator.running() as self.endpoint:
            yield self

    def provider(self):
        return Provider(self)

    @contextlib.asynccontextmanager
    async def connection(self):
        context = ssl.create_default_context(cafile=self.endpoint.ca_file)
        context.set_alpn_protocols(["h2"])
        host, port = self.endpoint.url.removeprefix("https://").split(":")
        reader, writer = await asyncio.open_connection(host, int(port), ssl=context)
        http2 = Http2(reader, writer)
        reading = asyncio.create_task(http2.read())
        try:
            yield http2
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)
            writer.transport.abort()

    @contextlib.asynccontextmanager
    async def phone(self, *, app=TOPIC, token=None):
        async with connect(self.endpoint.device_url.replace("http", "ws") + "/device") as socket:
            await socket.send(json.dumps({"type": "register", "app": app, "token": token}))
            registered = json.loads(await socket.recv())
            assert registered["type"] == "registered"
            yield Phone(socket, registered["token"])

    async def device_token(self, app=TOPIC):
        """Register a phone that goes away again."""
        async with self.phone(app=app) as phone:
            return phone.token


class Provider:
    """A provider with a key of its own, which the simulator knows."""

    def __init__(self, world):
        self._world = world
        self.kid = secrets.token_hex(5).upper()
        self.key = ec.generate_private_key(ec.SECP256R1())
        world.keys[self.kid] = self.key.public_key()

    def token(self, *, age=0, header=None, claims=None, key=None):
        header = {"alg": "ES256", "kid": self.kid, **(header or {})}
        claims = {"iss": TEAM, "iat": int(self._world.clock.now) - age, **(claims or {})}
        signing_input = ".".join(b64(json.dumps(part).encode()) for part in (header, claims))
        der = (key or self.key).sign(signing_input.encode(), ec.ECDSA(hashes.SHA256()))
        signature = b"".join(part.to_bytes(32, "big") for part in decode_dss_signature(der))
        return f"{signing_input}.{b64(signature)}"

    def headers(self, device_token, *, token=None, **replaced):
        """Make a good request's headers; a value of None leaves one out."""
        headers = {
            ":method": "POST",
            ":scheme": "https",
            ":authority": "localhost",
            ":path": f"/3/device/{device_token}",
            "authorization": f"bearer {token or self.token()}",
            "apns-topic": TOPIC,
            "apns-push-type": "alert",
            "apns-expiration": str(int(self._world.clock.now) + 30),
        }
        headers |= {name.replace("_", "-"): value for name, value in replaced.items()}
        return [(name, value) for name, value in headers.items() if value is not None]


@dataclass
class Reply:
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    reset: int | None = None
    lost: bool = False
    done: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def status(self):
        return int(self.headers.get(":status", 0))

    @property
    def reason(self):
        return json.loads(self.body)["reason"] if self.body else None


class Http2:
    """A client's connection that shows every frame."""

    def __init__(self, reader, writer):
        self._reader, self._writer = reader, writer
        config = h2.config.H2Configuration(header_encoding="utf-8", validate_outbound_headers=False)
        self.http2 = h2.connection.H2Connection(config)
        self.http2.initiate_connection()
        self._flush()
        self.replies = defaultdict(Reply)
        self.goaway = None
        self.pongs: asyncio.Queue[h2.events.Event] = asyncio.Queue()
        self.settings: asyncio.Queue[dict[int, h2.settings.ChangedSetting]] = asyncio.Queue()
        self.closed = asyncio.Event()
        self.error = None

    def send(self, headers, body=ALERT):
        """Send a request and return its stream's id."""
        stream_id = self.open(headers)
        self.finish(stream_id, body)
        return stream_id

    def open(self, headers):
        stream_id = self.http2.get_next_available_stream_id()
        self.http2.send_headers(stream_id, headers)
        return stream_id

    def finish(self, stream_id, body):
        self.http2.send_data(stream_id, body, end_stream=True)
        self._flush()

    def ping(self):
        self.http2.ping(b"12345678")
        self._flush()

    async def reply(self, stream_id):
        reply = self.replies[stream_id]
        async with asyncio.timeout(5):
            await reply.done.wait()
        return reply

    async def ask(self, headers, body=ALERT):
        return await self.reply(self.send(headers, body))

    async def read(self):
        try:
            while data := await self._reader.read(65536):
                for event in self.http2.receive_data(data):
                    self._take(event)
                self._flush()
        except OSError as error:
            self.error = error
        finally:
            for reply in self.replies.values():
                reply.lost = not reply.done.is_set()
                reply.done.set()
            self.closed.set()

    def _take(self, event):
        match event:
            case h2.events.ResponseReceived():
                self.replies[event.stream_id].headers = dict(event.headers)
            case h2.events.DataReceived():
                self.replies[event.stream_id].body += event.data
            case h2.events.StreamEnded():
                self.replies[event.stream_id].done.set()
            case h2.events.StreamReset():
                self.replies[event.stream_id].reset = event.error_code
                self.replies[event.stream_id].done.set()
            case h2.events.ConnectionTerminated():
                self.goaway = event
            case h2.events.PingAckReceived():
                self.pongs.put_nowait(event)
            case h2.events.RemoteSettingsChanged():
                self.settings.put_nowait(event.changed_settings)

    def _flush(self):
        self._writer.write(self.http2.data_to_send())


class Phone:
    def __init__(self, socket, token):
        self.socket, self.token = socket, token

    async def push(self):
        async with asyncio.timeout(5):
            frame = json.loads(await self.socket.recv())
        assert frame["type"] == "push"
        return frame

    async def say(self, **message):
        await self.socket.send(json.dumps(message))

    async def gone(self):
        async with asyncio.timeout(5):
            await self.socket.wait_closed()
