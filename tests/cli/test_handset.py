"""The handset in software is as strict as a phone, and asks what a phone asks."""

import pytest
from pyreqwest.client import ClientBuilder

from ringproof.commands import handset as phone
from ringproof.commands.agent_desk import agent_desk
from ringproof.commands.demo_state import DemoState
from ringproof.commands.diary import Diary
from ringproof.commands.handset_identity import Enrolled, Keys, Outside
from ringproof.commands.heartbeat import beat
from ringproof.commands.local_ports import LocalPorts
from ringproof.commands.stack import running
from ringproof.core.call import DialMode
from ringproof.core.passport import Expected
from ringproof.core.people import PushService
from ringproof.core.receipt import Evt
from ringproof.core.status import Answer
from tests.cli.bank_kit import BANK, CUSTOMER, agent_token, phone_of


@pytest.fixture
async def stack(tmp_path):
    state = DemoState(tmp_path / "state")
    async with running(state, BANK, LocalPorts.free(), DialMode.SERVER) as stack:
        yield stack


async def test_a_phone_is_told_the_truth_about_calls_and_their_absence(stack):
    async with (
        await phone_of(stack) as device,
        agent_desk(stack.client, stack.api, stack.connect, await agent_token(stack)) as desk,
    ):
        assert await device.status() is Answer.CANNOT_TELL  # the feed has not been heard yet
        await beat(stack.client, stack.api, stack.environment["RINGPROOF_CONNECT_KEY"])
        assert await device.status() is Answer.NOT_US
        call = await desk.place(CUSTOMER)
        assert await device.status() is Answer.CALLING_YOU
        said = device.announcements[call["callId"]]
        assert (said.mc, said.crn) == (call["matchCode"], call["reason"]["text"])
        await device.receipt(said, Evt.DECLINED)
        ended = await desk.follow(call, lambda _: False)
        assert ended["state"] == "ended"


@pytest.mark.parametrize(
    ("pushed", "code"),
    [
        ({"type": "call_verification", "sealed": "AAAA"}, "cannot_open"),
        ({"type": "call_verification"}, "cannot_open"),
        ({"type": "call_update", "sealed": "AAAA"}, "cannot_open"),
        ({"type": "advertisement", "sealed": "AAAA"}, "wrong_type"),
        ({}, "wrong_type"),
    ],
)
async def test_what_a_phone_cannot_open_or_does_not_know_it_refuses(pushed, code):
    expected = Expected("iss", "app", "dev", (), ())
    async with ClientBuilder().build() as client:
        outside = Outside("", "", PushService.APNS, "app", client)
        device = phone.Handset(outside, Keys(), Enrolled("dev", expected, {}, {}), Diary())
        await device.take(pushed)
    assert device.diary.entries[0].detail == code
    assert device.announcements == {}


def test_an_app_gets_the_body_of_apns_and_the_data_of_fcm():
    assert phone.content({"payload": '{"aps": {}, "type": "t"}'})["type"] == "t"
    assert phone.content({"data": {"type": "t"}})["type"] == "t"
    assert phone.content({"payload": "[]"}) == {}
