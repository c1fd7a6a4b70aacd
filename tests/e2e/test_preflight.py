"""What the agent learns before the first call, and after one that was stopped."""

import re

import pytest_asyncio
from playwright.async_api import Route, expect

from tests.e2e.bank import Bank
from tests.e2e.conftest import NewWindow
from tests.e2e.desk import Desk
from tests.e2e.network import Network
from tests.e2e.people import Agent, Customer
from tests.e2e.stun import stun_server

CCP = "https://bank.my.connect.example"
ACKNOWLEDGES = """<!doctype html><script>
addEventListener("message", ({data, origin}) => {
    if (data.event === "synchronize") parent.postMessage({event: "acknowledge"}, origin);
});
</script>"""


@pytest_asyncio.fixture(loop_scope="session")
async def desk(bank: Bank, new_window: NewWindow, agent: Agent):
    """A desktop, not yet signed in, whose policy lets it reach an instance that is not there."""
    window = await new_window(bypass_csp=True, permissions=["microphone"])
    return Desk(bank, window, agent)


class Instance:
    """The Connect instance as a browser meets it; *page* is what it shows in a frame."""

    page = ACKNOWLEDGES

    async def answer(self, route: Route) -> None:
        await route.fulfill(content_type="text/html", body=self.page)


async def test_the_browser_itself_finds_what_is_wrong_and_nothing_else(desk: Desk, bank: Bank):
    page, instance = desk.window.page, Instance()
    await page.route(f"{CCP}/**", instance.answer)
    async with stun_server() as stun:

        async def configure(route: Route) -> None:
            config = await (await route.fetch()).json()
            await route.fulfill(json=config | {"ccpUrl": f"{CCP}/ccp-v2", "stun": [stun]})

        await page.route("**/agent/config.json", configure)
        await desk.sign_in()

        # A machine without a microphone: all else is well, the candidate of UDP included.
        await expect(desk.says("Something can make your calls fail").first).to_be_visible()
        await expect(page.get_by_role("button", name="Check again")).to_be_enabled()
        wrong = page.locator("ul.spaced > li")
        await expect(wrong).to_have_text([re.compile("No microphone")])

        instance.page = "<!doctype html>"
        await desk.press("Check again")
        origin = desk.says(f"{bank.api} must be added under Approved origins")
        await expect(origin.first).to_be_visible()


async def test_a_dial_by_hand_is_explained_until_the_agent_puts_it_away(
    desk: Desk, network: Network, customer: Customer
):
    page = desk.window.page
    await desk.sign_in()
    await network.dial(desk.agent, customer)

    notice = desk.says("You dialed a number that had not been announced")
    await expect(notice.first).to_be_visible()
    dismiss = page.get_by_role("button", name="Dismiss this message")
    while await dismiss.count() > 0:
        await dismiss.first.click()

    async with page.expect_response("**/my-violations?**"):
        await page.reload()
    await expect(desk.search).to_be_visible()
    await expect(notice).to_have_count(0)
