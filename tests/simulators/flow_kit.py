"""The flows as they are deployed, and Lambdas that answer as a test wants."""

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from botocore.exceptions import ClientError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ringproof.flows import fill, flow_file
from ringproof.simulators.connect import ConnectSimulator, Flow, Queue
from ringproof.simulators.connect.flow.builtin import SAMPLE_INBOUND
from ringproof.simulators.loopback import served
from tests.simulators.connect_kit import BANK, simulated, stop

ALLOW = {"decision": "allow", "callId": "c1", "callerId": BANK, "code": "", "verified": "true"}
DENY = {"decision": "deny", "callId": "", "callerId": "", "code": "not_announced"}
STATIC = "+442079460100"
ARN = "arn:aws:lambda:eu-west-2:123456789012:function:ringproof-{}"
VALUES = {
    **{f"{name.title()}FunctionArn": ARN.format(name)
       for name in ("gate", "stop", "ledger", "inbound")},
    "WaitFlowArn": "api-wait",
    "StaticCallerId": STATIC,
    "QueueArn": Queue().id,
    "BankName": "Example Bank",
}  # fmt: skip
ANSWERED = ("api-call", "api-wait", "inbound-caller")
Answer = Callable[[Any], Response | Awaitable[Response]]


def deployed(name: str) -> Flow:
    """A flow as it is deployed; its id is its name."""
    kinds = {"gate": "OUTBOUND_WHISPER", "api-wait": "CUSTOMER_QUEUE"}
    found = (kind for start, kind in kinds.items() if name.startswith(start))
    return Flow(name, name, next(found, "CONTACT_FLOW"), fill(flow_file(name), VALUES))


def answers(body: Any, status: int = 200, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _: JSONResponse(body, status, named)


class Functions:
    """Lambdas behind one URL; one that has no answer is not there."""

    def __init__(self) -> None:
        self.answer: dict[str, Answer] = {}
        self.heard: list[tuple[str, Any]] = []
        self.keys: set[str] = set()

    async def invoke(self, request: Request) -> Response:
        name, event = request.path_params["name"], await request.json()
        self.heard.append((name, event))
        self.keys.add(request.headers.get("authorization", ""))
        answer = self.answer.get(name, answers({}, 404))(event)
        return await answer if isinstance(answer, Awaitable) else answer

    def asked(self, name: str) -> list[Any]:
        return [event["Details"] for heard, event in self.heard if heard == name]


@contextlib.asynccontextmanager
async def functions(**answer: Answer) -> AsyncIterator[tuple[Functions, str]]:
    known = Functions()
    known.answer = answer
    path = "/2015-03-31/functions/{name}/invocations"
    app = Starlette(routes=[Route(path, known.invoke, methods=["POST"])])
    async with served(app, "127.0.0.1", 0) as url:
        yield known, url


@contextlib.asynccontextmanager
async def gated(
    gate: str = "gate-block", answer: dict[str, Answer] | None = None, **options: Any
) -> AsyncIterator[tuple[ConnectSimulator, Functions]]:
    """An instance whose one queue is behind a gate, and the gate's Lambdas."""
    async with functions(**(answer or {})) as (known, url):
        instance = {
            "claimed_numbers": (BANK, STATIC),
            "flows": (SAMPLE_INBOUND, *map(deployed, (gate, *ANSWERED))),
            "queues": (Queue(outbound_flow_id=gate),),
            "gate_url": url,
            **options,
        }
        async with simulated(**instance) as sim:
            yield sim, known


def stopping(sim: ConnectSimulator) -> Answer:
    """Answer as `stop` does, which stops the contact that it is told of."""

    async def answer(event: Any) -> Response:
        try:
            await stop(sim, event["Details"]["ContactData"]["ContactId"])
        except ClientError:
            return JSONResponse({"stopped": "false"})
        return JSONResponse({"stopped": "true"})

    return answer
