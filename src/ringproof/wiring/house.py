"""From settings to a running application."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from starlette.types import ASGIApp

from ringproof.api.app import create_app
from ringproof.api.auth.api_keys import ApiKeys, Scope, known_key
from ringproof.api.auth.fetch import JsonFetcher
from ringproof.api.auth.issuer import Issuer
from ringproof.api.auth.tokens import Expectation, TokenVerifier
from ringproof.api.limiter import Limiter
from ringproof.api.placing import Placing
from ringproof.api.service import Service
from ringproof.core.time import SECOND
from ringproof.ports import (
    ApiKey,
)
from ringproof.settings import BadSettings, Settings
from ringproof.usecases.desk import Desk
from ringproof.usecases.sweep import sweep
from ringproof.wiring.desk import Around, nothing_around, open_desk


@dataclass(frozen=True, slots=True)
class House:
    """An application and what it works with."""

    app: ASGIApp
    desk: Desk
    service: Service


@asynccontextmanager
async def open_house(settings: Settings, around: Around = nothing_around) -> AsyncIterator[House]:
    """Open the desk, sweep behind it, and build the API before it."""
    async with open_desk(settings, around) as desk:
        fetcher = JsonFetcher(settings.ca_file)
        service = service_for(settings, desk, fetcher)
        sweeping = asyncio.create_task(_sweep(desk, settings.sweep_every / SECOND), name="sweep")
        try:
            yield House(create_app(service), desk, service)
        finally:
            service.closing.set()
            sweeping.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await sweeping
            await fetcher.aclose()


def service_for(settings: Settings, desk: Desk, fetcher: JsonFetcher) -> Service:
    """Say who may come to the desk, and how often."""
    clock = desk.ports.clock
    staff = Expectation(
        settings.staff_audience, frozenset(settings.staff_clients), settings.staff_tenant
    )
    customers = Expectation(settings.customer_audience, frozenset(settings.customer_clients))
    return Service(
        desk=desk,
        settings=settings,
        staff=TokenVerifier(Issuer(settings.staff_issuer, fetcher.get, clock), staff, clock),
        customers=TokenVerifier(
            Issuer(settings.customer_issuer, fetcher.get, clock), customers, clock
        ),
        api_keys=ApiKeys(desk.ports.store, _fixed_keys(settings)),
        placing=Placing(desk),
        limiter=Limiter(clock),
    )


def _fixed_keys(settings: Settings) -> list[ApiKey]:
    given = {
        "ADMIN_KEY": (settings.admin_key, tuple(Scope)),
        "CONNECT_KEY": (settings.connect_key, (Scope.CONNECT,)),
    }
    try:
        return [known_key(key.reveal(), scopes) for key, scopes in given.values() if key]
    except ValueError as error:
        names = " and ".join(f"RINGPROOF_{name}" for name in given)
        raise BadSettings([f"{names} must be API keys: rpk_<id>_<secret>."]) from error


async def _sweep(desk: Desk, every: float) -> None:
    """Sweep until cancelled. A sweep that fails is logged by the background, and the next one tries."""
    while True:
        await asyncio.sleep(every)
        # A task of the background's: a shutdown lets a sweep that has begun come to its end.
        await asyncio.wait({desk.background.start(sweep(desk), "sweep")})


async def serve(settings: Settings, *, ready: Callable[[str], object] | None = None) -> None:
    """
    Serve until SIGINT or SIGTERM, then finish what was announced; tell *ready* the URL when it is up.

    Requests in flight get `shutdown_wait`; long polls are answered at once.
    """
    from ringproof.api.server import listening, run  # noqa: PLC0415

    async with open_house(settings) as house:
        with listening(settings.host, settings.port) as (listener, url):
            await run(
                house.app, settings, listener, house.service.closing, lambda: ready and ready(url)
            )
