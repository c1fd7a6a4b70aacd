"""The receiver of webhooks, on nothing but the wire."""

import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from pyreqwest.client import Client, ClientBuilder

from ringproof.simulators.webhook import WebhookOptions, WebhookSimulator

NOW = 1_800_000_000
SECRET = "whsec_" + base64.b64encode(b"k" * 32).decode()
BODY = b'{"contactId": "c"}'


def signed(body: bytes = BODY, name: str = "msg_1", stamp: object = NOW) -> dict[str, str]:
    digest = hmac.new(b"k" * 32, f"{name}.{stamp}.".encode() + body, hashlib.sha256).digest()
    return {
        "webhook-id": name,
        "webhook-timestamp": str(stamp),
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    async with ClientBuilder().build() as made:
        yield made


@pytest.fixture
async def sim() -> AsyncIterator[WebhookSimulator]:
    options = WebhookOptions(SECRET, port=0, now=lambda: NOW)
    async with WebhookSimulator(options).running() as running:
        yield running


async def post(
    client: Client, sim: WebhookSimulator, headers: dict[str, str], body: bytes = BODY
) -> int:
    request = client.post(f"{sim.url}/hook").headers(headers).body_bytes(body)
    return (await request.build().send()).status


async def test_a_message_that_verifies_is_taken_and_shown(client: Client, sim: WebhookSimulator):
    assert await post(client, sim, signed()) == 204

    shown: Any = await (await client.get(f"{sim.url}/sim/messages").build().send()).json()
    assert shown == {"messages": [{"id": "msg_1", "message": json.loads(BODY)}]}


async def test_one_good_signature_among_several_is_enough(client: Client, sim: WebhookSimulator):
    headers = signed()
    headers["webhook-signature"] = f"v1a,xyz v1,AAAA {headers['webhook-signature']}"

    assert await post(client, sim, headers) == 204


@pytest.mark.parametrize("seconds", [-300, 300])
async def test_five_minutes_either_way_are_forgiven(
    client: Client, sim: WebhookSimulator, seconds: int
):
    assert await post(client, sim, signed(stamp=NOW + seconds)) == 204


WRONG: dict[str, tuple[dict[str, str], bytes]] = {
    "another body": (signed(), b"{}"),
    "another id": (signed() | {"webhook-id": "msg_2"}, BODY),
    "another time": (signed() | {"webhook-timestamp": str(NOW + 1)}, BODY),
    "too old": (signed(stamp=NOW - 301), BODY),
    "from the future": (signed(stamp=NOW + 301), BODY),
    "no number": (signed(stamp="now"), BODY),
    "a full stop in the id": (signed(name="a.b"), BODY),
    "no signature": ({k: v for k, v in signed().items() if k != "webhook-signature"}, BODY),
    "no version": (
        signed() | {"webhook-signature": signed()["webhook-signature"].removeprefix("v1,")},
        BODY,
    ),
}


@pytest.mark.parametrize(("headers", "body"), WRONG.values(), ids=WRONG)
async def test_what_does_not_verify_is_not_believed(
    client: Client, sim: WebhookSimulator, headers: dict[str, str], body: bytes
):
    assert await post(client, sim, headers, body) == 401
    assert sim.messages == {}


async def test_what_verifies_and_is_no_json_is_refused(client: Client, sim: WebhookSimulator):
    assert await post(client, sim, signed(b"rubbish"), b"rubbish") == 400
