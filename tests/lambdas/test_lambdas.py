"""The handlers do as the routes of embedded mode do, raise what they cannot do, and load little."""

import asyncio
import base64
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ringproof.adapters.store.sqlite import SqliteStore
from ringproof.core.call import CallState
from ringproof.core.time import SECOND
from ringproof.ports import Announced, ViolationFilter
from tests.adversary.world import SHOWN
from tests.contract.store_kit import ADA, BANK, JOHN, a_call

QUEUE = (
    "arn:aws:connect:eu-west-2:123456789012:instance/5b2f6c1e-0c54-4b0e-9d3a-6f1f3f1f0a01/queue/q"
)
HEAVY = ("starlette", "uvicorn", "boto3", "botocore", "pyreqwest", "joserfc", "typer", "websockets")


class Invoked:
    """What one process of a function answered, and what it had loaded in the end."""

    def __init__(self, folder: Path, function: str, *events: Any, **environment: str) -> None:
        settings = {
            "RINGPROOF_STORE": f"sqlite:///{folder / 'store.db'}",
            "RINGPROOF_SIGNING_KEY": f"file:{folder / 'keys'}",
            "RINGPROOF_LOG_LEVEL": "error",
            "AWS_ENDPOINT_URL_CONNECT": "http://127.0.0.1:9",
            **environment,
        }
        done = subprocess.run(
            [sys.executable, "-m", "tests.lambdas.invoke", function, *HEAVY],
            input="\n".join(json.dumps(event) for event in events), capture_output=True, text=True,
            env={**os.environ, **settings}, check=True,
        )  # fmt: skip
        *answers, modules = [json.loads(line) for line in done.stdout.splitlines()]
        self.answers = [each.get("answer", each) for each in answers]
        self.modules: list[str] = modules


def in_store(folder: Path, work: Any) -> Any:
    async def opened() -> Any:
        store = await SqliteStore.open(folder / "store.db")
        try:
            return await work(store)
        finally:
            await store.aclose()

    return asyncio.run(opened())


@pytest.fixture
def announced(tmp_path):
    """A call that is announced for Ada's browser, whose time has not come yet."""
    call = a_call(dest=JOHN.phones[0], queue=QUEUE, requested_at=0, dial_before=10**13, orig=SHOWN)

    async def work(store: SqliteStore) -> None:
        await store.import_bank(BANK)
        await store.open_call(call, [Announced("d", "j")], None)
        at = {CallState.REQUESTED}
        await store.advance(call.id, at=at, to=CallState.ANNOUNCED, now=1)

    in_store(tmp_path, work)
    return call


def flow_event(contact: str = "contact", **given: str) -> dict[str, Any]:
    return {
        "Name": "ContactFlowEvent",
        "Details": {
            "ContactData": {
                "ContactId": contact,
                "CustomerEndpoint": {"Address": JOHN.phones[0], "Type": "TELEPHONE_NUMBER"},
                "SystemEndpoint": None, "Queue": {"ARN": QUEUE}, "Attributes": {},
                "InitiationMethod": "OUTBOUND",
            },
            "Parameters": {"agentArn": ADA.connect_user_arn, "mode": "block", **given},
        },
    }  # fmt: skip


def test_the_gate_allows_what_was_announced_once_and_loads_nothing_that_it_does_not_need(
    tmp_path, announced
):
    invoked = Invoked(tmp_path, "gate", flow_event(), flow_event(), flow_event("another"), {})

    first, again, other, rubbish = invoked.answers
    assert first == again
    assert (first["decision"], first["callId"], first["callerId"], first["verified"]) == (
        "allow", announced.id, SHOWN, "true",
    )  # fmt: skip
    assert (other["decision"], other["code"]) == ("deny", "already_used")
    assert (rubbish["decision"], rubbish["code"]) == ("deny", "invalid_request")
    assert invoked.modules == []


@pytest.mark.parametrize("function", ["gate", "inbound", "contact_events", "sweep"])
def test_a_function_whose_store_is_not_to_be_had_raises_and_tries_anew(tmp_path, function):
    event = {
        "source": "aws.events",
        "detail-type": "Scheduled Event",
        "time": "2026-11-25T00:00:00Z",
    }
    asked = event if function == "contact_events" else flow_event()

    async def held(_: SqliteStore) -> list[Any]:
        return await asyncio.to_thread(lambda: Invoked(tmp_path, function, asked, asked).answers)

    assert in_store(tmp_path, held) == [{"errorType": "DependencyDown"}] * 2


def test_stop_says_when_it_could_not_and_never_stops_a_call_for_help(tmp_path):
    event = flow_event()
    helped = flow_event()
    helped["Details"]["ContactData"]["CustomerEndpoint"]["Address"] = "999"

    assert Invoked(tmp_path, "stop", event, helped, {}).answers == [{"stopped": "false"}] * 3


def test_who_calls_the_bank_is_put_down(tmp_path):
    Invoked(tmp_path, "inbound", flow_event("in"))

    assert in_store(tmp_path, lambda store: store.inbound([JOHN.phones[0]], 0))


def test_the_ledger_knows_no_contact_that_nobody_announced(tmp_path):
    (answer,) = Invoked(tmp_path, "ledger", flow_event()).answers

    assert answer == {"decision": "deny", "agentUserId": ""}


def test_records_of_strangers_are_violations_and_rubbish_holds_nothing_up(tmp_path):
    def item(body: object, sequence: str) -> dict[str, Any]:
        data = base64.b64encode(json.dumps(body).encode()).decode()
        return {"kinesis": {"data": data, "sequenceNumber": sequence}}

    record = {
        "ContactId": "stranger", "Channel": "VOICE", "InitiationMethod": "OUTBOUND",
        "InitiationTimestamp": "2026-11-25T10:00:00Z", "LastUpdateTimestamp": "2026-11-25T10:00:00Z",
    }  # fmt: skip
    surrogate = {**record, "ContactId": "\ud800"}
    rubbish = [item("rubbish", "1"), {"kinesis": None}, item(surrogate, "2")]
    batch = {"Records": [*rubbish, item(record, "3")]}

    assert Invoked(tmp_path, "contact_records", batch).answers == [{"batchItemFailures": []}]
    (found,) = in_store(tmp_path, lambda store: store.violations(ViolationFilter(), 9))
    assert (found.contact_id, found.code) == ("stranger", "ungated_dial")


def test_the_sweep_ends_what_was_never_dialed(tmp_path, announced):
    late = a_call(2, customer_id="x", requested_at=0, dial_before=30 * SECOND)
    in_store(tmp_path, lambda store: store.open_call(late, [], None))

    assert Invoked(tmp_path, "sweep", {}).answers == [{"ended": 1}]
