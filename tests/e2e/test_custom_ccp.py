"""The bank's own desktop with the CCP in it: the unmodified Streams drives a simulated panel."""

import pytest
import pytest_asyncio
from playwright.async_api import FrameLocator, Page, Request, expect

from ringproof.core.call import DialMode
from tests.e2e.bank import Bank, open_bank
from tests.e2e.chromium import Window
from tests.e2e.conftest import NewDesk
from tests.e2e.desk import START, Desk
from tests.e2e.network import Network, reached
from tests.e2e.people import Agent
from tests.e2e.phone import Phone
from tests.e2e.test_keyboard import NARROW, OVERFLOW, reach
from tests.e2e.test_states import AXE, VIOLATIONS

TITLE = "Softphone (Amazon Connect)"
# What the package of version 2.28.2 calls itself.
VERSION = "2.28.1"


@pytest_asyncio.fixture(scope="module", loop_scope="session", params=[DialMode.AGENT])
async def bank(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    async with open_bank(tmp_path_factory.mktemp("ccp"), request.param, "--ccp") as running:
        yield running


def ccp(desk: Desk) -> FrameLocator:
    """Look into the frame that Streams has made."""
    return desk.window.page.frame_locator(f"iframe[title='{TITLE}']")


async def test_the_ccp_dials_what_was_announced_and_the_phone_rings(desk: Desk, phone: Phone):
    version = await desk.window.page.wait_for_function("window.connect?.version")
    assert await version.json_value() == VERSION
    await expect(desk.says("Ready to call").first).to_be_visible()

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

    notice = desk.says("You dialed a number that had not been announced")
    await expect(notice.first).to_be_visible()
    contact = await network.contact_to(phone.customer)
    assert reached(contact, "ringing") is None
    assert phone.rings() == []


async def test_a_session_that_ends_stops_the_start_until_the_agent_signs_in_again(
    desk: Desk, phone: Phone
):
    page = desk.window.page
    start = page.get_by_role("button", name=START)
    await desk.find(phone.customer)
    await expect(start).to_be_enabled()
    async with page.expect_popup() as opening:
        await ccp(desk).get_by_role("button", name="End the session").click()
        await expect(start).to_be_disabled()
    login: Page = await opening.value

    async with login.expect_event("close"):
        await login.get_by_role("button", name="Sign in").click()
    await expect(ccp(desk).get_by_text("Available")).to_be_visible()
    await expect(start).to_be_enabled()


async def test_of_several_tabs_only_the_one_that_dialed_names_the_contact(desk: Desk, phone: Phone):
    context, named = desk.window.page.context, []

    def note(request: Request) -> None:
        if request.method == "POST" and request.url.endswith("/contact"):
            named.append(request.post_data_json)

    context.on("request", note)
    other = Desk(desk.bank, Window(await context.new_page()), desk.agent)
    await other.window.page.goto(f"{desk.bank.api}/agent/")
    await other.press("Sign in")  # the identity provider knows them already
    await expect(ccp(other).get_by_text("Available")).to_be_visible()

    await desk.call(phone.customer)
    await phone.answer()
    for each in (desk, other):
        connected = ccp(each).get_by_text(f"{phone.customer.phone} · connected")
        await expect(connected).to_be_visible()
    await desk.window.page.reload()
    await expect(ccp(desk).get_by_text("Busy")).to_be_visible()
    await desk.press("Hang up")
    await expect(ccp(other).get_by_text("Available")).to_be_visible()
    contact = await Network(desk.bank).contact_to(phone.customer)
    assert named == [{"contactId": contact["contactId"]}]


async def test_the_ccp_is_accessible_by_keyboard_and_fits_a_small_screen(
    new_desk: NewDesk, agent: Agent
):
    desk = await new_desk(agent, viewport=NARROW)
    page = desk.window.page
    await expect(ccp(desk).get_by_text("Available")).to_be_visible()
    for frame in page.frames:
        await frame.evaluate(AXE.read_text("utf-8"))
        checked, violations = await frame.evaluate(VIOLATIONS)
        assert "color-contrast" in checked
        assert not violations

    assert await page.evaluate(OVERFLOW) <= 0
    await reach(page, page.get_by_title(TITLE))
    await expect(ccp(desk).get_by_label("Number to dial")).to_be_focused()


@pytest.mark.parametrize("bank", [DialMode.SERVER], indirect=True)
async def test_where_the_server_dials_the_ccp_only_takes_the_call(
    bank: Bank, desk: Desk, phone: Phone
):
    await expect(ccp(desk).get_by_text("Available")).to_be_visible()
    await desk.call(phone.customer)
    await phone.answer()
    await expect(desk.step("Connected")).to_be_visible()
    await desk.press("Hang up")
    contact = await Network(bank).contact_to(phone.customer)
    assert (contact["initiationMethod"], contact["disconnectReason"]) == ("API", "AGENT_DISCONNECT")
