"""Every state of both pages, in both colour schemes: accessible by axe-core, and fit for a small phone."""

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.e2e.people import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
NARROW = {"width": 360, "height": 740}
STATES = {"agent": "section.state", "handset": ".stories .frame"}
# The page's policy keeps scripts out; the browser's own hand puts this one in. Landmarks and headings
# occur once for every state here, which axe-core calls moderate.
VIOLATIONS = """async () => {
    const { passes, violations } = await axe.run();
    const bad = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    const told = bad.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
    return [passes.map(({ id }) => id), told];
}"""
WIDER = """(states) => states.map((state) => state.scrollWidth - state.clientWidth)
    .filter((pixels) => pixels > 0)"""
# Black is 0 and white is 255; a page that sets no background has the browser's, which is white.
BRIGHTNESS = """() => {
    const colours = [document.body, document.documentElement].map(
        (each) => getComputedStyle(each).backgroundColor.match(/[\\d.]+/g).map(Number));
    const [red, green, blue] = colours.find(([, , , alpha = 1]) => alpha > 0) ?? [255, 255, 255];
    return (red + green + blue) / 3;
}"""


@pytest.fixture(params=["light", "dark"])
def scheme(request):
    return request.param


@pytest.fixture(params=STATES)
def name(request):
    return request.param


@pytest_asyncio.fixture(loop_scope="session")
async def page(bank, new_window, name, scheme):
    """All the states of a page, one below the other."""
    window = await new_window(viewport=NARROW, color_scheme=scheme, reduced_motion="reduce")
    await window.page.goto(f"{bank.api}/{name}/#/states")
    await expect(window.page.locator(STATES[name]).last).to_be_visible()
    return window.page


async def test_no_state_shuts_anybody_out(page: Page):
    await page.evaluate(AXE.read_text(encoding="utf-8"))
    looked_at, violations = await page.evaluate(VIOLATIONS)
    assert {"color-contrast", "button-name"} <= set(looked_at)
    assert violations == []


async def test_no_state_is_wider_than_a_small_phone(page: Page, name: str):
    states = page.locator(STATES[name])
    assert await states.count() > 15
    assert await states.first.evaluate("(state) => state.clientWidth") <= NARROW["width"]
    assert await states.evaluate_all(WIDER) == []


async def test_the_page_follows_the_phones_colour_scheme(page: Page, scheme: str):
    assert (await page.evaluate(BRIGHTNESS) > 127) is (scheme == "light")
