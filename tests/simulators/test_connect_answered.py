"""The flows of answered calls, run by the simulator."""

import asyncio
from typing import Any

import pytest

from ringproof.simulators.connect import User
from ringproof.simulators.connect.contacts import Contact, Stage
from tests.simulators.connect_kit import BANK, CUSTOMER, desk, handset, start
from tests.simulators.flow_kit import answers, gated

KNOWN = {"decision": "allow", "agentUserId": "a1"}
GREETING = "This is Example Bank, with the call announced in your app. One moment."
OURS = {"ContactFlowId": "api-call", "Attributes": {"verified_call": "true"}}


async def answered(sim: Any, phone: Any, **request: Any) -> Contact:
    """Start a call, answer it, and let its flow come to its end."""
    contact = sim.contacts.get(await start(sim, **{**OURS, **request}))
    assert isinstance(contact, Contact)
    ringing = await phone.expect("ringing")
    await phone.send(type="answer", leg=ringing["leg"])
    async with asyncio.timeout(5):
        await contact.until(Stage.QUEUED)
    return contact


async def test_a_call_of_the_ledger_is_greeted_and_brought_to_the_agent_whom_the_ledger_names():
    async with gated(answer={"ledger": answers(KNOWN)}) as (sim, lambdas), handset(sim) as phone:
        async with desk(sim, sim.options.agent_arn("a1")) as agent:
            contact = await answered(sim, phone)
            await agent.expect("contact", state="connected", contactId=contact.id)
            await agent.send(type="hangup", contactId=contact.id)
            await contact.until(Stage.ENDED)
        (asked,) = lambdas.asked("ledger")
    assert asked["ContactData"]["ContactId"] == contact.id
    assert asked["ContactData"]["Attributes"] == {"verified_call": "true"}
    assert contact.prompts == [GREETING, "Please hold the line."]
    assert contact.disconnect_reason == "AGENT_DISCONNECT"


async def test_a_customer_whose_agent_never_comes_is_let_go_with_an_apology():
    ledger = {"ledger": answers(KNOWN)}
    async with gated(answer=ledger, time_scale=0.001) as (sim, _), handset(sim) as phone:
        contact = await answered(sim, phone)
        async with asyncio.timeout(5):
            await contact.until(Stage.ENDED)
    assert contact.disconnect_reason == "CONTACT_FLOW_DISCONNECT"
    assert contact.prompts[:2] == [GREETING, "Please hold the line."]
    assert contact.prompts[2].startswith("We are sorry.")


@pytest.mark.parametrize(
    ("request_", "answer"),
    [
        ({}, answers({"decision": "deny", "agentUserId": ""})),
        ({}, answers({})),
        ({"Attributes": {"agent_id": "a1"}}, answers(KNOWN)),
    ],
)
async def test_a_call_that_is_not_of_the_ledger_ends_without_a_word(request_, answer):
    async with gated(answer={"ledger": answer}) as (sim, _), handset(sim) as phone:
        contact = await answered(sim, phone, **request_)
    assert contact.disconnect_reason == "CONTACT_FLOW_DISCONNECT"
    assert contact.prompts == []
    assert Stage.QUEUED not in contact.timeline


@pytest.mark.parametrize(
    ("answer", "prompts"), [(answers({}, 404), 1), (answers({**KNOWN, "agentUserId": "gone"}), 2)]
)
async def test_where_the_ledger_or_the_agent_is_lost_the_customer_hears_an_apology(answer, prompts):
    users = (User("a1", "ayesha"),)
    async with gated(answer={"ledger": answer}, users=users) as (sim, _), handset(sim) as phone:
        contact = await answered(sim, phone)
    assert contact.disconnect_reason == "CONTACT_FLOW_DISCONNECT"
    assert len(contact.prompts) == prompts
    assert contact.prompts[-1].startswith("We are sorry.")


@pytest.mark.parametrize("answer", [answers({}), answers({}, 404), answers({}, 500)])
async def test_a_customer_who_calls_is_reported_and_put_into_the_queue_whatever_comes_of_it(answer):
    async with (
        gated(answer={"inbound": answer}, inbound_flow_id="inbound-caller") as (sim, lambdas),
        handset(sim) as phone,
    ):
        await phone.send(type="call", to=BANK)
        await phone.expect("answered")
        (contact,) = sim.contacts.all()
        await contact.until(Stage.QUEUED)
        asked = lambdas.asked("inbound")[0]
        assert contact.live
    assert asked["Parameters"] == {"number": CUSTOMER}
    assert asked["ContactData"]["CustomerEndpoint"]["Address"] == CUSTOMER
    assert asked["ContactData"]["InitiationMethod"] == "INBOUND"
