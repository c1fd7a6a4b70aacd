"""What only one of the alert channels does."""

import base64
from dataclasses import replace

import pytest
from starlette.responses import RedirectResponse

from ringproof.adapters.alerts.standard_webhooks import message_id, read_secret, signed_headers
from ringproof.core.errors import DependencyDown
from ringproof.core.violation import Done
from ringproof.simulators.eventbridge import EventBridgeOptions, EventBridgeSimulator
from ringproof.simulators.faults import Answer
from ringproof.simulators.webhook import WebhookOptions, WebhookSimulator
from tests.contract.alerts_rig import BUS, VIOLATION, eventbridge_to, webhook_to
from tests.simulators.connect_kit import listening


@pytest.fixture(autouse=True)
def _credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "simulator")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "simulator")


def test_the_signature_is_that_of_the_specifications_example():
    key = read_secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    headers = signed_headers(
        key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330_000, b'{"test": 2432232314}'
    )

    assert headers["webhook-timestamp"] == "1614265330"
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize(
    "text",
    ["", "whsec_", "secret", "whsec_not base64!", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"]
    + ["whsec_" + base64.b64encode(bytes(n)).decode() for n in (23, 65)],
)
def test_what_is_no_secret_is_refused(text: str):
    with pytest.raises(ValueError):
        read_secret(text)


@pytest.mark.parametrize("length", [24, 64])
def test_the_shortest_and_the_longest_secret_are_taken(length: int):
    assert len(read_secret("whsec_" + base64.b64encode(bytes(length)).decode())) == length


def test_the_id_is_the_same_for_the_same_news_and_another_for_a_graver_turn():
    names = {message_id(VIOLATION), message_id(VIOLATION)}

    for graver in (
        {"done": Done.NOT_STOPPED},
        {"code": "rang_all_the_same"},
        {"contact_id": "c.2"},
    ):
        names.add(message_id(replace(VIOLATION, **graver)))

    assert len(names) == 4
    assert not any("." in name for name in names)


async def test_told_again_it_is_one_message_to_the_receiver():
    async with WebhookSimulator(WebhookOptions(port=0)).running() as sim:
        channel = webhook_to(sim.url)
        await channel.tell(VIOLATION)
        await channel.tell(VIOLATION)
        await channel.aclose()

        assert (len(sim.requests.describe()), len(sim.messages)) == (2, 1)


async def test_another_secret_is_not_believed():
    other = "whsec_" + base64.b64encode(bytes(32)).decode()
    async with WebhookSimulator(WebhookOptions(port=0)).running() as sim:
        channel = webhook_to(sim.url, other)
        with pytest.raises(DependencyDown) as refused:
            await channel.tell(VIOLATION)
        await channel.aclose()

    assert refused.value.detail == "status 401"


async def test_a_redirect_is_not_followed():
    async with listening() as (elsewhere, there), listening() as (receiver, url):
        receiver.answer = lambda _: RedirectResponse(there, 307)
        channel = webhook_to(url)
        with pytest.raises(DependencyDown):
            await channel.tell(VIOLATION)
        await channel.aclose()

    assert elsewhere.heard == []


async def test_an_event_says_what_it_is_and_goes_to_the_bus_that_was_named():
    options = EventBridgeOptions(port=0, buses=frozenset({"compliance"}))
    async with EventBridgeSimulator(options).running() as sim:
        channel = eventbridge_to(sim.url, BUS.replace("default", "compliance"))
        await channel.tell(VIOLATION)
        await channel.aclose()

        (event,) = sim.events
    assert (event["Source"], event["DetailType"]) == ("ringproof", "Compliance Violation")
    assert event["EventBusName"].endswith("event-bus/compliance")


@pytest.mark.parametrize("reason", ["ThrottlingException", "InternalFailure", "garbage"])
async def test_an_entry_that_failed_in_a_good_answer_is_not_told(reason: str):
    async with EventBridgeSimulator(EventBridgeOptions(port=0)).running() as sim:
        sim.faults.inject(Answer(status=200, reason=reason))
        channel = eventbridge_to(sim.url)
        with pytest.raises(DependencyDown) as down:
            await channel.tell(VIOLATION)
        await channel.aclose()

    assert down.value.detail == reason


async def test_a_bus_that_is_not_there_takes_nothing():
    async with EventBridgeSimulator(EventBridgeOptions(port=0)).running() as sim:
        channel = eventbridge_to(sim.url, "misspelt")
        with pytest.raises(DependencyDown, match="InvalidArgument"):
            await channel.tell(VIOLATION)
        await channel.aclose()
