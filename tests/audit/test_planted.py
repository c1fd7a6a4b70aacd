"""Each thing that can be wrong, planted by itself: exactly that is found, with what shows it."""

import json
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from ringproof.core.audit import Code, Expectation, GateMode, Severity, clean
from ringproof.core.call import DialMode
from ringproof.simulators.connect.configuration.records import (
    GATE_CONTENT,
    GATE_ID,
    Account,
    Configuration,
    Identity,
    QuickConnect,
    Storage,
)
from ringproof.simulators.connect.instance import (
    QUEUE_ID,
    Flow,
    Queue,
    RoutingProfile,
    SecurityProfile,
    User,
)
from tests.audit.kit import (
    ANSWERED_ID,
    BOUND,
    CLEAN,
    EXPECTED,
    GATE_FUNCTION,
    INSTANCE,
    ROLES,
    allowing,
    audited,
    codes,
    configured,
    instance,
    invoking,
)

GATED, BARE = Queue(outbound_flow_id=GATE_ID), Queue("bare", "Old campaigns")
CHANGED = json.dumps({**json.loads(GATE_CONTENT), "StartAction": "dial"})
SERVER = replace(EXPECTED, mode=DialMode.SERVER)
ADMIN = SecurityProfile("admin", "Admin", frozenset({"OutboundCallAccess", "Queues.Edit"}))
PLAIN = SecurityProfile(permissions=frozenset({"BasicAgentAccess"}))


@dataclass(frozen=True)
class Plant:
    """What is wrong with an instance, and what an audit must say of it."""

    code: Code
    evidence: tuple[str, ...]
    configuration: Configuration = CLEAN
    wanted: Expectation = EXPECTED
    options: dict[str, Any] = field(default_factory=dict)


def flows(content: str) -> tuple[Flow, ...]:
    return (Flow(GATE_ID, "Gate", "OUTBOUND_WHISPER", content), CLEAN.flows[1])


def roles(*more: Identity) -> Account:
    return Account(roles=(*ROLES, *more))


