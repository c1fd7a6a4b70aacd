"""A customer's phones: set up, several, without notices, removed."""

import pytest
from playwright.async_api import expect

from tests.e2e.desk import START, Desk
from tests.e2e.phone import Phone


@pytest.mark.parametrize(("platform", "name"), [("ios", "iPhone"), ("android", "Android phone")])
async def test_the_agent_sees_the_phone_that_the_customer_has_set_up(
    desk: Desk, new_phone, customer, platform: str, name: str
):
    await new_phone(customer, platform)
    await desk.find(customer)
    await expect(desk.says(f"{name}, ")).to_be_visible()
    await expect(desk.says("You can call now")).to_be_visible()


async def test_the_private_keys_of_a_phone_cannot_be_read_out(phone: Phone):
    extractable = await phone.window.page.evaluate(
        """() => new Promise((resolve, reject) => {
            const opening = indexedDB.open("ringproof");
            opening.onerror = reject;
            opening.onsuccess = () => {
                const all = opening.result.transaction("device").objectStore("device").getAll();
                all.onsuccess = () => resolve(all.result.flatMap((device) =>
                    [device.sealingKeys, device.receiptKeys].map((keys) => [
                        keys.privateKey.type, keys.privateKey.extractable,
                    ])));
            };
        })"""
    )
    assert extractable == [["private", False], ["private", False]]


async def test_a_second_phone_of_the_customer_is_told_that_the_call_is_over(
    desk: Desk, phone: Phone, new_phone
):
    second = await new_phone(phone.customer, "android")
    await desk.call(phone.customer)
    await phone.shows("announced", "Example Bank is about to call you")
    await second.shows("announced", "Example Bank is about to call you")
    await expect(phone.card()).to_contain_text(f"Code {await desk.code()}")
    await expect(second.card()).to_contain_text(f"Code {await desk.code()}")
    await second.answer()
    await second.shows("connected", "You are talking to us")
    await phone.shows("connected", "You are talking to us")
    await second.press("Hang up")
    await expect(second.card("ended")).to_be_visible()
    await expect(phone.card("ended")).to_be_visible()


async def test_a_phone_that_was_removed_is_no_longer_the_agents_to_notify(desk: Desk, phone: Phone):
    await desk.find(phone.customer)
    await expect(desk.says("You can call now")).to_be_visible()
    await phone.press("Settings")
    await phone.press("Remove this phone")
    await phone.press("Remove")
    await phone.shows("welcome", "Know when it's really us")
    await desk.window.page.get_by_role("button", name="Check again").click()
    await expect(desk.says("No phone is set up")).to_be_visible()
    await expect(desk.window.page.get_by_role("button", name=START)).to_be_disabled()


async def test_a_phone_without_notices_cannot_be_called(desk: Desk, phone: Phone):
    await phone.press("Settings")
    await phone.window.page.get_by_role("switch").click()
    await expect(phone.window.page.get_by_role("switch")).not_to_be_checked()
    await desk.find(phone.customer)
    await expect(desk.says("notifications are off")).to_be_visible()
    await expect(desk.window.page.get_by_role("button", name=START)).to_be_disabled()
