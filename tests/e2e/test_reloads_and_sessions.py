"""What a reload, an ended session or a new window must not lose."""

from playwright.async_api import expect

from tests.e2e.desk import START, Desk
from tests.e2e.phone import Phone

DROP_TOKEN = """(token) => {
    const key = Object.keys(sessionStorage).find((each) => each.startsWith("oidc.user:"));
    const user = JSON.parse(sessionStorage.getItem(key));
    sessionStorage.setItem(key, JSON.stringify({ ...user, access_token: token }));
}"""


async def test_a_reload_of_both_pages_while_it_rings_loses_nothing(desk: Desk, phone: Phone):
    await desk.call(phone.customer)
    await expect(phone.line("ringing")).to_be_visible()
    code = await desk.code()

    await phone.window.page.reload()
    await expect(phone.line("ringing")).to_be_visible()
    await phone.shows("announced", "Example Bank is about to call you")
    await expect(phone.card()).to_contain_text(f"Code {code}")

    await desk.window.page.reload()
    await expect(desk.heading(f"Calling {phone.customer.name}")).to_be_visible()
    await expect(desk.step("Ringing")).to_be_visible()
    assert await desk.code() == code

    await phone.answer()
    await phone.shows("connected", "You are talking to us")
    await expect(desk.heading(f"On the line with {phone.customer.name}")).to_be_visible()
    await desk.press("Hang up")
    await expect(phone.card("ended")).to_be_visible()


async def test_an_agent_who_reloads_in_the_middle_of_the_call_still_has_it(
    desk: Desk, phone: Phone
):
    await desk.call(phone.customer)
    await phone.answer()
    await expect(desk.heading(f"On the line with {phone.customer.name}")).to_be_visible()
    code = await desk.code()
    await desk.window.page.reload()
    await expect(desk.heading(f"On the line with {phone.customer.name}")).to_be_visible()
    assert await desk.code() == code
    await desk.press("Hang up")
    await expect(desk.says("The customer answered.")).to_be_visible()


async def test_a_phone_keeps_its_keys_and_its_history_over_a_reload(desk: Desk, phone: Phone):
    await desk.call(phone.customer)
    await phone.answer()
    await phone.press("Hang up")
    await expect(phone.card("ended")).to_be_visible()
    await phone.window.page.reload()
    await expect(phone.window.page.get_by_text("You spoke")).to_be_visible()
    devices = await phone.window.page.evaluate("indexedDB.databases()")
    assert [each["name"] for each in devices] == ["ringproof"]


async def test_a_token_that_runs_out_is_renewed_without_the_agent(desk: Desk, customer):
    await desk.window.page.evaluate(DROP_TOKEN, await expired_token(desk))
    await desk.window.page.reload()
    await desk.find(customer)
    await expect(desk.says("Your session has ended")).to_have_count(0)


async def test_when_the_session_has_ended_the_agent_signs_in_again_and_nothing_entered_is_lost(
    desk: Desk, phone: Phone
):
    await desk.find(phone.customer)
    await desk.window.page.context.clear_cookies()
    await desk.window.page.evaluate(DROP_TOKEN, await expired_token(desk))
    await desk.window.page.reload()
    await desk.press("Sign in again")
    await desk.window.page.get_by_role("button", name=desk.agent.name).click()
    await expect(desk.heading(phone.customer.name)).to_be_visible()
    await expect(desk.window.page.get_by_role("button", name=START)).to_be_enabled()


async def expired_token(desk: Desk) -> str:
    subject, client = desk.agent.oid, "ringproof-agent"
    return await desk.bank.mint("staff", subject, client, exp=1_700_000_000)
