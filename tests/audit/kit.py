"""A small instance that is as it should be, what is expected of it, and a way to audit it."""

import contextlib
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import fields, replace
from typing import Any

from ringproof.adapters.instance.config import InstanceConfig
from ringproof.adapters.instance.connect_instance import ConnectInstance
from ringproof.core.audit import Expectation, Finding
from ringproof.core.audit.content import content_hash
from ringproof.flows import fill, flow_file
from ringproof.simulators.connect import ConnectSimulator
from ringproof.simulators.connect.configuration.records import Account, Configuration, Identity
from ringproof.simulators.connect.instance import QUEUE_ID, Flow, Queue, User
from ringproof.usecases.audit_instance import audit_instance
from tests.simulators.connect_kit import simulated

ACCOUNT, INSTANCE_ID = "123456789012", "5b2f6c1e-0c54-4b0e-9d3a-6f1f3f1f0a01"
INSTANCE = f"arn:aws:connect:eu-west-2:{ACCOUNT}:instance/{INSTANCE_ID}"
GATE_ID = "d3f4b8a1-61c7-4a6c-8f0e-3b9a2c4d0d07"
ANSWERED_ID = "7a1c5a52-6a0f-4d4e-8a0d-2f9c1f0b0b02"
GATE_FUNCTION = f"arn:aws:lambda:eu-west-2:{ACCOUNT}:function:gate"
ORIGIN = "http://127.0.0.1:8400"
SERVER_ROLE = f"arn:aws:iam::{ACCOUNT}:role/ringproof-server"
DEPLOY_ROLE = f"arn:aws:iam::{ACCOUNT}:role/deploy"
AUDIT_KEYS = {"AWS_ACCESS_KEY_ID": "simulator", "AWS_SECRET_ACCESS_KEY": "simulator"}


def allowing(*actions: str, resource: Any = "*", **more: Any) -> dict[str, Any]:
    """Write an identity policy that allows these."""
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": resource, **more}
    return {"Version": "2012-10-17", "Statement": [statement]}


def invoking(**condition: Any) -> str:
    """Write a function's resource policy that lets Connect invoke it."""
    statement = {
        "Sid": "connect",
        "Effect": "Allow",
        "Principal": {"Service": "connect.amazonaws.com"},
        "Action": "lambda:InvokeFunction",
        "Resource": GATE_FUNCTION,
        "Condition": condition,
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


BOUND = invoking(ArnLike={"AWS:SourceArn": INSTANCE}, StringEquals={"AWS:SourceAccount": ACCOUNT})
ROLES = (
    Identity("ringproof-server", (allowing("connect:StartOutboundVoiceContact"),)),
    Identity("deploy", (allowing("connect:Update*"),)),
    Identity("auditor", (allowing("connect:List*", "connect:Describe*"),)),
)
VALUES = {
    "GateFunctionArn": GATE_FUNCTION,
    "StopFunctionArn": f"{GATE_FUNCTION}-stop",
    "LedgerFunctionArn": f"{GATE_FUNCTION}-ledger",
    "WaitFlowArn": f"{INSTANCE}/contact-flow/a7c8ebd4-94fa-4d9f-9c31-6ecd5f7a0a10",
    "StaticCallerId": "+442079460123",
    "BankName": "Example Bank",
}
GATE = Flow(GATE_ID, "Gate", "OUTBOUND_WHISPER", fill(flow_file("gate-block"), VALUES))
ANSWERED = Flow(ANSWERED_ID, "Answered", "CONTACT_FLOW", fill(flow_file("api-call"), VALUES))
GATED = Queue(outbound_flow_id=GATE_ID)
OPTIONS: dict[str, Any] = {
    "queues": (GATED,),
    "flows": (GATE, ANSWERED),
    "users": (User("agent-1", "sam"),),
}
CLEAN = Configuration(
    origins=(ORIGIN,),
    functions=(GATE_FUNCTION,),
    policies={GATE_FUNCTION: BOUND},
    account=Account(roles=ROLES),
)
EXPECTED = Expectation(
    instance_arn=INSTANCE,
    queue=QUEUE_ID,
    gate=GATE_ID,
    answered=ANSWERED_ID,
    hashes={each.id: frozenset({content_hash(each.content)}) for each in (GATE, ANSWERED)},
    functions=frozenset({GATE_FUNCTION}),
    origins=frozenset({ORIGIN}),
    callers=(SERVER_ROLE,),
    editors=(DEPLOY_ROLE,),
    calls=10,
    requests=2,
)


@contextlib.asynccontextmanager
async def instance(**changes: Any) -> AsyncIterator[ConnectSimulator]:
    """Run the clean instance with something changed: an option, or a part of its configuration."""
    own = {each.name for each in fields(Configuration)} & set(changes)
    configuration = replace(CLEAN, **{name: changes.pop(name) for name in own})
    async with simulated(**{**OPTIONS, "configuration": configuration, **changes}) as sim:
        yield sim


def reader(sim: ConnectSimulator, region: str = "eu-west-2") -> ConnectInstance:
    return ConnectInstance(InstanceConfig(INSTANCE_ID, INSTANCE, region, rate=1000, url=sim.url))


async def audited(sim: ConnectSimulator, wanted: Expectation = EXPECTED) -> Sequence[Finding]:
    return await audit_instance(reader(sim), wanted)


def codes(found: Sequence[Finding]) -> list[str]:
    return [each.code.value for each in found]
