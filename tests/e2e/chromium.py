"""Chromium as the tests use it: the system's own, with nothing that phones home."""

import contextlib
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
DIARY = Path(__file__).parent / "diary.js"


@contextlib.asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Run Chromium for the block."""
    path = shutil.which("chromium")
    assert path, "The browser tests need Chromium: `scripts/setup --browser` installs it, as root."
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        await browser.close()


@dataclass
class Window:
    """One person's browser window: storage and cookies of its own, and what went wrong in it."""

    page: Page
    faults: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Note exceptions that nobody caught, and what the page's own policy forbade."""
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", self._console)

    def _console(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.faults.append(message.text)


@contextlib.asynccontextmanager
async def window(browser: Browser, **options: Any) -> AsyncIterator[Window]:
    """Open a window that keeps a diary of what it shows (`diary.js`); fail if its page misbehaved."""
    context = await browser.new_context(**{"viewport": {"width": 480, "height": 1000}} | options)
    await context.add_init_script(path=DIARY)
    opened = Window(await context.new_page())
    opened.watch()
    try:
        yield opened
    finally:
        await context.close()
    assert not opened.faults, opened.faults
