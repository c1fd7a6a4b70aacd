"""A push service with its simulator and its channel, in the form that the contract asks about."""

import asyncio
import contextlib
import json
import uuid
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeAlias

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from websockets.asyncio.client import ClientConnection, connect

from ringproof.adapters.clock import SystemClock
from ringproof.adapters.push.apns import ApnsChannel, ApnsConfig
from ringproof.adapters.push.fcm import FcmChannel, FcmConfig
from ringproof.adapters.push.oauth import ServiceAccount
from ringproof.core.people import PushKind
from ringproof.core.seal import SealedType
from ringproof.core.time import SECOND
from ringproof.ports import Clock, Push, PushChannel
from ringproof.simulators.apns import ApnsOptions, ApnsSimulator
from ringproof.simulators.faults import Fault
from ringproof.simulators.fcm import FcmOptions, FcmSimulator
from ringproof.simulators.fcm import ServiceAccount as Known

TEAM = "TEAM123456"
TOPIC = "com.examplebank.app"
OTHER_APP = "com.examplebank.other"
SEALED = "c2VhbGVk" * 340  # as long as a sealed proof is
PATIENCE = 0.5
PROJECT = "examplebank"
SEND = "messages:send"
RSA_KEY = rsa.generate_private_key(65537, 2048)


@dataclass
class Phone:
    """The far end of a push service's device side."""

    socket: ClientConnection
    token: str

    async def push(self) -> dict[str, Any]:
        async with asyncio.timeout(5):
            frame: dict[str, Any] = json.loads(await self.socket.recv())
        assert frame["type"] == "push"
        return frame


class Rig(Protocol):
    """What the contract needs of a service."""

    @property
    def channel(self) -> PushChannel:
        """The adapter, with a credential that the service knows."""

    def inject(self, *faults: Fault) -> None:
        """Let the service do this to the pushes it is asked for, and to nothing else."""

    async def token(self, app: str = TOPIC) -> str:
        """Register a phone that goes away again."""

    def phone(self, token: str | None = None) -> contextlib.AbstractAsyncContextManager[Phone]:
        """Attach a phone."""

    def kill(self, token: str) -> None:
        """Remove the app from its phone."""

    def received(self) -> list[dict[str, Any]]:
        """List the pushes that the service was asked for."""

    def stranger(self) -> PushChannel:
        """Make a channel with a credential that the service does not know."""

    def opened(self, frame: dict[str, Any]) -> dict[str, Any]:
        """Return what our app reads in what the phone got."""


_CLOCK = SystemClock()
NewRig: TypeAlias = Callable[[], contextlib.AbstractAsyncContextManager[Rig]]


def message(token: str, **changes: Any) -> Push:
    now = SystemClock().now()
    push = Push(
        id=str(uuid.uuid4()),
        type=SealedType.CALL_VERIFICATION,
        device_id="device-1",
        token=token,
        app_id=TOPIC,
        kind=PushKind.ALERT,
        sandbox=False,
        sealed=SEALED,
        collapse=str(uuid.uuid4()),
        expires_at=now + 30 * SECOND,
        deadline=now + 10 * SECOND,
    )
    return replace(push, **changes)


@contextlib.asynccontextmanager
async def registered(url: str, **registration: Any) -> AsyncIterator[Phone]:
    async with connect(url.replace("http", "ws") + "/device", proxy=None) as socket:
        await socket.send(json.dumps({"type": "register", **registration}))
        answer = json.loads(await socket.recv())
        assert answer["type"] == "registered", answer
        yield Phone(socket, answer["token"])


@dataclass
class ApnsRig:
    simulator: ApnsSimulator
    config: ApnsConfig
    device_url: str
    channel: ApnsChannel

    def inject(self, *faults: Fault) -> None:
        self.simulator.faults.inject(*faults)

    async def token(self, app: str = TOPIC) -> str:
        return self.simulator.installations.register(app).token

    def phone(self, token: str | None = None) -> contextlib.AbstractAsyncContextManager[Phone]:
        return registered(self.device_url, app=TOPIC, token=token)

    def kill(self, token: str) -> None:
        self.simulator.installations.end(token)

    def received(self) -> list[dict[str, Any]]:
        return self.simulator.requests.describe()

    def stranger(self) -> ApnsChannel:
        config = replace(self.config, key=ec.generate_private_key(ec.SECP256R1()))
        return ApnsChannel(config, SystemClock())

    def opened(self, frame: dict[str, Any]) -> dict[str, Any]:
        payload: dict[str, Any] = json.loads(frame["payload"])
        return {"type": payload["type"], "v": str(payload["v"]), "sealed": payload["sealed"]}


@contextlib.asynccontextmanager
async def apns_rig() -> AsyncIterator[ApnsRig]:
    key = ec.generate_private_key(ec.SECP256R1())
    topics = frozenset({TOPIC, OTHER_APP})
    simulator = ApnsSimulator(ApnsOptions({"KEY1234567": key.public_key()}, TEAM, topics))
    async with simulator.running() as at:
        config = ApnsConfig(
            key, "KEY1234567", TEAM, TOPIC, at.url, at.ca_file, attempt_seconds=PATIENCE
        )
        channel = ApnsChannel(config, SystemClock())
        try:
            yield ApnsRig(simulator, config, at.device_url, channel)
        finally:
            await channel.aclose()


@dataclass
class FcmRig:
    simulator: FcmSimulator
    config: FcmConfig
    url: str
    channel: FcmChannel

    def inject(self, *faults: Fault) -> None:
        here = [msgspec.structs.replace(fault, path=fault.path or SEND) for fault in faults]
        self.simulator.faults.inject(*here)

    async def token(self, app: str = TOPIC) -> str:
        installation = self.simulator.installations.register(app)
        installation.sender = PROJECT if app == TOPIC else OTHER_APP
        return installation.token

    def phone(self, token: str | None = None) -> contextlib.AbstractAsyncContextManager[Phone]:
        return registered(self.url, app=TOPIC, token=token)

    def kill(self, token: str) -> None:
        self.simulator.installations.end(token)

    def received(self) -> list[dict[str, Any]]:
        return [asked for asked in self.simulator.requests.describe() if SEND in asked["path"]]

    def stranger(self) -> FcmChannel:
        key = rsa.generate_private_key(65537, 2048)
        account = replace(self.config.account, private_key=key)
        return FcmChannel(replace(self.config, account=account), SystemClock())

    def opened(self, frame: dict[str, Any]) -> dict[str, Any]:
        data: dict[str, Any] = frame["data"]
        return data


@contextlib.asynccontextmanager
async def fcm_rig(clock: Clock = _CLOCK) -> AsyncIterator[FcmRig]:
    known = Known("calls@examplebank.iam.example", PROJECT, RSA_KEY.public_key())
    simulator = FcmSimulator(FcmOptions((known,), now=lambda: clock.now() / SECOND))
    async with simulator.running() as at:
        config = fcm_config(at.url, at.token_url)
        channel = FcmChannel(config, clock)
        try:
            yield FcmRig(simulator, config, at.url, channel)
        finally:
            await channel.aclose()


def fcm_config(url: str, token_url: str) -> FcmConfig:
    account = ServiceAccount(PROJECT, "calls@examplebank.iam.example", token_url, "key-1", RSA_KEY)
    return FcmConfig(account, url, attempt_seconds=PATIENCE)
