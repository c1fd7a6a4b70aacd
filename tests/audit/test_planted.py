"""Each thing that can be wrong, planted by itself: exactly that is found, with what shows it."""

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from ringproof.core.audit import Code, Expectation, Severity, clean
from ringproof.core.call import DialMode
from ringproof.core.judge import Enforcement
from ringproof.simulators.connect.configuration.records import (
    Account,
    Identity,
    QuickConnect,
    Storage,
)
from ringproof.simulators.connect.instance import (
    QUEUE_ID,
    Queue,
    RoutingProfile,
    SecurityProfile,
    User,
)
from tests.audit.kit import (
    ANSWERED,
    ANSWERED_ID,
    BOUND,
    CLEAN,
    EXPECTED,
    GATE,
    GATE_FUNCTION,
    GATE_ID,
    GATED,
    INSTANCE,
    ROLES,
    allowing,
    audited,
    codes,
    instance,
    invoking,
)

BARE = Queue("bare", "Old campaigns")
EDITED = replace(GATE, content=GATE.content.replace("+442079460123", "+442079460999"))
SERVER = replace(EXPECTED, mode=DialMode.SERVER)
ADMIN = SecurityProfile("admin", "Admin", frozenset({"OutboundCallAccess", "Queues.Edit"}))
PLAIN = SecurityProfile(permissions=frozenset({"BasicAgentAccess"}))


@dataclass(frozen=True)
class Plant:
    """What is wrong with an instance, and what an audit must say of it."""

    code: Code
    evidence: tuple[str, ...]
    changes: dict[str, Any] = field(default_factory=dict)
    wanted: Expectation = EXPECTED


def changed(**changes: Any) -> dict[str, Any]:
    return changes


def roles(*more: Identity) -> Account:
    return Account(roles=(*ROLES, *more))


