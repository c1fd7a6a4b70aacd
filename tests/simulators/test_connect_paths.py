"""Every way in which Connect lets somebody place a call, and what stands in it."""

import asyncio
from typing import Any

import pytest

from ringproof.simulators.connect import Queue, RoutingProfile, SecurityProfile, User
from ringproof.simulators.connect.contacts import Contact, Stage
from tests.simulators.connect_kit import (
    BANK,
    CUSTOMER,
    aws,
    call,
    describe,
    desk,
    dial,
    handset,
    refusal,
    simulated,
    start,
    stop,
)
from tests.simulators.flow_kit import DENY, answers, gated, stopping

SECOND = Queue(id="second", name="Sales", caller_id=BANK)
FRIEND = "+447400100002"


async def only(sim: Any, stage: Stage, method: str) -> Contact:
    (contact,) = [each for each in sim.contacts.all() if each.method == method]
    async with asyncio.timeout(5):
        await contact.until(stage)
    assert isinstance(contact, Contact)
    return contact


async def test_a_queue_with_connects_own_flow_lets_every_dial_through_and_speaks_to_the_customer():
    async with simulated(queues=(Queue(caller_id=BANK),)) as sim, handset(sim) as phone:
        await dial(sim)
        ringing = await phone.expect("ringing", **{"from": BANK})
        await phone.send(type="answer", leg=ringing["leg"])
        contact = await only(sim, Stage.CONNECTED, "OUTBOUND")
        await phone.send(type="hangup", leg=ringing["leg"])
        await contact.until(Stage.ENDED)
    assert contact.prompts == ["This call is not being recorded."]


async def test_a_second_queue_without_a_gate_is_a_way_round_for_whom_the_profile_lets_in():
    first = Queue(outbound_flow_id="gate-block")
    instance: dict[str, Any] = {
        "queues": (first, SECOND),
        "routing_profiles": (
            RoutingProfile("both", "Both", first.id, (first.id, SECOND.id)),
            RoutingProfile("one", "One", first.id, (first.id,)),
        ),
        "users": (User("a1", "ayesha", "both"), User("a2", "ben", "one")),
    }
    deny = {"gate": answers(DENY)}
    async with gated(answer=deny, **instance) as (sim, lambdas), handset(sim) as phone:
        ben = {"agentArn": sim.options.agent_arn("a2"), "queueArn": "second"}
        status, no = await dial(sim, **ben)
        assert (status, no["type"]) == (403, "InvalidQueueException")
        assert sim.contacts.all() == []
        assert (await dial(sim, queueArn="second"))[0] == 200
        await phone.expect("ringing")
        assert lambdas.heard == []


@pytest.mark.parametrize(
    ("held", "status"), [(("basic",), 403), ((), 403), (("basic", "dialer"), 200)]
)
async def test_who_holds_no_profile_with_the_permission_cannot_dial(held, status):
    instance = {
        "queues": (Queue(caller_id=BANK),),
        "security_profiles": (
            SecurityProfile("basic", "Basic", frozenset({"BasicAgentAccess"})),
            SecurityProfile("dialer", "Dialer", frozenset({"OutboundCallAccess"})),
        ),
        "users": (User("a1", "ayesha", security_profile_ids=held),),
    }
    async with simulated(**instance) as sim:
        assert (await dial(sim))[0] == status
        assert len(sim.contacts.all()) == (1 if status == 200 else 0)


async def test_an_agent_who_is_offline_can_dial_and_gets_no_calls():
    async with (
        simulated(queues=(Queue(caller_id=BANK),)) as sim,
        handset(sim) as phone,
        desk(sim, sim.options.agent_arn("a1")) as agent,
    ):
        await agent.send(type="status", status="Offline")
        contact_id = await start(sim, Attributes={"agent_id": "a1"})
        ringing = await phone.expect("ringing")
        await phone.send(type="answer", leg=ringing["leg"])
        brought = await only(sim, Stage.QUEUED, "API")
        assert (await dial(sim, number=FRIEND))[0] == 200
        dialed = await only(sim, Stage.RINGING, "OUTBOUND")
        assert brought.agent_arn is None
        sim.exchange.finish(dialed, "AGENT_DISCONNECT")
        await agent.send(type="status", status="Available")
        await agent.expect("contact", state="connected", contactId=contact_id)


