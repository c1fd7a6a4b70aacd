"""The stream of contact records."""

import asyncio
import base64
import json
from typing import Any

import pytest
from starlette.responses import JSONResponse

from ringproof.simulators.connect import Queue
from ringproof.simulators.connect.contacts import Stage
from tests.simulators.connect_kit import (
    BANK,
    CUSTOMER,
    Ear,
    aws,
    call,
    desk,
    dial,
    handset,
    listening,
    simulated,
    start,
    stop,
)

SOON = {"record_delay_ms": 0, "time_scale": 0.01}


def read(batch: Any) -> Any:
    """Return the one record of a batch."""
    (each,) = batch["Records"]
    return json.loads(base64.b64decode(each["kinesis"]["data"]))


async def heard(ear: Ear, count: int) -> list[Any]:
    batches = await ear.until(lambda all_: len(all_) >= count)
    return [read(batch) for batch in batches]


async def test_a_record_has_what_connects_records_have():
    async with (
        listening() as (ear, url),
        simulated(queues=(Queue(caller_id=BANK),), records_url=url, events_key="k", **SOON) as sim,
        handset(sim) as phone,
        desk(sim, sim.options.agent_arn("a1")) as agent,
    ):
        await dial(sim)
        ringing = await phone.expect("ringing")
        await phone.send(type="answer", leg=ringing["leg"])
        await agent.expect("contact", state="connected")
        await phone.send(type="hangup", leg=ringing["leg"])
        (record,) = await heard(ear, 1)
        (contact,) = sim.contacts.all()
    assert ear.heard[0][0]["authorization"] == "Bearer k"
    assert record["AWSAccountId"] == sim.options.account
    assert record["AWSContactTraceRecordFormatVersion"] == "2017-03-10"
    assert (record["ContactId"], record["InitiationMethod"]) == (contact.id, "OUTBOUND")
    assert record["CustomerEndpoint"] == {"Address": CUSTOMER, "Type": "TELEPHONE_NUMBER"}
    assert record["SystemEndpoint"]["Address"] == BANK
    assert record["Agent"]["ARN"] == sim.options.agent_arn("a1")
    assert record["Queue"]["ARN"] == sim.options.queue_arn(sim.options.queues[0])
    assert record["DisconnectReason"] == "CUSTOMER_DISCONNECT"
    assert (record["InitialContactId"], record["PreviousContactId"]) == (None, None)
    times = [f"{each}Timestamp" for each in ("Initiation", "ConnectedToSystem", "Disconnect")]
    instants = [record[each] for each in times]
    assert instants == sorted(instants)
    assert all(len(each) == len("2026-11-25T02:00:00Z") for each in instants)


async def test_a_batch_is_what_a_lambda_gets_from_kinesis():
    async with listening() as (ear, url), simulated(records_url=url, **SOON) as sim:
        contact_id = await start(sim)
        await stop(sim, contact_id)
        (batch,) = await ear.until(lambda all_: len(all_) == 1)
    (each,) = batch["Records"]
    assert (each["eventSource"], each["eventName"]) == ("aws:kinesis", "aws:kinesis:record")
    assert each["kinesis"]["partitionKey"] == contact_id
    assert each["eventID"].endswith(f":{each['kinesis']['sequenceNumber']}")


async def test_a_record_comes_again_when_an_attribute_is_changed_after_the_contact():
    async with listening() as (ear, url), simulated(records_url=url, **SOON) as sim:
        contact_id = await start(sim)
        about = {"InstanceId": sim.options.instance_id, "InitialContactId": contact_id}
        update = aws(sim).update_contact_attributes
        await asyncio.to_thread(update, Attributes={"a": "1"}, **about)
        await stop(sim, contact_id)
        await asyncio.to_thread(update, Attributes={"b": "2"}, **about)
        first, second = await heard(ear, 2)
    noted = sorted((first["Attributes"], second["Attributes"]), key=len)
    assert noted == [{"a": "1"}, {"a": "1", "b": "2"}]


async def test_a_record_can_be_sent_again_with_a_newer_time_stamp():
    async with listening() as (ear, url), simulated(records_url=url, **SOON) as sim:
        contact_id = await start(sim)
        again = f"{sim.url}/sim/records/{contact_id}"
        assert (await call("POST", again))[0] == 404
        await stop(sim, contact_id)
        assert (await call("POST", again))[0] == 204
        updated = {record["LastUpdateTimestamp"] for record in await heard(ear, 2)}
        _, listed = await call("GET", f"{sim.url}/sim/records")
    assert len(updated) == 2
    assert [record["ContactId"] for record in listed["records"]] == [contact_id] * 2


async def test_records_can_come_twice_by_initiation_method():
    async with listening() as (ear, url), simulated(records_url=url, **SOON) as sim:
        body = {"duplicate": ["API"]}
        assert (await call("PUT", f"{sim.url}/sim/records", body))[0] == 204
        await stop(sim, await start(sim))
        first, second = await heard(ear, 2)
    assert first == second


async def test_records_can_be_late_and_pass_each_other():
    async with listening() as (ear, url), simulated(records_url=url, **SOON) as sim:
        await call("PUT", f"{sim.url}/sim/records", {"delayMs": {"API": 20_000}})
        late = await start(sim)
        await stop(sim, late)
        await call("PUT", f"{sim.url}/sim/records", {})
        early = await start(sim)
        await stop(sim, early)
        assert [record["ContactId"] for record in await heard(ear, 2)] == [early, late]


@pytest.mark.parametrize("body", [[], {"delayMs": {"*": "soon"}}])
async def test_a_disturbance_that_makes_no_sense_is_refused(body):
    async with simulated() as sim:
        assert (await call("PUT", f"{sim.url}/sim/records", body))[0] == 400


async def test_a_record_is_sent_again_until_it_is_taken():
    async with listening() as (ear, url), simulated(records_url=url, **SOON) as sim:
        replies = iter([
            JSONResponse({}, 503),
            JSONResponse({"batchItemFailures": [{"itemIdentifier": "1"}]}),
        ])  # fmt: skip
        ear.answer = lambda _: next(replies, JSONResponse({"batchItemFailures": []}))
        await stop(sim, await start(sim))
        sent = await heard(ear, 3)
        await stop(sim, await start(sim))
        assert len(await heard(ear, 4)) == 4
    assert sent[0] == sent[1] == sent[2]


async def test_a_contact_that_lives_has_no_record_yet():
    async with simulated() as sim:
        contact = sim.contacts.get(await start(sim))
        assert contact
        await contact.until(Stage.RINGING)
        assert (await call("GET", f"{sim.url}/sim/records"))[1] == {"records": []}
