"""The deployment that a command is about: its settings, and its store."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from ringproof.adapters.store.sqlite import SqliteStore
from ringproof.commands.screen import fail
from ringproof.settings import BadSettings, Settings


def configured() -> Settings:
    """Read the environment; end the command with every problem that it has."""
    try:
        return Settings.read(os.environ)
    except BadSettings as bad:
        fail("\n  ".join(["The settings are not usable:", *bad.problems]))


@asynccontextmanager
async def opened_store(settings: Settings) -> AsyncIterator[SqliteStore]:
    """Open the store for the block; DependencyDown if a server has it open."""
    settings.store.parent.mkdir(parents=True, exist_ok=True)
    store = await SqliteStore.open(settings.store)
    try:
        yield store
    finally:
        await store.aclose()