async def test_a_number_added_to_a_contact_rings_with_no_flow_and_cannot_be_stopped():
    async with (
        gated(answer={"gate": answers({"decision": "allow", "callId": "c", "callerId": BANK})})
        as (sim, lambdas),
        handset(sim) as phone,
        handset(sim, FRIEND) as friend,
    ):  # fmt: skip
        await dial(sim)
        await phone.expect("ringing")
        first = await only(sim, Stage.RINGING, "OUTBOUND")
        body = {"agentArn": first.agent_arn, "contactId": first.id, "number": FRIEND}
        assert await call("POST", f"{sim.url}/browser/add", body) == (200, {})
        await friend.expect("ringing", **{"from": BANK})
        added = await only(sim, Stage.RINGING, "EXTERNAL_OUTBOUND")
        assert [name for name, _ in lambdas.heard] == ["gate"]
        assert await refusal(stop(sim, added.id)) == ("InvalidRequestException", 400)
        seen = await describe(sim, added.id)
    assert (seen["InitialContactId"], seen["PreviousContactId"]) == (first.id, first.id)
    assert seen["Attributes"] == first.attributes


async def test_a_number_is_added_only_by_the_agent_of_a_live_contact():
    async with simulated(queues=(Queue(caller_id=BANK),)) as sim:
        await dial(sim)
        (first,) = sim.contacts.all()
        body = {"agentArn": "somebody", "contactId": first.id, "number": FRIEND}
        assert (await call("POST", f"{sim.url}/browser/add", body))[0] == 404
        sim.exchange.finish(first, "AGENT_DISCONNECT")
        late = {**body, "agentArn": first.agent_arn}
        assert (await call("POST", f"{sim.url}/browser/add", late))[0] == 404


async def test_stop_within_the_flow_of_a_callback_stops_nothing_and_the_gate_still_fails_the_call():
    async with gated(answer={"gate": answers(DENY)}) as (sim, lambdas), handset(sim):
        lambdas.answer["stop"] = stopping(sim)
        body = {"agentArn": sim.options.agent_arn("a1"), "number": CUSTOMER}
        assert await call("POST", f"{sim.url}/browser/callback", body) == (200, {})
        contact = await only(sim, Stage.ENDED, "CALLBACK")
        told = {event["ContactData"]["ContactId"] for event in lambdas.asked("stop")}
    assert told == {contact.previous_id}
    assert len(lambdas.asked("stop")) == 21
    assert contact.disconnect_reason == "OUTBOUND_ATTEMPT_FAILED"
    assert Stage.DIALED not in contact.timeline


async def test_a_callback_from_a_queue_with_a_number_rings_whatever_the_gate_says():
    queue = Queue(outbound_flow_id="gate-block", caller_id=BANK)
    async with gated(answer={"gate": answers(DENY)}, queues=(queue,)) as (sim, lambdas):
        lambdas.answer["stop"] = stopping(sim)
        async with handset(sim) as phone:
            body = {"agentArn": sim.options.agent_arn("a1"), "number": CUSTOMER}
            await call("POST", f"{sim.url}/browser/callback", body)
            await phone.expect("ringing")


async def test_another_principal_with_valid_keys_places_a_call_through_the_api():
    keys = {"simulator": "simulator", "INTRUDER": "secret"}
    async with simulated(access_keys=keys) as sim, handset(sim) as phone:
        intruder = aws(sim, aws_access_key_id="INTRUDER", aws_secret_access_key="secret")
        request = {
            "InstanceId": sim.options.instance_id,
            "ContactFlowId": sim.options.flows[0].id,
            "DestinationPhoneNumber": CUSTOMER,
            "SourcePhoneNumber": BANK,
        }
        await asyncio.to_thread(intruder.start_outbound_voice_contact, **request)
        await phone.expect("ringing", **{"from": BANK})
        await only(sim, Stage.RINGING, "API")


async def test_a_whisper_flow_cannot_be_started_by_the_api():
    async with gated() as (sim, _):
        changed = start(sim, ContactFlowId="gate-block")
        assert await refusal(changed) == ("ResourceNotFoundException", 404)
