"""
Two banks, one that agents' browsers dial for and one that dials itself; and windows onto them.

Both run as `ringproof demo`, on ports and in folders of their own, from the first test that wants
them to the end.
"""

import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from ringproof.core.call import DialMode
from tests.e2e.bank import Bank, open_bank
from tests.e2e.chromium import Window, chromium, window
from tests.e2e.desk import Desk, open_desk
from tests.e2e.network import Network
from tests.e2e.people import ROOT, Agent, Customer, agents, customers
from tests.e2e.phone import Phone, open_phone

expect.set_options(timeout=30_000)  # milliseconds, for a machine that is busy with other things

session = pytest_asyncio.fixture(scope="session", loop_scope="session")
function = pytest_asyncio.fixture(loop_scope="session")
PAGES = ("agent", "dynamics", "handset")
NewWindow = Callable[..., Awaitable[Window]]
NewPhone = Callable[..., Awaitable[Phone]]
NewDesk = Callable[..., Awaitable[Desk]]


@pytest.fixture(scope="session", autouse=True)
def pages() -> None:
    """Build the pages that are not built."""
    built = [ROOT / "web" / name / "dist" / "index.html" for name in PAGES]
    if not all(each.is_file() for each in built):
        subprocess.run(["npm", "run", "build"], cwd=ROOT, check=True)


@session
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as running:
        yield running


@session
async def agents_bank(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Bank]:
    async with open_bank(tmp_path_factory.mktemp("agent"), DialMode.AGENT) as running:
        yield running


@session
async def server_bank(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Bank]:
    async with open_bank(tmp_path_factory.mktemp("server"), DialMode.SERVER) as running:
        yield running


@pytest.fixture
def bank(request: pytest.FixtureRequest) -> Bank:
    """The bank that agents' browsers dial for, or the one that a test names as its parameter."""
    found: Bank = request.getfixturevalue(getattr(request, "param", "agents_bank"))
    return found


@pytest.fixture
def network(bank: Bank) -> Network:
    return Network(bank)


@pytest.fixture(scope="session")
def strangers() -> Iterator[Customer]:
    return customers()


@pytest.fixture
def customer(strangers: Iterator[Customer]) -> Customer:
    """A customer whom no test before has met."""
    return next(strangers)


@pytest.fixture
def agent() -> Agent:
    return agents()["ayesha"]


@function
async def windows() -> AsyncIterator[AsyncExitStack]:
    """What a test opened, closed when it is over."""
    async with AsyncExitStack() as held:
        yield held


@pytest.fixture
def new_window(browser: Browser, windows: AsyncExitStack) -> NewWindow:
    """Open a window with nothing in it."""

    async def opened(**options: Any) -> Window:
        return await windows.enter_async_context(window(browser, **options))

    return opened


@pytest.fixture
def new_phone(bank: Bank, browser: Browser, windows: AsyncExitStack) -> NewPhone:
    """Open a phone for a customer, and set it up."""

    async def opened(customer: Customer, platform: str = "ios", **options: Any) -> Phone:
        phone = open_phone(browser, bank, customer, platform, **options)
        return await windows.enter_async_context(phone)

    return opened


@pytest.fixture
def new_desk(bank: Bank, browser: Browser, windows: AsyncExitStack) -> NewDesk:
    """Open a desktop, and sign the agent in."""

    async def opened(agent: Agent, **options: Any) -> Desk:
        return await windows.enter_async_context(open_desk(browser, bank, agent, **options))

    return opened


@function
async def phone(new_phone: NewPhone, customer: Customer) -> Phone:
    return await new_phone(customer)


@function
async def desk(new_desk: NewDesk, agent: Agent) -> Desk:
    return await new_desk(agent)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run these tests in the loop in which the browser lives."""
    for item in items:
        if "tests/e2e" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)
