"""What an AlertChannel must do, asked of each adapter through the simulator of what it tells."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from ringproof.core.errors import DependencyDown
from ringproof.ports import AlertChannel
from ringproof.simulators.faults import (
    AcceptThenSilence,
    Answer,
    Blackhole,
    Fault,
    Latency,
    Reset,
)
from ringproof.simulators.webhook import WebhookOptions
from tests.contract.alerts_rig import CHANNELS, NOBODY, NOWHERE, NUMBER, TOLD, VIOLATION, Told


@pytest.fixture(autouse=True)
def _credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "simulator")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "simulator")


@pytest.fixture(params=CHANNELS)
async def told(request: pytest.FixtureRequest) -> AsyncIterator[Told]:
    async with CHANNELS[request.param]() as opened:
        yield opened


async def test_a_violation_is_told_once_and_as_agreed(told: Told):
    await told.channel.tell(VIOLATION)

    assert told.messages() == [TOLD]
    assert len(told.requests.describe()) == 1


async def test_what_is_not_known_is_told_as_null(told: Told):
    await told.channel.tell(
        replace(VIOLATION, agent_id=None, number=None, queue=None, agent_arn=None)
    )

    assert told.messages() == [TOLD | {"agentId": None, "number": None, "queue": None}]


FAULTS: dict[str, Fault] = {
    "slow": Latency(ms=60_000),
    "silent": Blackhole(),
    "taken without an answer": AcceptThenSilence(),
    "reset": Reset(),
    "500": Answer(status=500),
    "429": Answer(status=429, retry_after=1),
    "302": Answer(status=302),
    "404": Answer(status=404),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
async def test_what_was_not_taken_may_be_tried_again(told: Told, fault: Fault):
    told.faults.inject(fault)
    with pytest.raises(DependencyDown):
        await told.channel.tell(VIOLATION)
    assert len(told.requests.describe()) == 1, "one attempt: the ledger says when the next is due"

    told.faults.clear()
    await told.channel.tell(VIOLATION)

    assert TOLD in told.messages()


async def test_a_refusal_says_why_in_few_words(told: Told):
    told.faults.inject(told.refusal)

    with pytest.raises(DependencyDown) as refused:
        await told.channel.tell(VIOLATION)

    assert refused.value.detail in {"status 401", "AccessDeniedException"}


@pytest.mark.parametrize("name", NOBODY)
async def test_where_nobody_listens_it_is_down(name: str):
    channel = NOBODY[name](NOWHERE)

    with pytest.raises(DependencyDown) as down:
        await channel.tell(VIOLATION)
    await channel.aclose()

    assert (down.value.what, channel.name) == (name, name)


async def test_no_secret_and_no_whole_number_leaves_the_house(told: Told):
    secret = WebhookOptions.secret.removeprefix("whsec_")
    with capture_logs() as lines:
        await told.channel.tell(VIOLATION)
        told.faults.inject(Answer(status=500, reason=NUMBER))
        with pytest.raises(DependencyDown):
            await told.channel.tell(VIOLATION)

    sent = str(told.requests.describe())
    for hidden in (NUMBER, NUMBER[1:], secret):
        assert hidden not in sent
        assert hidden not in str(lines)
        assert hidden not in repr(vars(told.channel))


def test_the_adapters_are_alert_channels():
    made: list[AlertChannel] = [make(NOWHERE) for make in NOBODY.values()]

    assert [each.name for each in made] == list(CHANNELS)
