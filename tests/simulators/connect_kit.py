"""Clients for the tests of the Connect simulator: AWS's own SDK, a handset, an agent's browser."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError
from pyreqwest.client import ClientBuilder
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from websockets.asyncio.client import ClientConnection, connect

from ringproof.simulators.connect import ConnectOptions, ConnectSimulator
from ringproof.simulators.loopback import served

BANK = "+442079460123"
CUSTOMER = "+447400100001"
DEFAULTS: dict[str, Any] = {
    "port": 0,
    "post_dial_delay_ms": 0,
    "requests_per_second": 1000,
    "burst": 1000,
}


@contextlib.asynccontextmanager
async def simulated(**options: Any) -> AsyncIterator[ConnectSimulator]:
    async with ConnectSimulator(ConnectOptions(**{**DEFAULTS, **options})).running() as sim:
        yield sim


def aws(sim: ConnectSimulator, read_timeout: float = 5, **credentials: str) -> Any:
    keys = {"aws_access_key_id": "simulator", "aws_secret_access_key": "simulator"}
    client: Any = boto3.client  # the stubs know no options made of a dict
    return client(
        "connect",
        endpoint_url=sim.url,
        region_name=sim.options.region,
        config=Config(
            retries={"total_max_attempts": 1}, read_timeout=read_timeout, parameter_validation=False
        ),
        **{**keys, **credentials},
    )


async def start(sim: ConnectSimulator, read_timeout: float = 5, **changes: Any) -> str:
    request: dict[str, Any] = {
        "InstanceId": sim.options.instance_id,
        "ContactFlowId": sim.options.flows[0].id,
        "DestinationPhoneNumber": CUSTOMER,
        "SourcePhoneNumber": BANK,
        **changes,
    }
    given = {name: value for name, value in request.items() if value is not None}
    client = aws(sim, read_timeout)
    answer = await asyncio.to_thread(client.start_outbound_voice_contact, **given)
    return str(answer["ContactId"])


async def stop(sim: ConnectSimulator, contact_id: str) -> None:
    request = {"InstanceId": sim.options.instance_id, "ContactId": contact_id}
    await asyncio.to_thread(aws(sim).stop_contact, **request)


async def describe(sim: ConnectSimulator, contact_id: str) -> Any:
    request = {"InstanceId": sim.options.instance_id, "ContactId": contact_id}
    return (await asyncio.to_thread(aws(sim).describe_contact, **request))["Contact"]


async def refusal(request: Any) -> tuple[str, int]:
    try:
        await request
    except ClientError as error:
        return error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]
    raise AssertionError("it was not refused")


class Peer:
    """The far end of one of the simulator's WebSockets."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    async def send(self, **message: Any) -> None:
        await self.socket.send(json.dumps(message))

    async def expect(self, kind: str, **values: Any) -> dict[str, Any]:
        async with asyncio.timeout(5):
            while True:
                message: dict[str, Any] = json.loads(await self.socket.recv())
                if message["type"] == kind and values.items() <= message.items():
                    return message


@contextlib.asynccontextmanager
async def handset(sim: ConnectSimulator, number: str = CUSTOMER) -> AsyncIterator[Peer]:
    async with connect(f"{sim.url.replace('http', 'ws')}/network", proxy=None) as socket:
        phone = Peer(socket)
        await phone.send(type="attach", number=number)
        await phone.expect("attached")
        yield phone


@contextlib.asynccontextmanager
async def desk(sim: ConnectSimulator, agent_arn: str) -> AsyncIterator[Peer]:
    url = f"{sim.url.replace('http', 'ws')}/browser?agentArn={agent_arn}"
    async with connect(url, proxy=None) as socket:
        yield Peer(socket)


async def dial(sim: ConnectSimulator, **changes: Any) -> tuple[int, Any]:
    body = {"agentArn": sim.options.agent_arn("a1"), "number": CUSTOMER, **changes}
    return await call("POST", f"{sim.url}/browser/dial", body)


async def call(method: str, url: str, body: Any = None) -> tuple[int, Any]:
    async with ClientBuilder().build() as client:
        request = client.request(method, url)
        answer = await (request.body_json(body) if body is not None else request).build().send()
        text = await answer.text()
        return answer.status, json.loads(text) if text else None


class Ear:
    """An HTTP server that keeps what it is sent and answers as the test wants."""

    def __init__(self) -> None:
        self.heard: list[tuple[dict[str, str], Any]] = []
        self.answer: Callable[[Any], Response] = lambda _: JSONResponse({})
        self._changed = asyncio.Condition()

    async def hear(self, request: Request) -> Response:
        body = await request.json()
        async with self._changed:
            self.heard.append((dict(request.headers), body))
            self._changed.notify_all()
        return self.answer(body)

    async def until(self, enough: Callable[[list[Any]], bool]) -> list[Any]:
        async with asyncio.timeout(5), self._changed:
            await self._changed.wait_for(lambda: enough([body for _, body in self.heard]))
        return [body for _, body in self.heard]


@contextlib.asynccontextmanager
async def listening() -> AsyncIterator[tuple[Ear, str]]:
    ear = Ear()
    app = Starlette(routes=[Route("/{path:path}", ear.hear, methods=["POST"])])
    async with served(app, "127.0.0.1", 0) as url:
        yield ear, url
