import uuid
from pathlib import Path
from typing import Any

import pytest

from ringproof.api.auth.api_keys import Scope
from ringproof.core.errors import DependencyDown
from ringproof.ports import Contact
from ringproof.setting_kinds import Rate
from tests import kit
from tests.api.bank import Api, open_api

GATE = "/2015-03-31/functions/gate/invocations"
CONTACT = str(uuid.uuid4())
HEARTBEAT = {"version": "0", "source": "aws.events", "detail-type": "Scheduled Event", "detail": {}}


def flow_event(**changed: Any) -> dict[str, Any]:
    data = {
        "ContactId": CONTACT,
        "CustomerEndpoint": {"Address": kit.ADAS, "Type": "TELEPHONE_NUMBER"},
        "Queue": {"ARN": kit.QUEUE, "Name": "Verified", "OutboundCallerId": None},
        "Attributes": {},
        "SystemEndpoint": None,
        **changed,
    }
    return {
        "Name": "ContactFlowEvent",
        "Details": {"ContactData": data, "Parameters": {"agentArn": "arn:ag1"}},
    }


def contact_event(kind: str) -> dict[str, Any]:
    detail = {"contactId": CONTACT, "eventType": kind, "initiationMethod": "OUTBOUND"}
    return {
        "source": "aws.connect",
        "detail-type": "Amazon Connect Contact Event",
        "detail": detail,
    }


@pytest.fixture
async def announced(api: Api) -> dict[str, Any]:
    await api.house.phone(kit.ADA, "delivered")
    call: dict[str, Any] = (await api.place(api.agent())).json
    return call


async def test_the_gate_allows_exactly_what_was_announced(api: Api, announced):
    key = await api.key(Scope.CONNECT)

    reply = await api.ask("POST", GATE, token=key, body=flow_event())

    assert (reply.status, reply.json) == (
        200,
        {
            "decision": "allow",
            "callId": announced["callId"],
            "callerId": kit.OURS,
            "code": "",
            "verified": "true",
        },
    )


async def test_the_same_contact_again_gets_the_same_answer(api: Api, announced):
    key = await api.key(Scope.CONNECT)

    first = await api.ask("POST", GATE, token=key, body=flow_event())
    again = await api.ask("POST", GATE, token=key, body=flow_event())
    other = await api.ask("POST", GATE, token=key, body=flow_event(ContactId=str(uuid.uuid4())))

    assert first.json == again.json
    assert other.json["decision"] == "deny"


@pytest.mark.parametrize(
    "changed",
    [
        {"CustomerEndpoint": {"Address": kit.BOBS}},
        {"CustomerEndpoint": {"Address": "x"}},
        {"CustomerEndpoint": None},
        {"Queue": {"ARN": "arn:other"}},
        {"Queue": None},
        {"ContactId": None},
    ],
)
async def test_whatever_is_not_clearly_yes_is_no(api: Api, announced, changed):
    key = await api.key(Scope.CONNECT)

    reply = await api.ask("POST", GATE, token=key, body=flow_event(**changed))

    assert (reply.status, reply.json["decision"]) == (200, "deny")
    assert all(isinstance(each, str) for each in reply.json.values()), "a flow reads a STRING_MAP"


@pytest.mark.parametrize("event", [{}, {"Name": "x"}, {"Name": "ContactFlowEvent", "Details": 1}])
async def test_an_event_that_is_none_is_denied(api: Api, event):
    reply = await api.ask("POST", GATE, token=await api.key(Scope.CONNECT), body=event)

    assert (reply.json["decision"], reply.json["code"]) == ("deny", "invalid_request")


async def test_the_gate_asks_for_its_key(api: Api):
    replies = [
        await api.ask("POST", GATE, body=flow_event(), token=token)
        for token in (None, api.agent(), await api.key(Scope.METRICS))
    ]

    assert [each.status for each in replies] == [401, 403, 403]


async def test_a_burst_of_events_does_not_close_the_gate(tmp_path: Path):
    async with open_api(tmp_path, rate_connect=Rate(1, 60_000)) as api:
        key = await api.key(Scope.CONNECT)

        events = [
            await api.ask("POST", "/connect/events", token=key, body=HEARTBEAT) for _ in range(2)
        ]
        gate = await api.ask("POST", GATE, token=key, body=flow_event())

        assert [each.status for each in events] == [204, 429]
        assert gate.status == 200


async def test_connect_does_not_share_an_agents_rate(tmp_path: Path):
    async with open_api(tmp_path, rate_agent=Rate(1, 60_000)) as api:
        key = await api.key(Scope.CONNECT)

        replies = [await api.ask("POST", GATE, token=key, body=flow_event()) for _ in range(3)]

        assert {each.status for each in replies} == {200}


async def test_an_answered_and_ended_call_is_followed(api: Api, announced):
    key, path = await api.key(Scope.CONNECT), f"/calls/{announced['callId']}"
    await api.ask("POST", GATE, token=key, body=flow_event())

    for kind in ("INITIATED", "CONNECTED_TO_SYSTEM"):
        await api.ask("POST", "/connect/events", token=key, body=contact_event(kind))
    connected = await api.ask("GET", path, token=api.agent())
    ended = await api.ask("POST", "/connect/events", token=key, body=contact_event("DISCONNECTED"))
    call = (await api.ask("GET", path, token=api.agent())).json

    assert connected.json["state"] == "connected"
    assert ended.status == 204
    assert (call["state"], call["outcome"], call["detail"]) == ("ended", "answered", None)


async def test_the_heartbeat_keeps_the_feed_alive(api: Api):
    key = await api.key(Scope.CONNECT)
    assert (await api.house.store.posture()).feed_at is None

    reply = await api.ask("POST", "/connect/events", token=key, body=HEARTBEAT)

    assert reply.status == 204
    assert (await api.house.store.posture()).feed_at is not None


async def test_an_event_of_another_source_is_dropped_and_keeps_no_feed_alive(api: Api):
    key = await api.key(Scope.CONNECT)

    reply = await api.ask("POST", "/connect/events", token=key, body={"source": "aws.ec2"})

    assert reply.status == 204
    assert (await api.house.store.posture()).feed_at is None


async def test_an_event_that_cannot_be_followed_now_is_asked_for_again(api: Api):
    async def down(contact_id: str) -> Contact | None:
        raise DependencyDown("connect", "throttled")

    api.house.switchboard.describing = down
    event = contact_event("CONNECTED_TO_SYSTEM")
    event["detail"]["initiationMethod"] = "API"

    reply = await api.ask("POST", "/connect/events", token=await api.key(Scope.CONNECT), body=event)

    assert (reply.status, reply.code) == (503, "dependency_down")
