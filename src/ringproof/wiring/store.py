"""The store and the keys."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from ringproof.ports import (
    Clock,
    KeyUse,
    Signer,
    Store,
)
from ringproof.settings import Env, Settings


@asynccontextmanager
async def open_store(settings: Settings) -> AsyncIterator[Store]:
    """Open the store; it is this process's alone until it is closed."""
    from ringproof.adapters.store.sqlite.store import SqliteStore  # noqa: PLC0415

    settings.store.parent.mkdir(parents=True, exist_ok=True)
    store = await SqliteStore.open(settings.store)
    try:
        yield store
    finally:
        await store.aclose()


def open_signer(settings: Settings, clock: Clock) -> Signer:
    """Open the signing keys; outside production, make them where there are none."""
    from ringproof.adapters.sign import keyring  # noqa: PLC0415
    from ringproof.adapters.sign.keyfile import KeyfileSigner  # noqa: PLC0415

    if settings.env is not Env.PRODUCTION:
        known = keyring.records(settings.signing_key)
        for use in KeyUse:
            if not keyring.live(known, use):
                keyring.create(settings.signing_key, use, clock.now())
    return KeyfileSigner(settings.signing_key)
