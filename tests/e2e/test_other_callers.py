"""Calls that nobody announced: the spoofer's rings, and the app contradicts it; a bypass does not ring."""

from playwright.async_api import expect

from tests.e2e.desk import Desk, slow_softphone
from tests.e2e.network import Network, reached
from tests.e2e.people import Agent, agents
from tests.e2e.phone import Phone

BANKS_NUMBER = "+442079460123"


async def test_a_spoofer_with_the_banks_number_is_contradicted_by_the_app(
    phone: Phone, network: Network
):
    leg = await network.spoof(BANKS_NUMBER, phone.customer)
    await expect(phone.line("ringing")).to_contain_text("+44 20 7946 0123")
    await phone.shows("not_us", "We are not calling you")
    await expect(phone.card()).to_contain_text("hang up")
    await network.hang_up(leg)
    await expect(phone.line()).to_have_count(0)


async def test_a_spoofers_call_never_shows_a_card_of_the_bank(phone: Phone, network: Network):
    leg = await network.spoof(BANKS_NUMBER, phone.customer)
    await phone.answer()
    await phone.shows("not_us", "We are not calling you")
    await network.hang_up(leg)
    await expect(phone.line()).to_have_count(0)
    assert {each["card"] for each in await phone.diary()} <= {"welcome", None, "checking", "not_us"}


async def test_a_reported_call_is_thanked_for_with_the_number_on_the_card(
    phone: Phone, network: Network
):
    leg = await network.spoof(BANKS_NUMBER, phone.customer)
    await phone.shows("not_us", "We are not calling you")
    await phone.press("Report this call")
    await phone.press("They asked me to move money")
    await phone.shows("reported", "Thank you for telling us")
    await expect(phone.card().get_by_role("link")).to_have_attribute("href", "tel:+44 20 7946 0100")
    await network.hang_up(leg)


async def test_a_dial_that_nobody_announced_does_not_ring(
    phone: Phone, network: Network, agent: Agent
):
    await network.dial(agent, phone.customer)
    contact = await network.contact_to(phone.customer)
    assert reached(contact, "ringing") is None
    assert contact["disconnectReason"] == "OTHER"  # StopContact, as the contact record has it
    assert phone.rings() == []


async def test_what_was_announced_for_one_agent_does_not_ring_for_another(
    desk: Desk, phone: Phone, network: Network
):
    async with slow_softphone(desk):
        await desk.call(phone.customer)
        await phone.shows("announced", "Example Bank is about to call you")
        await network.dial(agents()["daniel"], phone.customer)
        assert reached(await network.contact_to(phone.customer), "ringing") is None
    await expect(phone.line("ringing")).to_be_visible()
    await phone.press("Decline")
    await expect(desk.step("The line is busy")).to_be_visible()
