import socket
from collections.abc import Callable
from typing import Any

import pytest
from starlette.responses import JSONResponse, Response

from ringproof.simulators.connect import Queue
from ringproof.simulators.connect.contacts import Stage
from tests.simulators.connect_kit import (
    BANK,
    CUSTOMER,
    call,
    desk,
    handset,
    listening,
    refusal,
    simulated,
    start,
    stop,
)

OWN_NUMBER = (Queue(caller_id=BANK),)
ALLOW = {"decision": "allow", "callId": "c1", "callerId": BANK}


async def dial(sim: Any, **changes: Any) -> tuple[int, Any]:
    body = {"agentArn": sim.options.agent_arn("a1"), "number": CUSTOMER, **changes}
    return await call("POST", f"{sim.url}/browser/dial", body)


async def test_an_ungated_queue_dials_with_its_own_number():
    async with (
        simulated(queues=OWN_NUMBER) as sim,
        handset(sim) as phone,
        desk(sim, sim.options.agent_arn("a1")) as agent,
    ):
        assert await dial(sim) == (200, {})
        shown = await agent.expect("contact", state="connecting")
        assert (shown["number"], shown["initiationMethod"]) == (CUSTOMER, "OUTBOUND")
        ringing = await phone.expect("ringing", **{"from": BANK})
        await phone.send(type="answer", leg=ringing["leg"])
        await agent.expect("contact", state="connected", contactId=shown["contactId"])
        await agent.send(type="hangup", contactId=shown["contactId"])
        await phone.expect("ended", reason="caller_hung_up")
        await agent.expect("contact", state="ended")
    contact = sim.contacts.get(shown["contactId"])
    assert contact
    assert contact.disconnect_reason == "AGENT_DISCONNECT"


async def test_the_gate_is_asked_as_a_lambda_is_before_the_telephone_rings():
    async with listening() as (gate, url):
        gate.answer = lambda _: JSONResponse(ALLOW)
        async with simulated(gate_url=url, gate_key="k") as sim, handset(sim) as phone:
            await dial(sim)
            ringing = await phone.expect("ringing")
            ((headers, event),) = gate.heard
            (contact,) = sim.contacts.all()
    queue_arn = sim.options.queue_arn(sim.options.queues[0])
    assert ringing["from"] == BANK
    assert headers["authorization"] == "Bearer k"
    assert event["Name"] == "ContactFlowEvent"
    assert event["Details"]["Parameters"] == {
        "agentArn": sim.options.agent_arn("a1"),
        "queueArn": queue_arn,
        "number": CUSTOMER,
    }
    about = event["Details"]["ContactData"]
    assert (about["ContactId"], about["InitiationMethod"]) == (contact.id, "OUTBOUND")
    assert about["CustomerEndpoint"]["Address"] == CUSTOMER
    assert about["Queue"]["ARN"] == queue_arn
    assert contact.attributes == {"verified_call": "true", "ringproof_call_id": "c1"}


def fails(status: int, headers: dict[str, str] | None = None) -> Callable[[Any], Response]:
    return lambda _: JSONResponse({"errorMessage": "x"}, status, headers)


@pytest.mark.parametrize(
    ("answer", "tries"),
    [
        (lambda _: JSONResponse({"decision": "deny"}), 1),
        (lambda _: JSONResponse({}), 1),
        (lambda _: JSONResponse([]), 1),
        (lambda _: JSONResponse({**ALLOW, "nested": {}}), 1),
        (lambda _: JSONResponse({**ALLOW, "long": "x" * 33_000}), 1),
        (lambda _: Response("not json"), 1),
        (lambda _: JSONResponse({**ALLOW, "callerId": "+442079460999"}), 1),
        (fails(403), 1),
        (fails(429), 3),
        (fails(503), 3),
        (fails(200, {"X-Amz-Function-Error": "Unhandled"}), 3),
    ],
)
async def test_whatever_is_not_an_allow_ends_the_contact_before_the_ring(answer, tries):
    async with listening() as (gate, url):
        gate.answer = answer
        async with simulated(gate_url=url) as sim, handset(sim):
            async with desk(sim, sim.options.agent_arn("a1")) as agent:
                await dial(sim)
                await agent.expect("contact", state="ended")
            (contact,) = sim.contacts.all()
            assert Stage.DIALED not in contact.timeline
            assert sim.network.legs == {}
            assert len(gate.heard) == tries


