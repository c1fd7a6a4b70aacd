"""The bank's own desktop with the CCP in it: the unmodified Streams drives a simulated panel."""

import re
from contextlib import AsyncExitStack

import pytest
import pytest_asyncio
from playwright.async_api import FrameLocator, Page, expect

from ringproof.core.call import DialMode
from tests.e2e.bank import Bank, open_bank
from tests.e2e.desk import Desk
from tests.e2e.network import Network, reached
from tests.e2e.phone import Phone

TITLE = "Softphone (Amazon Connect)"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def ccp_bank(tmp_path_factory: pytest.TempPathFactory):
    async with open_bank(tmp_path_factory.mktemp("ccp"), DialMode.AGENT, "--ccp") as running:
        yield running


@pytest.fixture
def bank(ccp_bank: Bank) -> Bank:
    return ccp_bank


def ccp(desk: Desk) -> FrameLocator:
    """Look into the frame that Streams has made."""
    return desk.window.page.frame_locator(f"iframe[title='{TITLE}']")


async def test_the_ccp_dials_what_was_announced_and_the_phone_rings(desk: Desk, phone: Phone):
    version = await desk.window.page.wait_for_function("window.connect?.version")
    assert await version.json_value() == "2.28.1"  # what the package of 2.28.2 calls itself
    await expect(ccp(desk).get_by_text("Available")).to_be_visible()

    await desk.call(phone.customer)
    await phone.shows("announced", "Example Bank is about to call you")
    await expect(ccp(desk).get_by_text(f"{phone.customer.phone} · connecting")).to_be_visible()
    await phone.answer()
    await expect(desk.step("Connected")).to_be_visible()
    await expect(ccp(desk).get_by_text(f"{phone.customer.phone} · connected")).to_be_visible()

    await desk.press("Hang up")
    await expect(ccp(desk).get_by_text("Available")).to_be_visible()
    contact = await Network(desk.bank).contact_to(phone.customer)
    assert contact["disconnectReason"] == "AGENT_DISCONNECT"


async def test_a_dial_from_the_panels_own_pad_does_not_ring_and_is_explained(
    desk: Desk, phone: Phone, network: Network
):
    panel = ccp(desk)
    await panel.get_by_label("Number to dial").fill(phone.customer.phone)
    await panel.get_by_role("button", name="Call", exact=True).click()

    contact = await network.contact_to(phone.customer)
    assert reached(contact, "ringing") is None
    assert phone.rings() == []
    notice = desk.says("You dialed a number that had not been announced")
    await expect(notice.first).to_be_visible()


async def test_a_session_that_ends_stops_the_start_until_the_agent_signs_in_again(
    desk: Desk, phone: Phone, windows: AsyncExitStack
):
    page = desk.window.page
    await expect(ccp(desk).get_by_text("Available")).to_be_visible()
    await desk.find(phone.customer)
    async with page.expect_popup() as opening:
        await ccp(desk).get_by_role("button", name="End the session").click()
    login: Page = await opening.value

    start = page.get_by_role("button", name=re.compile("Start Verified Call"))
    await expect(start).to_be_disabled()
    await login.get_by_role("button", name="Sign in").click()
    await expect(ccp(desk).get_by_text("Available")).to_be_visible()
    await expect(start).to_be_enabled()
