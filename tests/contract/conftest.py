"""The adapters that each contract is asked of: a new one joins by one line."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from ringproof.adapters.store.sqlite import SqliteStore
from ringproof.ports import Store

Opening = Callable[[Path], AbstractAsyncContextManager[Store]]


@asynccontextmanager
async def sqlite(folder: Path) -> AsyncIterator[Store]:
    store = await SqliteStore.open(folder / "store.sqlite")
    try:
        yield store
    finally:
        await store.aclose()


STORES: dict[str, Opening] = {"sqlite": sqlite}


@pytest.fixture(params=STORES)
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    async with STORES[request.param](tmp_path) as opened:
        yield opened
