""" "Is my bank calling me now?": each of the answers, asked on the phone's own page."""

import re

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.e2e.bank import Bank
from tests.e2e.desk import Desk
from tests.e2e.people import ADMINISTRATOR
from tests.e2e.phone import ASK, Phone


async def test_nobody_calls_so_the_answer_is_we_are_not_calling_you(phone: Phone):
    await phone.press(ASK)
    await phone.shows("not_us", "We are not calling you")
    await expect(phone.card()).to_contain_text(
        "If someone says they are from Example Bank, hang up."
    )


async def test_a_phone_without_notices_learns_of_the_call_by_asking(
    desk: Desk, phone: Phone, new_phone
):
    quiet = await new_phone(phone.customer, "android")
    await quiet.press("Settings")
    notices = quiet.window.page.get_by_role("switch", name="Tell me before you call")
    await notices.click()
    await expect(notices).not_to_be_checked()
    await quiet.press("Back")

    await desk.call(phone.customer)
    await phone.shows("announced", "Example Bank is about to call you")
    await expect(quiet.line("ringing")).to_be_visible()
    await quiet.shows("announced", "Example Bank is about to call you")
    await expect(quiet.card()).to_contain_text(f"Code {await desk.code()}")
    assert quiet.pushes() == []

    await quiet.answer()
    await quiet.shows("connected", "You are talking to us")
    await quiet.press("Hang up")
    await expect(desk.says("The customer answered.")).to_be_visible()


@pytest_asyncio.fixture(loop_scope="session")
async def administrator(bank: Bank):
    """An administrator's token; whatever was switched is switched back."""
    token = await bank.mint("staff", ADMINISTRATOR, "ringproof-agent")
    yield token
    await bank.ask("PUT", f"{bank.api}/admin/kill-switch", {"on": False}, bearer=token)


async def test_when_the_bank_has_thrown_its_switch_the_answer_is_we_cannot_check(
    bank: Bank, phone: Phone, administrator: str
):
    await bank.ask("PUT", f"{bank.api}/admin/kill-switch", {"on": True}, bearer=administrator)
    await phone.press(ASK)
    await phone.shows("cannot_tell", "We can't check right now")
    await expect(phone.card()).to_contain_text("Don't trust a caller until you can.")


async def test_a_phone_that_is_offline_says_so_and_answers_when_it_is_back(phone: Phone):
    await phone.window.page.context.set_offline(True)
    await phone.press(ASK)
    await phone.shows("cannot_tell", "We can't check right now")
    await phone.window.page.context.set_offline(False)
    await phone.press("Try again")
    await phone.shows("not_us", "We are not calling you")


@pytest.mark.parametrize(
    ("answer", "headline"),
    [
        ("announced", "Example Bank is about to call you"),
        ("connected", "You are talking to us"),
        ("you_called_us", "Someone is calling us from your number"),
        ("not_us", "We are not calling you"),
        ("cannot_tell", "We can't check right now"),
    ],
)
async def test_each_answer_has_a_card_of_its_own(bank: Bank, new_window, answer, headline):
    page = (await new_window()).page
    await page.goto(f"{bank.api}/handset/#/states/{answer}")
    await expect(page.locator("[data-state]")).to_have_attribute("data-state", answer)
    await expect(page.get_by_role("heading", level=2)).to_have_text(re.compile(headline))
