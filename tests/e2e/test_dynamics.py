"""The command on the form and a click on the number, in a simulated Dynamics 365: one call each."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio
from playwright.async_api import FrameLocator, Locator, Page, expect

from ringproof.commands.local_ports import HOST
from ringproof.commands.simulator_options import dynamics_variables
from ringproof.core.call import DialMode
from ringproof.settings import Settings
from ringproof.simulators.dynamics import DynamicsOptions, DynamicsSimulator, Record
from tests.e2e.bank import Bank
from tests.e2e.conftest import NewWindow
from tests.e2e.network import Network
from tests.e2e.people import ROOT, Agent, Customer
from tests.e2e.phone import Phone

SOLUTION = ROOT / "web" / "dynamics" / "solution" / "dist"
BOTH = pytest.mark.parametrize("bank", ["agents_bank", "server_bank"], indirect=True)


@dataclass
class Form:
    """The record of one customer, on an agent's screen."""

    page: Page
    bank: Bank
    customer: Customer

    @property
    def panel(self) -> FrameLocator:
        return self.page.frame_locator("#panel")

    async def sign_in(self, agent: Agent) -> None:
        async with self.page.expect_popup() as opened:
            await self.panel.get_by_role("button", name="Sign in").click()
        login = await opened.value
        await login.get_by_role("button", name=re.compile(agent.name)).click()
        await expect(self.panel.get_by_role("heading", name=self.customer.name)).to_be_visible()
        await expect(self.panel.get_by_role("button", name="Start Verified Call")).to_be_enabled()

    async def press(self) -> None:
        await self.page.get_by_role("button", name="Verified call", exact=True).click()

    async def click_number(self, payload: str) -> None:
        await self.page.get_by_label(payload).check()
        await self.page.locator("#phone").dblclick()

    def bar(self, text: str) -> Locator:
        """Find what Dynamics' own bar says of the call."""
        return self.page.get_by_label("Notifications").get_by_text(text)

    def step(self, title: str) -> Locator:
        """Find a step of the call in the panel."""
        return self.panel.get_by_label("Progress of the call").get_by_text(title, exact=True)

    async def cancel(self) -> None:
        """Call the call off, in Dynamics' bar or else in the panel."""
        bar = self.page.get_by_role("button", name="Cancel call")
        panel = self.panel.get_by_role("button", name="Cancel call")
        await (bar if await bar.count() else panel).click()

    async def calls(self) -> list[str]:
        """List the contacts that Connect made for the customer."""
        contacts = (await self.bank.ask("GET", f"{self.bank.connect}/sim/contacts"))["contacts"]
        return [each["contactId"] for each in contacts if each["number"] == self.customer.phone]


@pytest_asyncio.fixture(loop_scope="session")
async def form(
    bank: Bank, new_window: NewWindow, phone: Phone, customer: Customer, agent: Agent
) -> AsyncIterator[Form]:
    """Sign an agent in beside the record of a customer whose phone is set up."""
    (solution,) = SOLUTION.glob("*.zip")
    environment = bank.state.environment(bank.ports, bank.mode)
    options = DynamicsOptions(
        solution=solution,
        panel=f"{bank.api}/dynamics/",
        variables=dynamics_variables(Settings.read(environment)),
        records=(Record(customer.crm_id.strip("{}").lower(), customer.name, customer.phone),),
        host=HOST,
        port=bank.ports.dynamics,
    )
    async with DynamicsSimulator(options).running() as organisation:
        window = await new_window(viewport={"width": 1280, "height": 1000})
        await window.page.goto(organisation.url)
        opened = Form(window.page, bank, customer)
        await opened.sign_in(agent)
        yield opened
        # The agent has one line, which the next test needs.
        await opened.cancel()
        await Network(bank).contact_to(customer)
        assert len(await opened.calls()) == 1


@BOTH
async def test_a_press_on_the_form_is_one_call(form: Form):
    await form.press()
    by_server = form.bank.mode is DialMode.SERVER
    await expect(form.bar("Ringing") if by_server else form.step("Ringing")).to_be_visible()
    assert len(await form.calls()) == 1
    await expect(form.page.locator("#default-dials")).to_have_text("0")


@BOTH
@pytest.mark.parametrize("payload", ["as an object", "as a JSON string"])
async def test_two_clicks_on_the_number_are_one_call_and_no_second_dial(form: Form, payload: str):
    await form.click_number(payload)
    await expect(form.step("Ringing")).to_be_visible()
    assert len(await form.calls()) == 1
    await expect(form.page.locator("#default-dials")).to_have_text("0")