PLANTS = {
    "a queue of a routing profile has no flow of its own": Plant(
        Code.QUEUE_UNGATED,
        ("Old campaigns", "default flow", "Verified calling"),
        configured(
            queues=(GATED, BARE),
            routing_profiles=(RoutingProfile(queue_ids=(QUEUE_ID, "bare")),),
        ),
    ),
    "the default outbound queue of a routing profile has no gate": Plant(
        Code.QUEUE_UNGATED,
        ("Old campaigns", "Night shift (its default outbound queue)"),
        configured(
            queues=(GATED, BARE),
            routing_profiles=(RoutingProfile(), RoutingProfile("rp2", "Night shift", "bare", ())),
        ),
    ),
    "a queue has another flow than the gate": Plant(
        Code.QUEUE_UNGATED,
        (f"its flow is {ANSWERED_ID}",),
        configured(queues=(Queue(outbound_flow_id=ANSWERED_ID),)),
    ),
    "a queue that no routing profile has is not gated": Plant(
        Code.QUEUE_UNGATED_UNUSED, ("Old campaigns",), configured(queues=(GATED, BARE))
    ),
    "a gated queue has a number of its own": Plant(
        Code.QUEUE_OWN_NUMBER,
        ("Verified outbound", "its caller id is"),
        configured(queues=(replace(GATED, caller_id="+442079460123"),)),
    ),
    "the queue of the settings does not exist": Plant(
        Code.QUEUE_MISSING, ("elsewhere",), wanted=replace(EXPECTED, queue="elsewhere")
    ),
    "the gate only warns": Plant(
        Code.GATE_NOT_BLOCKING, ("warn",), wanted=replace(EXPECTED, gate_mode=GateMode.WARN)
    ),
    "the flow of answered calls does not exist": Plant(
        Code.FLOW_MISSING,
        (ANSWERED_ID,),
        configured(flows=CLEAN.flows[:1], security_profiles=(PLAIN,)),
        SERVER,
    ),
    "the gate was edited": Plant(
        Code.FLOW_CHANGED, ("Gate", "what was deployed is"), configured(flows=flows(CHANGED))
    ),
    "the gate is not JSON any more": Plant(
        Code.FLOW_CHANGED, ("Gate",), configured(flows=flows("{"))
    ),
    "nothing says what the gate should be": Plant(
        Code.FLOW_UNPINNED, ("hash is",), wanted=replace(EXPECTED, hashes={})
    ),
    "the gate is archived": Plant(
        Code.FLOW_NOT_LIVE, ("ARCHIVED",), configured(archived=frozenset({GATE_ID}))
    ),
    "the gate was never published": Plant(
        Code.FLOW_NOT_LIVE, ("SAVED",), configured(unpublished=frozenset({GATE_ID}))
    ),
    "a second profile lets an agent dial where the server dials": Plant(
        Code.OUTBOUND_GRANTED,
        ("Admin", "held by sam"),
        configured(
            security_profiles=(
                PLAIN,
                replace(ADMIN, permissions=frozenset({"OutboundCallAccess"})),
            ),
            users=(
                User("agent-1", "sam", security_profile_ids=(PLAIN.id, "admin")),
                User("agent-2", "kim"),
            ),
        ),
        SERVER,
    ),
    "a profile that nobody holds lets dial where the server dials": Plant(
        Code.OUTBOUND_GRANTED_UNUSED,
        ("Admin", "nobody"),
        configured(security_profiles=(PLAIN, ADMIN)),
        SERVER,
    ),
    "two profiles of an agent let them edit queues": Plant(
        Code.AGENT_MAY_EDIT,
        ("sam", "Queues.Edit"),
        configured(
            security_profiles=(PLAIN, ADMIN),
            users=(
                User("agent-1", "sam", security_profile_ids=(PLAIN.id, "admin")),
                User("boss", "kim", security_profile_ids=("admin",)),
            ),
        ),
    ),
    "a queue has a quick connect to a telephone number": Plant(
        Code.PHONE_QUICK_CONNECT,
        ("Verified outbound", "Locksmith"),
        configured(
            quick_connects={
                QUEUE_ID: (QuickConnect("q1", "Locksmith"), QuickConnect("q2", "Back", "QUEUE"))
            }
        ),
    ),
    "the origin of the agent's page is not approved": Plant(
        Code.ORIGIN_MISSING, ("http://127.0.0.1:8400", "none"), configured(origins=())
    ),
    "an origin is approved that nobody expects": Plant(
        Code.ORIGIN_STRANGE,
        ("https://evil.example",),
        configured(origins=(*CLEAN.origins, "https://evil.example")),
    ),
    "the gate's function is not associated": Plant(
        Code.FUNCTION_NOT_ASSOCIATED, (GATE_FUNCTION,), configured(functions=())
    ),
    "the gate's function has no resource policy": Plant(
        Code.FUNCTION_NOT_INVOCABLE, (GATE_FUNCTION, "no policy"), configured(policies={})
    ),
    "the gate's function is for another instance": Plant(
        Code.FUNCTION_NOT_INVOCABLE,
        ("does not let Connect invoke it",),
        configured(
            policies={GATE_FUNCTION: BOUND.replace("connect.amazonaws.com", "s3.amazonaws.com")}
        ),
    ),
    "the gate's function is bound to no account": Plant(
        Code.FUNCTION_OPEN,
        ("statement connect",),
        configured(policies={GATE_FUNCTION: invoking(ArnLike={"AWS:SourceArn": INSTANCE})}),
    ),
    "contact records go to a bucket only": Plant(
        Code.RECORDS_NOT_STREAMED,
        ("CONTACT_TRACE_RECORDS",),
        configured(storage=(Storage(type="S3"),)),
    ),
    "another kind of record is streamed": Plant(
        Code.RECORDS_NOT_STREAMED,
        ("CONTACT_TRACE_RECORDS",),
        configured(storage=(Storage("AGENT_EVENTS"),)),
    ),
    "outbound calls are off": Plant(
        Code.OUTBOUND_OFF, ("false",), options={"outbound_calls": False}
    ),
    "there are too few concurrent calls": Plant(
        Code.QUOTA_LOW, ("concurrent calls", "it is 5"), options={"concurrent_calls": 5}
    ),
    "a quota has its default only, and that is too little": Plant(
        Code.QUOTA_LOW,
        ("StopContact", "it is 2, and 4 are needed"),
        configured(default_only=frozenset({"L-650BD10F"})),
        replace(EXPECTED, requests=4),
        {"requests_per_second": 4},
    ),
    "a role may start calls": Plant(
        Code.IAM_MAY_CALL,
        ("role/batch", "StartOutboundVoiceContact", "SCPs"),
        configured(
            account=roles(
                Identity("batch", (allowing("connect:Start*", resource=f"{INSTANCE}/*"),))
            )
        ),
    ),
    "a user's group may edit the flow by a managed policy": Plant(
        Code.IAM_MAY_EDIT,
        ("user/kim", "UpdateContactFlowContent"),
        configured(
            account=Account(
                users=(Identity("kim", groups=("editors",)),),
                groups=(Identity("editors", managed=("arn:aws:iam::aws:policy/Editors",)),),
                roles=ROLES,
                managed={"arn:aws:iam::aws:policy/Editors": allowing("connect:*Flow*")},
            )
        ),
    ),
}


@pytest.mark.parametrize("plant", PLANTS.values(), ids=PLANTS.keys())
async def test_exactly_what_was_planted_is_found(plant):
    async with instance(plant.configuration, **plant.options) as sim:
        found = await audited(sim, plant.wanted)

    assert codes(found) == [plant.code]
    said = f"{found[0].subject}: {found[0].evidence}"
    assert [each for each in plant.evidence if each not in said] == []
    assert clean(found) == (found[0].severity < Severity.HIGH)


def test_every_kind_of_finding_is_planted_somewhere():
    planted = {plant.code for plant in PLANTS.values()}
    assert set(Code) - planted == {Code.UNREAD}  # tests/audit/test_unread.py plants it


async def test_the_worst_is_named_first():
    wrong = configured(queues=(BARE,), origins=(), routing_profiles=(RoutingProfile(
        default_outbound_queue_id="bare", queue_ids=()),))  # fmt: skip
    async with instance(wrong) as sim:
        found = await audited(sim)

    assert codes(found) == ["queue_ungated", "queue_missing", "origin_missing"]
