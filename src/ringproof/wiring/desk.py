"""From settings to a desk: everything outside, opened and closed again."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import structlog

from ringproof.adapters.clock import SystemClock
from ringproof.core.time import DAY, SECOND, Millis, rfc3339
from ringproof.ports import (
    Ports,
)
from ringproof.production import objections
from ringproof.settings import BadSettings, Env, Settings
from ringproof.usecases.background import Background
from ringproof.usecases.desk import Desk
from ringproof.wiring.alerts import open_alerts
from ringproof.wiring.connect import open_dialer
from ringproof.wiring.deployment import deployment_of
from ringproof.wiring.push import open_push
from ringproof.wiring.store import open_signer, open_store

_log = structlog.get_logger()

Around = Callable[[Ports], Ports]
"""Puts something around the ports before anything uses them, such as a tracer."""


def nothing_around(ports: Ports) -> Ports:
    """Leave the ports as they are."""
    return ports


@asynccontextmanager
async def open_desk(settings: Settings, around: Around = nothing_around) -> AsyncIterator[Desk]:
    """
    Open everything outside; on the way out finish what was begun, then close in reverse.

    BadSettings where production would meet a simulator or an open key.
    """
    if settings.env is Env.PRODUCTION and (wrong := objections(settings)):
        raise BadSettings(wrong)
    clock = SystemClock()
    _warn_of_broken_glass(settings.break_glass_until, clock.now())
    signer = open_signer(settings, clock)
    async with (
        open_store(settings) as store,
        open_dialer(settings) as dialer,
        open_push(settings, clock) as push,
        open_alerts(settings, clock) as alerts,
    ):
        ports = around(Ports(clock, store, signer, dialer, push, alerts))
        desk = Desk(ports, deployment_of(settings), Background())
        try:
            yield desk
        finally:
            await _drained(desk, settings.shutdown_wait / SECOND)


def _warn_of_broken_glass(until: Millis | None, now: Millis) -> None:
    if until is None or until <= now:
        return
    if until - now > DAY:
        raise BadSettings(["RINGPROOF_BREAK_GLASS_UNTIL may be a day ahead at most."])
    _log.error("break_glass", until=rfc3339(until), what="the gate lets every dial pass")


async def _drained(desk: Desk, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await desk.background.drain()
    except TimeoutError:
        # Nothing is lost: the ledger knows each call, and a restart's sweep brings it to an end.
        _log.error("shutdown_with_work_left", seconds=seconds)
