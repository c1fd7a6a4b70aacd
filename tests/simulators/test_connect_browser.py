import pytest

from ringproof.simulators.connect import Queue
from ringproof.simulators.connect.contacts import Stage
from tests.simulators.connect_kit import (
    BANK,
    CUSTOMER,
    desk,
    dial,
    handset,
    refusal,
    simulated,
    start,
    stop,
)

OWN_NUMBER = (Queue(caller_id=BANK),)


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


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"number": "07400100001"}, 400),
        ({"number": "1234"}, 400),
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
