"""What either side says between the announcement and the ring: the call is off, and no phone rings."""

import pytest
from playwright.async_api import expect

from tests.e2e.desk import Desk, slow_softphone
from tests.e2e.network import Network, reached
from tests.e2e.phone import Phone

ANSWERS = {
    "Not now": ("We won't call you now", "The customer said: not now"),
    "Call me later": ("We will call you later", "The customer said: call me later"),
    "This isn't right": ("What happened?", "The customer reported this call"),
}


@pytest.mark.parametrize("answer", ANSWERS)
async def test_a_no_reaches_the_agent_in_the_step_and_the_phone_does_not_ring(
    desk: Desk, phone: Phone, network: Network, answer: str
):
    told, seen = ANSWERS[answer]
    async with slow_softphone(desk):
        await desk.call(phone.customer)
        await phone.shows("announced", "Example Bank is about to call you")
        await phone.press(answer)
        await expect(phone.card().locator("h2")).to_have_text(told)
        await expect(desk.step(seen)).to_be_visible()
        await expect(desk.says("They were not called.")).to_be_visible()
    assert reached(await network.contact_to(phone.customer), "ringing") is None
    assert phone.rings() == []


async def test_a_cancelled_call_does_not_ring_and_the_card_says_so(
    desk: Desk, phone: Phone, network: Network
):
    async with slow_softphone(desk):
        await desk.call(phone.customer)
        await phone.shows("announced", "Example Bank is about to call you")
        await desk.press("Cancel call")
        await expect(desk.step("You cancelled the call")).to_be_visible()
        await expect(phone.card("ended")).to_be_visible()
    assert reached(await network.contact_to(phone.customer), "ringing") is None
    assert phone.rings() == []


async def test_the_same_dial_without_a_no_does_ring(desk: Desk, phone: Phone):
    async with slow_softphone(desk):
        await desk.call(phone.customer)
        await phone.shows("announced", "Example Bank is about to call you")
    await expect(phone.line("ringing")).to_be_visible()
    await desk.press("Cancel call")
    await expect(phone.line()).to_have_count(0)
    await expect(desk.step("You cancelled the call")).to_be_visible()


@pytest.mark.parametrize("bank", ["agents_bank", "server_bank"], indirect=True)
async def test_a_no_while_it_rings_ends_the_ring_and_the_agent_learns_why(desk: Desk, phone: Phone):
    await desk.call(phone.customer)
    await expect(phone.line("ringing")).to_be_visible()
    await phone.press("Not now")
    await expect(phone.line()).to_have_count(0)
    await expect(desk.step("The customer said: not now")).to_be_visible()
