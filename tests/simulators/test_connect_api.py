import asyncio
from datetime import UTC, datetime

import pytest

from ringproof.simulators.connect import Queue
from ringproof.simulators.connect.contacts import Stage
from tests.simulators.connect_kit import (
    BANK,
    CUSTOMER,
    aws,
    describe,
    handset,
    refusal,
    simulated,
    start,
    stop,
)


async def test_a_started_call_rings_with_the_source_number_and_connects():
    async with simulated() as sim, handset(sim) as phone:
        contact_id = await start(sim, Attributes={"verified_call": "true"})
        ringing = await phone.expect("ringing")
        assert ringing["from"] == BANK
        await phone.send(type="answer", leg=ringing["leg"])
        await phone.expect("answered")
        contact = sim.contacts.get(contact_id)
        assert contact
        await contact.until(Stage.QUEUED)
        seen = await describe(sim, contact_id)
    assert seen["InitiationMethod"] == "API"
    assert seen["CustomerEndpoint"] == {"Type": "TELEPHONE_NUMBER", "Address": CUSTOMER}
    assert seen["SystemEndpoint"]["Address"] == BANK
    assert seen["Attributes"] == {"verified_call": "true"}
    assert seen["InitiationTimestamp"] <= seen["RingStartTimestamp"]
    assert seen["RingStartTimestamp"] <= seen["ConnectedToSystemTimestamp"] <= datetime.now(UTC)


async def test_the_same_client_token_gets_the_same_contact_while_it_lives():
    async with simulated() as sim:
        first = await start(sim, ClientToken="call-1")
        assert await start(sim, ClientToken="call-1") == first
        assert await start(sim, ClientToken="call-2") != first


async def test_after_the_contact_ended_its_client_token_starts_a_new_one():
    async with simulated() as sim:
        first = await start(sim, ClientToken="call-1")
        await stop(sim, first)
        assert await start(sim, ClientToken="call-1") != first


async def test_fifty_requests_with_one_token_at_once_make_one_contact():
    async with simulated() as sim:
        client = aws(sim)
        request = {
            "InstanceId": sim.options.instance_id,
            "ContactFlowId": sim.options.flows[0].id,
            "DestinationPhoneNumber": CUSTOMER,
            "SourcePhoneNumber": BANK,
            "ClientToken": "call-1",
        }
        calls = [
            asyncio.to_thread(client.start_outbound_voice_contact, **request) for _ in range(50)
        ]
        contacts = {answer["ContactId"] for answer in await asyncio.gather(*calls)}
        assert len(contacts) == len(sim.contacts.all()) == 1


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"DestinationPhoneNumber": "07400100001"}, ("InvalidRequestException", 400)),
        ({"SourcePhoneNumber": None}, ("InvalidParameterException", 400)),
        ({"SourcePhoneNumber": "+442079460999"}, ("InvalidParameterException", 400)),
        ({"DestinationPhoneNumber": "+33612345678"}, ("DestinationNotAllowedException", 403)),
        ({"ContactFlowId": "unknown"}, ("ResourceNotFoundException", 404)),
        ({"QueueId": "unknown"}, ("ResourceNotFoundException", 404)),
        ({"InstanceId": "unknown"}, ("ResourceNotFoundException", 404)),
        ({"RelatedContactId": "unknown"}, ("ResourceNotFoundException", 404)),
        ({"RingTimeoutInSeconds": 14}, ("InvalidRequestException", 400)),
        ({"RingTimeoutInSeconds": 61}, ("InvalidRequestException", 400)),
        ({"ClientToken": "x" * 501}, ("InvalidRequestException", 400)),
        ({"Attributes": {"no spaces": "x"}}, ("InvalidParameterException", 400)),
        ({"Attributes": {"a": "é" * 16_384}}, ("InvalidParameterException", 400)),
        ({"TrafficType": "CAMPAIGN"}, ("InvalidRequestException", 400)),
        ({"OutboundStrategy": {"Type": "AGENT_FIRST"}}, ("AccessDeniedException", 403)),
        ({"References": {"r": {"Type": "ATTACHMENT"}}}, ("InvalidRequestException", 400)),
    ],
)
async def test_what_connect_refuses_is_refused_and_nothing_rings(changes, error):
    async with simulated() as sim:
        assert await refusal(start(sim, **changes)) == error
        assert sim.contacts.all() == []


