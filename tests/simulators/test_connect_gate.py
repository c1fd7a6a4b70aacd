"""A queue behind a gate: what the flow and its Lambdas make of an agent's dial."""

import asyncio
import socket
from typing import Any

import pytest
from starlette.responses import JSONResponse, Response

from ringproof.simulators.connect.contacts import Contact, Stage
from tests.simulators.connect_kit import BANK, CUSTOMER, desk, dial, handset
from tests.simulators.flow_kit import ALLOW, DENY, STATIC, answers, gated, stopping


async def ended(sim: Any) -> Contact:
    (contact,) = sim.contacts.all()
    async with asyncio.timeout(5):
        await contact.until(Stage.ENDED)
    assert isinstance(contact, Contact)
    return contact


async def test_the_gate_is_asked_as_a_lambda_is_before_the_telephone_rings():
    async with (
        gated(answer={"gate": answers(ALLOW)}, gate_key="k") as (sim, lambdas),
        handset(sim) as phone,
    ):
        await dial(sim)
        ringing = await phone.expect("ringing")
        ((name, event),) = lambdas.heard
        (contact,) = sim.contacts.all()
    queue_arn = sim.options.queue_arn(sim.options.queues[0])
    assert (ringing["from"], name, lambdas.keys) == (BANK, "gate", {"Bearer k"})
    assert event["Name"] == "ContactFlowEvent"
    assert event["Details"]["Parameters"] == {
        "agentArn": sim.options.agent_arn("a1"),
        "queueArn": queue_arn,
        "number": CUSTOMER,
        "mode": "block",
    }
    about = event["Details"]["ContactData"]
    assert (about["ContactId"], about["InitiationMethod"]) == (contact.id, "OUTBOUND")
    assert about["CustomerEndpoint"]["Address"] == CUSTOMER
    assert about["Queue"]["ARN"] == queue_arn
    assert contact.attributes == {"verified_call": "true", "ringproof_call_id": "c1"}


@pytest.mark.parametrize(
    ("answer", "tries"),
    [
        (answers(DENY), 1),
        (answers({}), 1),
        (answers([]), 1),
        (answers({**ALLOW, "nested": {}}), 1),
        (answers({**ALLOW, "long": "x" * 33_000}), 1),
        (lambda _: Response("not json"), 1),
        (answers({**ALLOW, "callerId": "+442079460999"}), 1),
        (answers({**ALLOW, "callerId": ""}), 1),
        (answers({}, 403), 1),
        (answers({}, 429), 3),
        (answers({}, 503), 3),
        (answers(ALLOW, x_amz_function_error="Unhandled"), 3),
    ],
)
async def test_whatever_is_not_an_allow_ends_the_contact_before_the_ring(answer, tries):
    async with gated(answer={"gate": answer}) as (sim, lambdas), handset(sim):
        async with desk(sim, sim.options.agent_arn("a1")) as agent:
            await dial(sim)
            await agent.expect("contact", state="ended")
        contact = await ended(sim)
        assert Stage.DIALED not in contact.timeline
        assert sim.network.legs == {}
        assert len(lambdas.asked("gate")) == tries


async def test_a_denied_contact_is_stopped_by_the_second_function_and_says_which_rule_it_broke():
    async with gated(answer={"gate": answers(DENY)}) as (sim, lambdas), handset(sim):
        lambdas.answer["stop"] = stopping(sim)
        await dial(sim)
        contact = await ended(sim)
        (asked,) = lambdas.asked("stop")
    assert asked["Parameters"] == {"number": CUSTOMER, "code": "not_announced"}
    assert asked["ContactData"]["ContactId"] == contact.id
    assert contact.disconnect_reason == "OTHER"
    assert contact.attributes == {"ringproof_violation": "not_announced"}


async def test_where_stop_does_nothing_the_attempt_fails_for_want_of_a_number():
    async with gated(answer={"gate": answers(DENY)}) as (sim, lambdas):
        lambdas.answer["stop"] = answers({"stopped": "false"})
        await dial(sim)
        contact = await ended(sim)
        assert len(lambdas.asked("stop")) == 21
        assert contact.disconnect_reason == "OUTBOUND_ATTEMPT_FAILED"
        assert sim.network.legs == {}


async def test_a_gate_that_recovers_within_its_three_tries_lets_the_call_through():
    replies = iter([JSONResponse({}, 500), JSONResponse({}, 500), JSONResponse(ALLOW)])
    async with gated(answer={"gate": lambda _: next(replies)}) as (sim, _), handset(sim) as phone:
        await dial(sim)
        await phone.expect("ringing")


async def test_functions_that_are_silent_end_the_contact():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        async with gated(gate_url=url, longest_try_ms=15, lambda_total_ms=30) as (sim, _):
            await dial(sim)
            await ended(sim)
            assert sim.network.legs == {}


async def test_without_any_functions_nothing_gets_through_a_gate():
    async with gated(gate_url=None) as (sim, _):
        await dial(sim)
        await ended(sim)
        assert sim.network.legs == {}


async def test_stop_contact_while_the_gate_thinks_means_that_nothing_rings():
    async with gated() as (sim, lambdas), handset(sim):

        def stop_then_allow(event: Any) -> Response:
            contact = sim.contacts.get(event["Details"]["ContactData"]["ContactId"])
            assert contact
            sim.exchange.finish(contact, "OTHER")
            return JSONResponse(ALLOW)

        lambdas.answer["gate"] = stop_then_allow
        await dial(sim)
        await ended(sim)
        assert len(lambdas.asked("gate")) == 1
        assert sim.network.legs == {}


@pytest.mark.parametrize("number", ["999", "+44999"])
async def test_an_emergency_rings_although_the_functions_are_down(number):
    async with gated(answer={"gate": answers(DENY)}) as (sim, lambdas):
        await dial(sim, number=number)
        (contact,) = sim.contacts.all()
        await contact.until(Stage.RINGING)
        assert contact.system_number == STATIC
        assert lambdas.heard == []


@pytest.mark.parametrize(
    ("gate", "answer", "shown", "noted"),
    [
        ("gate-warn", answers(DENY), STATIC, {"ringproof_violation": "not_announced"}),
        ("gate-warn", answers({}, 503), STATIC, {}),
        ("gate-monitor", answers(DENY), STATIC, {}),
        ("gate-monitor", answers({}, 503), STATIC, {}),
        ("gate-warn", answers(ALLOW), BANK,
         {"verified_call": "true", "ringproof_call_id": "c1"}),
        ("gate-monitor", answers(ALLOW), BANK,
         {"verified_call": "true", "ringproof_call_id": "c1"}),
    ],
)  # fmt: skip
async def test_a_gate_that_warns_or_monitors_dials_all_the_same(gate, answer, shown, noted):
    async with gated(gate, {"gate": answer}) as (sim, lambdas), handset(sim) as phone:
        await dial(sim)
        await phone.expect("ringing", **{"from": shown})
        (contact,) = sim.contacts.all()
    assert contact.attributes == noted
    assert {event["Parameters"]["mode"] for event in lambdas.asked("gate")} == {gate[5:]}
    assert lambdas.asked("stop") == []
