"""The agent's desktop: the agent page, driven as a person drives it."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Browser, Locator, Route, expect

from tests.e2e.bank import Bank
from tests.e2e.chromium import Window, window
from tests.e2e.people import Agent, Customer

START = "Start Verified Call"


@dataclass
class Desk:
    """One agent at one window."""

    bank: Bank
    window: Window
    agent: Agent

    async def sign_in(self) -> None:
        page = self.window.page
        await page.goto(f"{self.bank.api}/agent/")
        await page.get_by_role("button", name="Sign in").click()
        await page.get_by_role("button", name=re.compile(self.agent.name)).click()
        await expect(self.search).to_be_visible()

    @property
    def search(self) -> Locator:
        return self.window.page.get_by_role("combobox", name="Customer")

    async def find(self, customer: Customer) -> None:
        """Look the customer up by name, and wait for their devices."""
        await self.search.fill(customer.name)
        await self.window.page.get_by_role("option", name=re.compile(customer.id)).click()
        await expect(self.heading(customer.name)).to_be_visible()

    async def call(self, customer: Customer) -> None:
        """Find the customer and press the button."""
        await self.find(customer)
        await self.press(START)

    async def press(self, name: str) -> None:
        await self.window.page.get_by_role("button", name=name, exact=True).click()

    def heading(self, name: str) -> Locator:
        return self.window.page.get_by_role("heading", name=name, exact=True)

    def step(self, title: str) -> Locator:
        """Find a step of the call by what it says."""
        steps = self.window.page.get_by_label("Progress of the call")
        return steps.get_by_text(title, exact=True)

    def says(self, text: str) -> Locator:
        return self.window.page.get_by_text(text).filter(visible=True)

    async def code(self) -> str:
        """Return the code that the agent is to read out."""
        return await self.window.page.locator(".code .digits").inner_text()

    async def reason(self) -> str:
        """Return the reason of the call under way, as the customer reads it."""
        line = self.window.page.get_by_text(re.compile(r"^\+[\d ]+ · "))
        return (await line.inner_text()).split(" · ")[1]


@asynccontextmanager
async def slow_softphone(desk: Desk) -> AsyncIterator[None]:
    """Hold the agent's dial on its way for the block; then let it go, and wait until it has arrived."""
    page, go = desk.window.page, asyncio.Event()

    async def hold(route: Route) -> None:
        await go.wait()
        await route.continue_()

    await page.route("**/browser/dial", hold)
    async with page.expect_response("**/browser/dial"):
        yield
        go.set()


@asynccontextmanager
async def open_desk(
    browser: Browser, bank: Bank, agent: Agent, **options: Any
) -> AsyncIterator[Desk]:
    """Seat an agent at a window, signed in, for the block."""
    async with window(browser, **options) as opened:
        desk = Desk(bank, opened, agent)
        await desk.sign_in()
        yield desk
