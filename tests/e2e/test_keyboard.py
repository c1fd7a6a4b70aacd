"""A verified call without a mouse, on a screen of 360 pixels: both people use the keyboard alone."""

import re

from playwright.async_api import Locator, Page, expect

from tests.e2e.desk import START, Desk
from tests.e2e.people import Agent, Customer
from tests.e2e.phone import ASK, Phone

NARROW = {"width": 360, "height": 740}
MOST_TABS = 40
AMARA = Customer("C-1001", "Amara Okafor", "+447700900101")
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


async def reach(page: Page, wanted: Locator) -> None:
    """Press Tab until the keyboard is at *wanted*."""
    for _ in range(MOST_TABS):
        if await wanted.evaluate("(each) => each === document.activeElement"):
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard never gets to {wanted}")


async def press(page: Page, name: str | re.Pattern[str]) -> None:
    """Go to a button and press it; nothing may stick out of the screen on the way."""
    button = page.get_by_role("button", name=name)
    await expect(button).to_be_visible()
    assert await page.evaluate(OVERFLOW) <= 0
    await reach(page, button)
    await page.keyboard.press("Enter")


async def test_an_agent_and_a_customer_need_no_mouse(bank, new_window, agent: Agent):
    phone = Phone(bank, await new_window(viewport=NARROW), AMARA)
    desk = Desk(bank, await new_window(viewport=NARROW), agent)
    await set_up(phone)
    await sit_down(desk)
    await start(desk, AMARA)

    await expect(phone.line("ringing")).to_be_visible()
    await press(phone.window.page, "Answer")
    await phone.shows("connected", "You are talking to us")
    assert await phone.window.page.evaluate(OVERFLOW) <= 0
    await press(desk.window.page, "Hang up")
    await expect(desk.says("The customer answered.")).to_be_visible()
    await press(desk.window.page, "Another customer")
    await expect(desk.search).to_be_focused()


async def set_up(phone: Phone) -> None:
    page = phone.window.page
    await page.goto(f"{phone.bank.api}/handset/?platform=ios")
    await press(page, "Sign in")
    await press(page, re.compile(phone.customer.name))
    await expect(page.get_by_role("button", name=ASK)).to_be_visible()


async def sit_down(desk: Desk) -> None:
    page = desk.window.page
    await page.goto(f"{desk.bank.api}/agent/")
    await press(page, "Sign in")
    await press(page, re.compile(desk.agent.name))


async def start(desk: Desk, customer: Customer) -> None:
    """Find the customer and call; the search has the keyboard from the beginning."""
    page = desk.window.page
    await expect(desk.search).to_be_focused()
    await page.keyboard.type(customer.name)
    await expect(page.get_by_role("option")).to_have_count(1)
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(desk.heading(customer.name)).to_be_visible()
    await press(page, START)
