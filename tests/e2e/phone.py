"""The customer's phone: the handset page, driven as a person drives it."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import Browser, Locator, Request, Response, WebSocket, expect

from ringproof.core.keys import unb64url
from tests.e2e.bank import Bank
from tests.e2e.chromium import Window, window
from tests.e2e.people import Customer

ASK = "Is my bank calling me now?"
PATIENCE = 30
Frame = dict[str, Any]


def claims(token: str) -> dict[str, Any]:
    """Read a compact JWS without verifying it."""
    read: dict[str, Any] = json.loads(unb64url(token.split(".")[1]))
    return read


@dataclass
class Phone:
    """One installation of the app, with what went over its wires since the window was opened."""

    bank: Bank
    window: Window
    customer: Customer
    enrolment: dict[str, Any] = field(default_factory=dict)
    device: dict[str, Any] = field(default_factory=dict)
    receipts: list[Frame] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        page = self.window.page
        page.on("request", self._sent)
        page.on("response", self._answered)
        page.on("websocket", self._connected)

    async def enrol(self, platform: str) -> None:
        """Sign in and set the phone up, from an empty browser."""
        page = self.window.page
        await page.goto(f"{self.bank.api}/handset/?platform={platform}")
        await page.get_by_role("button", name="Sign in").click()
        await page.get_by_role("button", name=re.compile(re.escape(self.customer.name))).click()
        await expect(page.get_by_role("button", name=ASK)).to_be_visible()
        await expect(page.get_by_text("This phone is offline")).to_have_count(0)

    def card(self, state: str | None = None) -> Locator:
        named = f"[data-state={state}]" if state else "[data-state]"
        return self.window.page.locator(named)

    def line(self, state: str | None = None) -> Locator:
        named = f"[data-line={state}]" if state else "[data-line]"
        return self.window.page.locator(named)

    async def shows(self, state: str, headline: str | re.Pattern[str]) -> None:
        """Wait for a card with this biggest line."""
        await expect(self.card(state).locator("h2")).to_have_text(headline)

    async def press(self, name: str) -> None:
        await self.window.page.get_by_role("button", name=name, exact=True).click()

    async def answer(self) -> None:
        await expect(self.line("ringing")).to_be_visible()
        await self.press("Answer")
        await expect(self.line("talking")).to_be_visible()

    async def diary(self) -> list[Frame]:
        """Return what the page showed since it was loaded: at, card, line, text."""
        seen: list[Frame] = await self.window.page.evaluate("window.diary")
        return seen

    def rings(self) -> list[Frame]:
        """Return the calls that rang here, as the telephone network told the phone."""
        return [each for each in self.frames if each["type"] == "ringing"]

    def pushes(self) -> list[Frame]:
        return [each for each in self.frames if each["type"] == "push"]

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until *condition* holds of what went over the wires."""
        async with asyncio.timeout(PATIENCE):
            while not condition():
                self._news.clear()
                await self._news.wait()

    def _sent(self, request: Request) -> None:
        if request.method == "POST" and request.url == f"{self.bank.api}/devices":
            self.enrolment = claims(request.post_data or "")
        if request.url == f"{self.bank.api}/receipts":
            self.receipts.append(claims(request.post_data or ""))
            self._news.set()

    async def _answered(self, response: Response) -> None:
        if response.request.method == "POST" and response.url == f"{self.bank.api}/devices":
            self.device = await response.json()

    def _connected(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._received)

    def _received(self, frame: str | bytes) -> None:
        self.frames.append(json.loads(frame))
        self._news.set()


@asynccontextmanager
async def open_phone(
    browser: Browser, bank: Bank, customer: Customer, platform: str = "ios", **options: Any
) -> AsyncIterator[Phone]:
    """Give a customer a phone, set up for the bank, for the block."""
    handheld = {"viewport": {"width": 390, "height": 844}}
    async with window(browser, **handheld | options) as opened:
        phone = Phone(bank, opened, customer)
        await phone.enrol(platform)
        yield phone