async def test_a_queue_gives_the_caller_id_where_no_source_is_named():
    async with simulated(queues=(Queue(caller_id=BANK),)) as sim, handset(sim) as phone:
        await start(sim, SourcePhoneNumber=None, QueueId=sim.options.queues[0].id)
        assert (await phone.expect("ringing"))["from"] == BANK


async def test_an_instance_without_outbound_calls_permits_none():
    async with simulated(outbound_calls=False) as sim:
        assert await refusal(start(sim)) == ("OutboundContactNotPermittedException", 403)


async def test_the_quota_of_concurrent_calls_is_kept():
    async with simulated(concurrent_calls=1) as sim:
        first = await start(sim)
        assert await refusal(start(sim)) == ("LimitExceededException", 429)
        await stop(sim, first)
        assert await start(sim)


async def test_requests_beyond_the_burst_are_throttled():
    async with simulated(requests_per_second=0, burst=2) as sim:
        first = await start(sim)
        await start(sim)
        assert await refusal(start(sim)) == ("TooManyRequestsException", 429)
        assert (await describe(sim, first))["Id"] == first


async def test_a_related_contact_passes_its_attributes_on():
    async with simulated() as sim:
        first = await start(sim, Attributes={"a": "1", "b": "1"})
        second = await start(sim, RelatedContactId=first, Attributes={"b": "2"})
        seen = await describe(sim, second)
    assert seen["Attributes"] == {"a": "1", "b": "2"}
    assert seen["RelatedContactId"] == first


async def test_attributes_can_be_changed_even_after_the_contact():
    async with simulated() as sim:
        contact_id = await start(sim, Attributes={"a": "1"})
        await stop(sim, contact_id)
        about = {"InstanceId": sim.options.instance_id, "InitialContactId": contact_id}
        client = aws(sim)
        update = {"Attributes": {"ringproof_violation": "true"}, **about}
        await asyncio.to_thread(client.update_contact_attributes, **update)
        seen = await asyncio.to_thread(client.get_contact_attributes, **about)
    assert seen["Attributes"] == {"a": "1", "ringproof_violation": "true"}


async def test_a_contact_is_stopped_once():
    async with simulated() as sim, handset(sim) as phone:
        contact_id = await start(sim)
        await phone.expect("ringing")
        await stop(sim, contact_id)
        assert (await phone.expect("ended"))["reason"] == "caller_hung_up"
        assert (await describe(sim, contact_id))["DisconnectReason"] == "OTHER"
        assert await refusal(stop(sim, contact_id)) == ("ContactNotFoundException", 410)


async def test_an_unknown_contact_is_not_found():
    async with simulated() as sim:
        assert await refusal(stop(sim, "nobody")) == ("ContactNotFoundException", 410)
        assert await refusal(describe(sim, "nobody")) == ("ResourceNotFoundException", 404)


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        ("busy", "TELECOM_BUSY"),
        ("decline", "TELECOM_BUSY"),
        ("unreachable", "TELECOM_UNANSWERED"),
        ("no_answer", "TELECOM_TIMEOUT"),
    ],
)
async def test_a_call_that_nobody_takes_ends_with_connects_reason(behaviour, reason):
    async with simulated(time_scale=0.001) as sim:
        sim.network.behave(CUSTOMER, behaviour)
        contact_id = await start(sim, RingTimeoutInSeconds=15)
        contact = sim.contacts.get(contact_id)
        assert contact
        await contact.until(Stage.ENDED)
        assert contact.disconnect_reason == reason
        assert Stage.CONNECTED not in contact.timeline
