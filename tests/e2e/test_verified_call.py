"""A verified call from the press to the end, in both dial modes: what each of the two people saw."""

import base64
import re
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.e2e.desk import Desk, open_desk
from tests.e2e.network import Network, reached
from tests.e2e.people import Agent, agents
from tests.e2e.phone import Frame, Phone, open_phone

# The page's policy lets nothing fetch the photo again, so what is shown is compared as it was drawn.
IS_SHOWN = """async (url) => {
    const onFile = new Image();
    onFile.src = url;
    await onFile.decode();
    const [shown, wanted] = [document.querySelector("img.face"), onFile].map((image) => {
        const { naturalWidth: width, naturalHeight: height } = image;
        const drawing = new OffscreenCanvas(width, height).getContext("2d");
        drawing.drawImage(image, 0, 0);
        return [width, ...drawing.getImageData(0, 0, width, height).data];
    });
    return shown.length === wanted.length && shown.every((value, at) => value === wanted[at]);
}"""


async def shows_photo(phone: Phone, photo: bytes) -> bool:
    """Compare the photo on the card with a PNG, pixel by pixel."""
    url = f"data:image/png;base64,{base64.b64encode(photo).decode()}"
    return bool(await phone.window.page.evaluate(IS_SHOWN, url))


@dataclass(frozen=True)
class Story:
    """What was seen of one call: the card's words and photo, and who saw what when."""

    agent: Agent
    card: str
    code: str
    reason: str
    photos: dict[str, bool]
    diary: list[Frame]
    contact: dict[str, Any]

    def first(self, **wanted: str | None) -> Frame:
        """Return the first moment at which the phone showed *wanted*."""
        return next(
            each for each in self.diary if all(each[name] == wanted[name] for name in wanted)
        )


@pytest.fixture(
    scope="module",
    params=[("agents_bank", "ios"), ("server_bank", "android")],
    ids=["agent-iphone", "server-android"],
)
def setting(request):
    """Where it happens: at which bank, with which kind of phone."""
    fixture, platform = request.param
    return request.getfixturevalue(fixture), platform


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def story(setting, browser, strangers):
    """Live one call: the customer answers, they talk, and the customer hangs up."""
    bank, platform = setting
    async with AsyncExitStack() as held:
        phone = await held.enter_async_context(open_phone(browser, bank, next(strangers), platform))
        desk = await held.enter_async_context(open_desk(browser, bank, agents()["ayesha"]))
        yield await lived(desk, phone)


async def lived(desk: Desk, phone: Phone) -> Story:
    await desk.call(phone.customer)
    await phone.shows("announced", "Example Bank is about to call you")
    await expect(phone.window.page.locator("img.face")).to_be_visible()
    card = " ".join((await phone.card().inner_text()).split())
    photos = {each.id: await shows_photo(phone, each.photo) for each in agents().values()}
    code, reason = await desk.code(), await desk.reason()
    await phone.answer()
    await phone.shows("connected", "You are talking to us")
    await expect(desk.heading(f"On the line with {phone.customer.name}")).to_be_visible()
    await expect(desk.step("Connected")).to_be_visible()
    await phone.press("Hang up")
    await phone.shows("ended", re.compile(r"^You spoke with Ayesha at \d\d:\d\d$"))
    await expect(desk.says("The customer answered.")).to_be_visible()
    contact = await Network(desk.bank).contact_to(phone.customer)
    return Story(desk.agent, card, code, reason, photos, await phone.diary(), contact)


async def test_the_card_says_who_calls_and_why(story: Story):
    for words in (
        "Example Bank is about to call you",
        "We are calling you. You did not call us.",
        story.agent.shown_as,
        story.reason,
        "from +44 20 •••• 0123",
    ):
        assert words in story.card


async def test_the_card_has_the_code_that_the_agent_reads_out(story: Story):
    assert re.fullmatch("[0-9]{2}", story.code)
    assert f"Code {story.code}" in story.card


async def test_the_photo_is_the_one_that_the_bank_has_on_file(story: Story):
    assert [agent for agent, shown in story.photos.items() if shown] == [story.agent.id]


async def test_the_card_is_there_before_the_phone_rings(story: Story):
    ringing = story.first(line="ringing")
    assert story.first(card="announced")["at"] < reached(story.contact, "ringing")
    assert story.diary.index(story.first(card="announced")) < story.diary.index(ringing)
    assert ringing["card"] == "announced"


async def test_connect_dials_only_after_the_card_is_there(story: Story):
    assert story.first(card="announced")["at"] <= reached(story.contact, "dialed")


async def test_nothing_says_verified_while_the_phone_rings(story: Story):
    ringing = [each["text"] for each in story.diary if each["line"] == "ringing"]
    assert ringing
    assert not [text for text in ringing if "verif" in text.lower()]


async def test_the_card_is_green_only_after_the_customer_has_answered(story: Story):
    green = story.first(card="connected")
    assert green["at"] > reached(story.contact, "connected")
    assert story.diary.index(green) > story.diary.index(story.first(line="talking"))


async def test_the_caller_id_is_the_banks(story: Story):
    assert story.contact["callerId"] == "+442079460123"
    assert "+44 20 7946 0123" in story.first(line="ringing")["text"]


async def test_the_phone_is_told_that_the_call_is_over(story: Story):
    assert story.diary[-1]["card"] == "ended"
    assert story.contact["disconnectReason"] == "CUSTOMER_DISCONNECT"
