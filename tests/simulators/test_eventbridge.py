"""PutEvents, as AWS's own SDK meets it."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import boto3
import pytest
from botocore.config import Config
from pyreqwest.client import ClientBuilder

from ringproof.simulators.eventbridge import EventBridgeOptions, EventBridgeSimulator
from ringproof.simulators.faults import Answer
from tests.simulators.connect_kit import refusal

ENTRY = {"Source": "ringproof", "DetailType": "Compliance Violation", "Detail": "{}"}


@pytest.fixture
async def sim() -> AsyncIterator[EventBridgeSimulator]:
    async with EventBridgeSimulator(EventBridgeOptions(port=0)).running() as running:
        yield running


def put(sim: EventBridgeSimulator, *entries: dict[str, Any], **credentials: str) -> Any:
    keys = {"aws_access_key_id": "simulator", "aws_secret_access_key": "simulator"}
    once = Config(retries={"total_max_attempts": 1}, parameter_validation=False)
    client: Any = boto3.client  # the stubs know no options made of a dict
    events = client(
        "events", endpoint_url=sim.url, region_name="eu-west-2", config=once, **(keys | credentials)
    )
    return asyncio.to_thread(events.put_events, Entries=list(entries))


async def test_an_entry_that_is_taken_gets_an_id(sim: EventBridgeSimulator):
    answer = await put(sim, ENTRY)

    assert answer["FailedEntryCount"] == 0
    assert sim.events == [{**ENTRY, "EventId": answer["Entries"][0]["EventId"]}]


WRONG = {
    "no detail": ({"Detail": ""}, "InvalidArgument"),
    "AWS's own source": ({"Source": "aws.connect"}, "NotAuthorizedForSourceException"),
    "a long detail type": ({"DetailType": "x" * 129}, "InvalidArgument"),
    "detail that is no JSON": ({"Detail": "{"}, "MalformedDetail"),
    "detail that is no object": ({"Detail": "[]"}, "MalformedDetail"),
    "a bus that is not there": ({"EventBusName": "misspelt"}, "InvalidArgument"),
}


@pytest.mark.parametrize(("wrong", "code"), WRONG.values(), ids=WRONG)
async def test_an_entry_fails_by_itself(
    sim: EventBridgeSimulator, wrong: dict[str, Any], code: str
):
    answer = await put(sim, ENTRY, ENTRY | wrong)

    assert answer["FailedEntryCount"] == 1
    assert [each.get("ErrorCode") for each in answer["Entries"]] == [None, code]
    assert len(sim.events) == 1


REFUSED: dict[str, list[dict[str, Any]]] = {
    "none": [],
    "eleven": [ENTRY] * 11,
    "more than a megabyte": [ENTRY | {"Detail": json.dumps("x" * 600_000)}] * 2,
    "none that is whole": [{"Source": "ringproof"}],
    "a bus with a strange name": [ENTRY | {"EventBusName": "no bus"}],
}


@pytest.mark.parametrize("entries", REFUSED.values(), ids=REFUSED)
async def test_some_requests_are_refused_as_a_whole(
    sim: EventBridgeSimulator, entries: list[dict[str, Any]]
):
    assert await refusal(put(sim, *entries)) == ("ValidationException", 400)
    assert sim.events == []


async def test_who_is_not_known_puts_nothing(sim: EventBridgeSimulator):
    unknown = put(sim, ENTRY, aws_access_key_id="nobody")
    wrong = put(sim, ENTRY, aws_secret_access_key="wrong")

    assert await refusal(unknown) == ("UnrecognizedClientException", 403)
    assert await refusal(wrong) == ("InvalidSignatureException", 403)


async def test_a_fault_has_the_shape_of_aws(sim: EventBridgeSimulator):
    sim.faults.inject(Answer(status=400, reason="ThrottlingException"))

    assert await refusal(put(sim, ENTRY)) == ("ThrottlingException", 400)


async def test_what_was_taken_is_shown(sim: EventBridgeSimulator):
    await put(sim, ENTRY)

    async with ClientBuilder().build() as client:
        shown: Any = await (await client.get(f"{sim.url}/sim/events").build().send()).json()
    assert [each["Source"] for each in shown["events"]] == ["ringproof"]
