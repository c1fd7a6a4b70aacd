"""`ringproof check`: what it says of the channels that violations are told to."""

from ringproof.commands.health import ask_alerts
from ringproof.setting_kinds import Secret
from ringproof.settings import Settings
from ringproof.simulators.webhook import WebhookOptions, WebhookSimulator


async def test_channels_that_are_set_up_are_listed_and_told_nothing():
    async with WebhookSimulator(WebhookOptions(port=0)).running() as sim:
        secret = Secret(sim.options.secret)
        answers = await ask_alerts(Settings(webhook_url=sim.url, webhook_secret=secret))

        assert [(each.what, each.well) for each in answers] == [
            ("webhook", True),
            ("eventbridge", None),
        ]
        assert "RINGPROOF_EVENT_BUS" in answers[1].sentence
        assert sim.requests.describe() == []


async def test_a_channel_that_cannot_be_opened_is_not_well():
    (answer,) = await ask_alerts(Settings(webhook_url="https://bank.example/hook"))

    assert (answer.well, "RINGPROOF_WEBHOOK_SECRET" in answer.sentence) == (False, True)
