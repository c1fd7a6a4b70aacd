"""
Make docs/images anew from the running product: `.venv/bin/python -m scripts.pictures`.

The two pages are photographed in the middle of a real call, and put side by side on a third.
"""

import asyncio
import base64
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, expect

from ringproof.core.call import DialMode
from tests.e2e.bank import Bank, open_bank
from tests.e2e.chromium import chromium
from tests.e2e.desk import START, Desk, open_desk
from tests.e2e.network import Network
from tests.e2e.people import ROOT, Customer, agents
from tests.e2e.phone import Phone, open_phone

IMAGES = ROOT / "docs" / "images"
AMARA = Customer("C-1001", "Amara Okafor", "+447700900101")
BANKS_NUMBER = "+442079460123"
REASON = "About an unusual payment on your account"
LOOK: dict[str, Any] = {
    "device_scale_factor": 1.5,
    "color_scheme": "light",
    "reduced_motion": "reduce",
}
DESK = LOOK | {"viewport": {"width": 500, "height": 720}}
PHONE = LOOK | {"viewport": {"width": 390, "height": 720}}

SHEET = """<!doctype html><meta charset="utf-8"><style>
  body { margin: 0; padding: 28px; display: inline-flex; gap: 28px; background: #eef1f5;
    font: 500 17px/1.4 system-ui, sans-serif; color: #1d2733; }
  figure { margin: 0; } figcaption { margin-bottom: 12px; }
  img { display: block; border: 1px solid #c9d1db; border-radius: 10px; background: #fff; }
  .phone img { border: 6px solid #1d2733; border-radius: 30px; }
</style>"""
FIGURE = (
    '<figure class="{kind}"><figcaption>{caption}</figcaption>'
    '<img src="data:image/png;base64,{data}" width="{width}" alt=""></figure>'
)


def figure(kind: str, caption: str, picture: bytes, width: int) -> str:
    """Write one screenshot with its caption."""
    data = base64.b64encode(picture).decode()
    return FIGURE.format(kind=kind, caption=caption, data=data, width=width)


async def put_together(browser: Browser, name: str, *figures: str) -> None:
    """Let Chromium set the figures side by side, and keep the picture."""
    page = await browser.new_page(device_scale_factor=1.5, viewport={"width": 1_200, "height": 900})
    await page.set_content(SHEET + "".join(figures))
    await page.locator("body").screenshot(path=IMAGES / f"{name}.png")
    await page.close()
    print(f"{name}.png: {(IMAGES / f'{name}.png').stat().st_size // 1024} KiB")


async def both(browser: Browser, name: str, desk: Desk, phone: Phone, *captions: str) -> None:
    """Photograph both pages at this moment."""
    await put_together(
        browser, name,
        figure("desk", captions[0], await desk.window.page.screenshot(), 500),
        figure("phone", captions[1], await phone.window.page.screenshot(), 390),
    )  # fmt: skip


async def one_call(browser: Browser, desk: Desk, phone: Phone) -> None:
    """Photograph a call while it rings, and when they talk."""
    await desk.find(AMARA)
    await desk.window.page.get_by_role("button", name="Reason").click()
    await desk.window.page.get_by_role("option", name=REASON).click()
    await desk.press(START)
    await expect(phone.line("ringing")).to_be_visible()
    await expect(desk.step("Ringing")).to_be_visible()
    await expect(phone.card().locator("img")).to_be_visible()
    await both(
        browser, "ringing", desk, phone,
        "The agent pressed Start Verified Call", "The app knew before the phone rang",
    )  # fmt: skip
    await phone.answer()
    await phone.shows("connected", "You are talking to us")
    await expect(desk.heading(f"On the line with {AMARA.name}")).to_be_visible()
    await both(
        browser, "connected", desk, phone,
        "The agent has the customer on the line", "Green only now that they talk",
    )  # fmt: skip
    await phone.press("Hang up")
    await expect(phone.card("ended")).to_be_visible()
    await phone.press("Close")


async def one_spoof(browser: Browser, bank: Bank, phone: Phone) -> None:
    """Photograph what the app says to a caller who shows the bank's number."""
    network = Network(bank)
    leg = await network.spoof(BANKS_NUMBER, AMARA)
    await phone.shows("not_us", "We are not calling you")
    picture = await phone.window.page.screenshot()
    caption = "A fraudster calls with the bank’s number"
    await put_together(browser, "not-us", figure("phone", caption, picture, 390))
    await network.hang_up(leg)


async def main() -> None:
    """Live one call and one spoofed call, and photograph them."""
    IMAGES.mkdir(exist_ok=True)
    async with AsyncExitStack() as held:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory()))
        bank = await held.enter_async_context(open_bank(folder, DialMode.AGENT))
        browser = await held.enter_async_context(chromium())
        ayesha = agents()["ayesha"]
        desk = await held.enter_async_context(open_desk(browser, bank, ayesha, **DESK))
        phone = await held.enter_async_context(open_phone(browser, bank, AMARA, **PHONE))
        await one_call(browser, desk, phone)
        await one_spoof(browser, bank, phone)


if __name__ == "__main__":
    asyncio.run(main())