async def test_a_gate_that_recovers_within_its_three_tries_lets_the_call_through():
    answers = iter([fails(500)(None), fails(500)(None), JSONResponse(ALLOW)])
    async with listening() as (gate, url):
        gate.answer = lambda _: next(answers)
        async with simulated(gate_url=url) as sim, handset(sim) as phone:
            await dial(sim)
            await phone.expect("ringing")


async def test_a_gate_that_is_silent_ends_the_contact():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        async with simulated(gate_url=url, gate_try_ms=30, gate_total_ms=60) as sim:
            await dial(sim)
            (contact,) = sim.contacts.all()
            await contact.until(Stage.ENDED)
            assert sim.network.legs == {}


async def test_stop_contact_while_the_gate_thinks_means_that_nothing_rings():
    async with listening() as (gate, url):
        async with simulated(gate_url=url) as sim, handset(sim):

            def stop_then_allow(event: Any) -> Response:
                contact = sim.contacts.get(event["Details"]["ContactData"]["ContactId"])
                assert contact
                sim.exchange.finish(contact, "OTHER")
                return JSONResponse(ALLOW)

            gate.answer = stop_then_allow
            await dial(sim)
            (contact,) = sim.contacts.all()
            await contact.until(Stage.ENDED)
            await gate.until(lambda heard: len(heard) == 1)
        assert sim.network.legs == {}


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"number": "07400100001"}, 400),
        ({"number": "+33612345678"}, 403),
        ({"queueArn": "arn:unknown"}, 400),
        ({"agentArn": None}, 400),
    ],
)
async def test_a_dial_that_the_panel_refuses_makes_no_contact(changes, status):
    async with simulated() as sim:
        assert (await dial(sim, **changes))[0] == status
        assert sim.contacts.all() == []


async def test_an_agent_has_one_contact_at_a_time():
    async with simulated(queues=OWN_NUMBER) as sim:
        assert (await dial(sim))[0] == 200
        assert (await dial(sim))[0] == 409
        assert (await dial(sim, agentArn=sim.options.agent_arn("a2")))[0] == 200


async def test_a_page_that_opens_late_sees_the_contact_in_progress():
    async with simulated(queues=OWN_NUMBER) as sim:
        await dial(sim)
        async with desk(sim, sim.options.agent_arn("a1")) as agent:
            await agent.expect("contact", state="connecting")


async def test_in_server_mode_the_agent_named_in_the_attributes_is_connected():
    async with simulated() as sim, handset(sim) as phone:
        contact_id = await start(sim, Attributes={"agent_id": "a1"})
        ringing = await phone.expect("ringing")
        await phone.send(type="answer", leg=ringing["leg"])
        contact = sim.contacts.get(contact_id)
        assert contact
        await contact.until(Stage.QUEUED)
        assert contact.agent_arn is None
        async with desk(sim, sim.options.agent_arn("a1")) as agent:
            shown = await agent.expect("contact", state="connected", contactId=contact_id)
            assert shown["initiationMethod"] == "API"
            await phone.send(type="hangup", leg=ringing["leg"])
            await agent.expect("contact", state="ended")


async def test_an_agent_cannot_hang_up_anothers_call():
    async with simulated(queues=OWN_NUMBER) as sim, handset(sim) as phone:
        await dial(sim)
        await phone.expect("ringing")
        (contact,) = sim.contacts.all()
        async with desk(sim, sim.options.agent_arn("a2")) as other:
            await other.send(type="hangup", contactId=contact.id)
            await other.send(type="hangup", contactId="nothing")
        assert contact.live
        await stop(sim, contact.id)
        assert await refusal(stop(sim, contact.id)) == ("ContactNotFoundException", 410)
