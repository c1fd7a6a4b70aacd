"""Forged announcements in the real page: none ever renders as genuine, and the bank is told why."""

import json

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.e2e.forger import Forger, forger
from tests.e2e.forgeries import FORGERIES, UNOPENABLE, Forge, by_bank, by_key, own
from tests.e2e.people import agents
from tests.e2e.phone import ASK, Frame, Phone, open_phone

GENUINE = {"announced", "connected"}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def attacker(agents_bank, browser, strangers):
    async with (
        open_phone(browser, agents_bank, next(strangers)) as victim,
        forger(agents_bank, victim) as opened,
    ):
        yield opened


@pytest_asyncio.fixture(loop_scope="session")
async def victim(attacker: Forger) -> Phone:
    """The victim's phone, with nothing on it."""
    phone = attacker.victim
    phone.receipts.clear()
    phone.frames.clear()
    await phone.window.page.reload()
    await expect(phone.window.page.get_by_role("button", name=ASK)).to_be_visible()
    return phone


@pytest.mark.parametrize("forgery", FORGERIES)
async def test_a_forgery_never_looks_genuine_and_the_bank_is_told_why(
    attacker: Forger, victim: Phone, forgery: str
):
    forge, code = FORGERIES[forgery]
    await attacker.push(forge(attacker))
    await victim.shows("unverified", "A call notice could not be checked")
    await victim.until(lambda: victim.receipts != [])
    assert [(each["evt"], each["code"]) for each in victim.receipts] == [("unverified", code)]
    assert cards(await victim.diary()).isdisjoint(GENUINE)


@pytest.mark.parametrize("forge", UNOPENABLE)
async def test_what_cannot_be_opened_never_looks_genuine(
    attacker: Forger, victim: Phone, forge: Forge
):
    await attacker.push(forge(attacker))
    await victim.shows("unverified", "A call notice could not be checked")
    assert cards(await victim.diary()).isdisjoint(GENUINE)
    assert victim.receipts == []


async def test_a_message_of_an_unknown_type_shows_nothing(attacker: Forger, victim: Phone):
    sealed = by_bank()(attacker)
    await attacker.push(sealed, kind="call_verification_2")
    await attacker.push_body({"aps": {"alert": "You won"}, "sealed": sealed})
    await attacker.push(by_key(own)(attacker))
    await victim.shows("unverified", "A call notice could not be checked")
    assert len(victim.pushes()) >= 3
    assert cards(await victim.diary()) <= {None, "unverified"}


async def test_the_same_message_by_the_bank_itself_does_look_genuine(
    attacker: Forger, victim: Phone
):
    await attacker.push(by_bank()(attacker))
    await victim.shows("announced", "Example Bank is about to call you")


async def test_an_announcement_is_good_once(desk, attacker: Forger, victim: Phone):
    await desk.call(victim.customer)
    await victim.answer()
    await victim.shows("connected", "You are talking to us")
    await victim.press("Hang up")
    await expect(victim.card("ended")).to_be_visible()
    await victim.press("Close")
    victim.receipts.clear()
    before = len(await victim.diary())
    announcement = next(each for each in contents(victim) if each["type"] == "call_verification")
    await attacker.push_body(announcement)
    await victim.shows("unverified", "A call notice could not be checked")
    await victim.until(lambda: victim.receipts != [])
    assert victim.receipts[0]["code"] == "replayed"
    assert cards((await victim.diary())[before:]).isdisjoint(GENUINE)


async def test_another_phones_announcement_is_of_no_use(
    desk, attacker: Forger, victim: Phone, new_phone, customer
):
    other = await new_phone(customer)
    await desk.call(customer)
    await other.shows("announced", "Example Bank is about to call you")
    await attacker.push_body(contents(other)[0])
    await victim.shows("unverified", "A call notice could not be checked")
    assert cards(await victim.diary()).isdisjoint(GENUINE)
    await other.press("Decline")


async def test_a_forged_end_does_not_take_down_a_genuine_card(
    desk, attacker: Forger, victim: Phone
):
    await desk.call(victim.customer)
    await expect(victim.line("ringing")).to_be_visible()
    code, pushed = await desk.code(), len(victim.pushes())
    await attacker.push(attacker.sealed("forged"), kind="call_update")
    await victim.until(lambda: len(victim.pushes()) > pushed)
    await victim.answer()
    await victim.shows("connected", "You are talking to us")
    await expect(victim.card()).to_contain_text(f"Code {code}")
    assert "unverified" not in cards(await victim.diary())
    await victim.press("Hang up")
    await expect(victim.card("ended")).to_be_visible()


async def test_a_photo_that_was_swapped_is_not_shown(desk, phone: Phone):
    await phone.window.page.route(
        "**/photos/*", lambda route: route.fulfill(body=agents()["daniel"].photo)
    )
    async with phone.window.page.expect_response("**/photos/*"):
        await desk.call(phone.customer)
    await phone.answer()
    await phone.shows("connected", "You are talking to us")
    await expect(phone.card().locator("img")).to_have_count(0)
    await expect(phone.card().locator(".face")).to_have_text("A")
    await phone.press("Hang up")


def cards(diary: list[Frame]) -> set[str | None]:
    return {each["card"] for each in diary}


def contents(phone: Phone) -> list[dict[str, object]]:
    """Return what this phone was pushed, as anybody on the way could have copied it."""
    return [json.loads(each["payload"]) for each in phone.pushes()]
