"""A small instance that is as it should be, what is expected of it, and a way to audit it."""

import contextlib
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import Any

from ringproof.adapters.instance.config import InstanceConfig
from ringproof.adapters.instance.connect_instance import ConnectInstance
from ringproof.core.audit import Expectation, Finding
from ringproof.core.audit.content import content_hash
from ringproof.simulators.connect import ConnectSimulator
from ringproof.simulators.connect.configuration.records import (
    GATE_CONTENT,
    GATE_ID,
    Account,
    Configuration,
    Identity,
)
from ringproof.simulators.connect.instance import QUEUE_ID, Flow
from ringproof.usecases.audit_instance import audit_instance
from tests.simulators.connect_kit import simulated

ACCOUNT, INSTANCE_ID = "123456789012", "5b2f6c1e-0c54-4b0e-9d3a-6f1f3f1f0a01"
INSTANCE = f"arn:aws:connect:eu-west-2:{ACCOUNT}:instance/{INSTANCE_ID}"
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
CLEAN = Configuration(
    flows=(
        Flow(GATE_ID, "Gate", "OUTBOUND_WHISPER", GATE_CONTENT),
        Flow(ANSWERED_ID, "Answered", "CONTACT_FLOW", GATE_CONTENT),
    ),
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
    hashes=dict.fromkeys((GATE_ID, ANSWERED_ID), frozenset({content_hash(GATE_CONTENT)})),
    functions=frozenset({GATE_FUNCTION}),
    origins=frozenset({ORIGIN}),
    callers=(SERVER_ROLE,),
    editors=(DEPLOY_ROLE,),
    calls=10,
    requests=2,
)


def configured(**changes: Any) -> Configuration:
    """Return the clean configuration with something changed."""
    return replace(CLEAN, **changes)


@contextlib.asynccontextmanager
async def instance(
    configuration: Configuration = CLEAN, **options: Any
) -> AsyncIterator[ConnectSimulator]:
    async with simulated(configuration=configuration, **options) as sim:
        yield sim


def reader(sim: ConnectSimulator, region: str = "eu-west-2") -> ConnectInstance:
    return ConnectInstance(InstanceConfig(INSTANCE_ID, INSTANCE, region, rate=1000, url=sim.url))


async def audited(sim: ConnectSimulator, wanted: Expectation = EXPECTED) -> Sequence[Finding]:
    return await audit_instance(reader(sim), wanted)


def codes(found: Sequence[Finding]) -> list[str]:
    return [each.code.value for each in found]
