import asyncio
import socket
from typing import Any

from starlette.responses import JSONResponse

from ringproof.simulators.connect import Queue
from ringproof.simulators.connect.contacts import Stage
from tests.simulators.connect_kit import (
    BANK,
    CUSTOMER,
    Ear,
    call,
    desk,
    handset,
    listening,
    simulated,
    start,
    stop,
)

WHOLE_LIFE = {
    "INITIATED",
    "CONNECTED_TO_SYSTEM",
    "QUEUED",
    "CONNECTED_TO_AGENT",
    "DISCONNECTED",
    "COMPLETED",
}


def types(heard: list[Any]) -> list[str]:
    return [event["detail"]["eventType"] for event in heard]


async def test_a_whole_call_is_told_without_the_customers_number_or_attributes():
    async with (
        listening() as (ear, url),
        simulated(events_url=f"{url}/events", events_key="k") as sim,
        handset(sim) as phone,
        desk(sim, sim.options.agent_arn("a1")) as agent,
    ):
        contact_id = await start(sim, Attributes={"agent_id": "a1"})
        ringing = await phone.expect("ringing")
        await phone.send(type="answer", leg=ringing["leg"])
        await agent.expect("contact", state="connected")
        await phone.send(type="hangup", leg=ringing["leg"])
        heard = await ear.until(lambda events: len(events) == len(WHOLE_LIFE))
    assert set(types(heard)) == WHOLE_LIFE
    assert ear.heard[0][0]["authorization"] == "Bearer k"
    for event in heard:
        assert event["source"] == "aws.connect"
        assert event["detail-type"] == "Amazon Connect Contact Event"
        assert event["detail"]["contactId"] == contact_id
        assert event["detail"]["initiationMethod"] == "API"
        assert CUSTOMER not in str(event)
        assert "agent_id" not in str(event)
    last = next(event for event in heard if event["detail"]["eventType"] == "DISCONNECTED")
    assert last["detail"]["systemEndpoint"]["address"] == BANK
    assert last["detail"]["agentInfo"]["agentArn"] == sim.options.agent_arn("a1")
    assert last["detail"]["disconnectTimestamp"].endswith("Z")


async def test_an_agent_who_dials_is_connected_before_the_customer():
    async with (
        listening() as (ear, url),
        simulated(events_url=url, queues=(Queue(caller_id=BANK),)) as sim,
        handset(sim) as phone,
    ):
        body = {"agentArn": sim.options.agent_arn("a1"), "number": CUSTOMER}
        await call("POST", f"{sim.url}/browser/dial", body)
        await phone.expect("ringing")
        heard = await ear.until(lambda events: len(events) == 2)
    assert set(types(heard)) == {"INITIATED", "CONNECTED_TO_AGENT"}


def about_the_beginning(event: Any) -> bool:
    return types([event]) == ["INITIATED"]


async def test_an_event_is_sent_again_until_it_is_taken():
    statuses = iter([500, 503, 429])

    def answer(event: Any) -> JSONResponse:
        return JSONResponse({}, next(statuses, 200) if about_the_beginning(event) else 200)

    async with listening() as (ear, url):
        ear.answer = answer
        async with simulated(events_url=url, time_scale=0.001) as sim:
            await start(sim)
            await ear.until(lambda events: sum(map(about_the_beginning, events)) == 4)
            heard = await ear.until(lambda events: "COMPLETED" in types(events))
    assert types(heard).count("INITIATED") == 4
    assert len({event["id"] for event in heard if about_the_beginning(event)}) == 1


async def test_an_event_that_is_refused_is_not_sent_again():
    async with listening() as (ear, url):
        ear.answer = lambda event: JSONResponse({}, 400 if about_the_beginning(event) else 200)
        async with simulated(events_url=url, time_scale=0.001) as sim:
            await start(sim)
            heard = await ear.until(lambda events: "COMPLETED" in types(events))
    assert types(heard).count("INITIATED") == 1


async def test_after_its_last_try_an_event_is_given_up():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}"
    async with simulated(events_url=nobody, time_scale=0.001, event_tries=2) as sim:
        await start(sim)
        async with asyncio.timeout(5):
            await sim.exchange.destination.until_given_up(3)


async def disturbed(ear: Ear, url: str, body: dict[str, Any], count: int) -> list[str]:
    async with simulated(events_url=url) as sim:
        assert (await call("PUT", f"{sim.url}/sim/events", body))[0] == 204
        contact_id = await start(sim)
        await stop(sim, contact_id)
        return types(await ear.until(lambda events: len(events) == count))


async def test_events_can_be_dropped():
    async with listening() as (ear, url):
        assert await disturbed(ear, url, {"drop": ["INITIATED", "COMPLETED"]}, 1) == [
            "DISCONNECTED"
        ]


async def test_events_can_come_twice():
    async with listening() as (ear, url):
        heard = await disturbed(ear, url, {"duplicate": ["DISCONNECTED"]}, 4)
        assert heard.count("DISCONNECTED") == 2


async def test_events_can_come_in_the_wrong_order():
    async with listening() as (ear, url):
        heard = await disturbed(ear, url, {"delayMs": {"INITIATED": 300}}, 3)
        assert heard[-1] == "INITIATED"


async def test_the_management_api_tells_the_story_of_a_contact():
    async with simulated() as sim, handset(sim) as phone:
        contact_id = await start(sim)
        await phone.expect("ringing")
        await stop(sim, contact_id)
        _, story = await call("GET", f"{sim.url}/sim/contacts/{contact_id}?until=ended")
        _, listed = await call("GET", f"{sim.url}/sim/contacts")
        missing, _ = await call("GET", f"{sim.url}/sim/contacts/nobody")
    assert [mark["state"] for mark in story["timeline"]] == [
        Stage.INITIATED,
        Stage.DIALED,
        Stage.RINGING,
        Stage.ENDED,
    ]
    times = [mark["at"] for mark in story["timeline"]]
    assert times == sorted(times)
    assert story["disconnectReason"] == "OTHER"
    assert listed == {"contacts": [story]}
    assert missing == 404