PLANTS = {
    "a queue of a routing profile has no flow of its own": Plant(
        Code.QUEUE_UNGATED,
        ("Old campaigns", "default flow", "Verified calling"),
        changed(
            queues=(GATED, BARE),
            routing_profiles=(RoutingProfile(queue_ids=(QUEUE_ID, "bare")),),
        ),
    ),
    "the default outbound queue of a routing profile has no gate": Plant(
        Code.QUEUE_UNGATED,
        ("Old campaigns", "Night shift (its default outbound queue)"),
        changed(
            queues=(GATED, BARE),
            routing_profiles=(RoutingProfile(), RoutingProfile("rp2", "Night shift", "bare", ())),
        ),
    ),
    "a queue has another flow than the gate": Plant(
        Code.QUEUE_UNGATED,
        (f"its flow is {ANSWERED_ID}",),
        changed(queues=(Queue(outbound_flow_id=ANSWERED_ID),)),
    ),
    "a queue that no routing profile has is not gated": Plant(
        Code.QUEUE_UNGATED_UNUSED, ("Old campaigns",), changed(queues=(GATED, BARE))
    ),
    "a gated queue has a number of its own": Plant(
        Code.QUEUE_OWN_NUMBER,
        ("Verified outbound", "its caller id is"),
        changed(queues=(replace(GATED, caller_id="+442079460123"),)),
    ),
    "the queue of the settings does not exist": Plant(
        Code.QUEUE_MISSING, ("elsewhere",), wanted=replace(EXPECTED, queue="elsewhere")
    ),
    "the gate only warns": Plant(
        Code.GATE_NOT_BLOCKING, ("warn",), wanted=replace(EXPECTED, gate_mode=Enforcement.WARN)
    ),
    "the flow of answered calls does not exist": Plant(
        Code.FLOW_MISSING,
        (ANSWERED_ID,),
        changed(flows=(GATE,), security_profiles=(PLAIN,)),
        SERVER,
    ),
    "the gate was edited": Plant(
        Code.FLOW_CHANGED, ("Gate", "what was deployed is"), changed(flows=(EDITED, ANSWERED))
    ),
    "nothing says what the gate should be": Plant(
        Code.FLOW_UNPINNED, ("hash is",), wanted=replace(EXPECTED, hashes={})
    ),
    "the gate is archived": Plant(
        Code.FLOW_NOT_LIVE, ("ARCHIVED",), changed(archived=frozenset({GATE_ID}))
    ),
    "the gate was never published": Plant(
        Code.FLOW_NOT_LIVE, ("SAVED",), changed(unpublished=frozenset({GATE_ID}))
    ),
    "a second profile lets an agent dial where the server dials": Plant(
        Code.OUTBOUND_GRANTED,
        ("Admin", "held by sam"),
        changed(
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
        changed(security_profiles=(PLAIN, ADMIN)),
        SERVER,
    ),
    "two profiles of an agent let them edit queues": Plant(
        Code.AGENT_MAY_EDIT,
        ("sam", "Queues.Edit"),
        changed(
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
        changed(
            quick_connects={
                QUEUE_ID: (QuickConnect("q1", "Locksmith"), QuickConnect("q2", "Back", "QUEUE"))
            }
        ),
    ),
    "the origin of the agent's page is not approved": Plant(
        Code.ORIGIN_MISSING, ("http://127.0.0.1:8400", "none"), changed(origins=())
    ),
    "an origin is approved that nobody expects": Plant(
        Code.ORIGIN_STRANGE,
        ("https://evil.example",),
        changed(origins=(*CLEAN.origins, "https://evil.example")),
    ),
    "the gate's function is not associated": Plant(
        Code.FUNCTION_NOT_ASSOCIATED, (GATE_FUNCTION,), changed(functions=())
    ),
    "the gate's function has no resource policy": Plant(
        Code.FUNCTION_NOT_INVOCABLE, (GATE_FUNCTION, "no policy"), changed(policies={})
    ),
    "the gate's function may be looked at, and not invoked": Plant(
        Code.FUNCTION_NOT_INVOCABLE,
        ("does not let Connect invoke it",),
        changed(policies={GATE_FUNCTION: BOUND.replace("InvokeFunction", "GetFunction")}),
    ),
    "the gate's function is bound to no account": Plant(
        Code.FUNCTION_OPEN,
        ("statement connect",),
        changed(policies={GATE_FUNCTION: invoking(ArnLike={"AWS:SourceArn": INSTANCE})}),
    ),
    "contact records go to a bucket only": Plant(
        Code.RECORDS_NOT_STREAMED,
        ("CONTACT_TRACE_RECORDS",),
        changed(storage=(Storage(type="S3"),)),
    ),
    "another kind of record is streamed": Plant(
        Code.RECORDS_NOT_STREAMED,
        ("CONTACT_TRACE_RECORDS",),
        changed(storage=(Storage("AGENT_EVENTS"),)),
    ),
    "outbound calls are off": Plant(Code.OUTBOUND_OFF, ("false",), {"outbound_calls": False}),
    "there are too few concurrent calls": Plant(
        Code.QUOTA_LOW, ("concurrent calls", "it is 5"), {"concurrent_calls": 5}
    ),
    "a quota has its default only, and that is too little": Plant(
        Code.QUOTA_LOW,
        ("StopContact", "it is 2, and 4 are needed"),
        changed(default_only=frozenset({"L-650BD10F"}), requests_per_second=4),
        replace(EXPECTED, requests=4),
    ),
    "a role may start calls": Plant(
        Code.IAM_MAY_CALL,
        ("role/batch", "StartOutboundVoiceContact", "SCPs"),
        changed(
            account=roles(
                Identity("batch", (allowing("connect:Start*", resource=f"{INSTANCE}/*"),))
            )
        ),
    ),
    "a user's group may edit the flow by a managed policy": Plant(
        Code.IAM_MAY_EDIT,
        ("user/kim", "UpdateContactFlowContent"),
        changed(
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
    async with instance(**plant.changes) as sim:
        found = await audited(sim, plant.wanted)

    assert codes(found) == [plant.code]
    said = f"{found[0].subject}: {found[0].evidence}"
    assert [each for each in plant.evidence if each not in said] == []
    assert clean(found) == (found[0].severity < Severity.HIGH)


def test_every_kind_of_finding_is_planted_somewhere():
    planted = {plant.code for plant in PLANTS.values()}
    assert set(Code) - planted == {Code.UNREAD}  # tests/audit/test_unread.py plants it


async def test_the_worst_is_named_first():
    wrong = changed(queues=(BARE,), origins=(), routing_profiles=(RoutingProfile(
        default_outbound_queue_id="bare", queue_ids=()),))  # fmt: skip
    async with instance(**wrong) as sim:
        found = await audited(sim)

    assert codes(found) == ["queue_ungated", "queue_missing", "origin_missing"]
