"""From settings to a running application: the only place that names adapters."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import structlog
from starlette.types import ASGIApp

from ringproof.adapters.clock import SystemClock
from ringproof.api.app import create_app
from ringproof.api.auth.api_keys import ApiKeys, Scope, known_key
from ringproof.api.auth.fetch import JsonFetcher
from ringproof.api.auth.issuer import Issuer
from ringproof.api.auth.tokens import Expectation, TokenVerifier
from ringproof.api.limiter import Limiter
from ringproof.api.placing import Placing
from ringproof.api.service import Service
from ringproof.core.deployment import Deployment
from ringproof.core.people import PushService
from ringproof.core.policy import Policy
from ringproof.core.time import DAY, SECOND, Millis, rfc3339
from ringproof.ports import (
    AlertChannel,
    ApiKey,
    Clock,
    Dialer,
    KeyUse,
    Ports,
    PushChannel,
    Signer,
    Store,
)
from ringproof.production import objections
from ringproof.settings import BadSettings, Env, Settings
from ringproof.usecases.background import Background
from ringproof.usecases.desk import Desk
from ringproof.usecases.sweep import sweep

_log = structlog.get_logger()

Around = Callable[[Ports], Ports]
"""Puts something around the ports before anything uses them, such as a tracer."""


def _nothing_around(ports: Ports) -> Ports:
    return ports


def deployment_of(settings: Settings) -> Deployment:
    """Write the settings as the rules need them."""
    return Deployment(
        iss=settings.bank_iss,
        bank=settings.bank_name,
        photos=f"{settings.public_url}/photos",
        queue=settings.connect_queue,
        apps=frozenset(settings.apps),
        voip_apps=frozenset(settings.voip_apps),
        enforcement=settings.enforcement,
        break_glass_until=settings.break_glass_until,
        call_us=settings.bank_call_us,
        caller_id=settings.caller_id,
        default_reason=settings.default_reason,
        default_language=settings.default_language,
        mode=settings.dial_mode,
        policy=_policy_of(settings),
    )


def _policy_of(settings: Settings) -> Policy:
    return Policy(
        announce_wait=settings.announce_wait,
        dial_within=settings.dial_within,
        minimum=settings.minimum_assurance,
        calls_per_customer=settings.calls_per_customer,
        customer_period=settings.customer_period,
        calls_per_agent=settings.calls_per_agent,
        agent_period=settings.agent_period,
        quiet_from=settings.quiet_hours.begin,
        quiet_until=settings.quiet_hours.end,
        new_device=settings.new_device,
        manual_contacts=settings.manual_contacts,
        abandon_grace=settings.abandon_grace,
        unsettled_after=settings.unsettled_after,
        disclose_employee_id=settings.disclose_employee_id,
    )


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


@asynccontextmanager
async def open_dialer(settings: Settings) -> AsyncIterator[Dialer]:
    """Open the way to Amazon Connect; nothing is sent before the first dial."""
    from ringproof.adapters.dial.connect import ConnectDialer  # noqa: PLC0415
    from ringproof.adapters.dial.connect_request import ConnectConfig  # noqa: PLC0415

    dialer = ConnectDialer(
        ConnectConfig(
            instance_id=settings.connect_instance,
            contact_flow_id=settings.connect_flow,
            region=settings.connect_region,
            endpoint_url=settings.connect_url,
            describes_per_second=settings.describe_rate.count
            * SECOND
            / settings.describe_rate.period,
        )
    )
    try:
        yield dialer
    finally:
        await dialer.aclose()


@asynccontextmanager
async def open_push(
    settings: Settings, clock: Clock
) -> AsyncIterator[Mapping[PushService, PushChannel]]:
    """Open a channel for each push service that has a credential."""
    channels = [*_apns(settings, clock), *_fcm(settings, clock)]
    async with AsyncExitStack() as stack:
        for channel in channels:
            stack.push_async_callback(channel.aclose)
        yield {channel.service: channel for channel in channels}


def _apns(settings: Settings, clock: Clock) -> Sequence[PushChannel]:
    if settings.apns_key_file is None:
        return ()
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415

    from ringproof.adapters.push.apns import ApnsChannel, ApnsConfig  # noqa: PLC0415

    try:
        key = load_pem_private_key(settings.apns_key_file.read_bytes(), password=None)
    except (OSError, ValueError) as error:
        raise BadSettings([f"RINGPROOF_APNS_KEY_FILE cannot be read: {error}"]) from error
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise BadSettings(["RINGPROOF_APNS_KEY_FILE must hold an EC key, as Apple gives it out."])
    config = ApnsConfig(
        key, settings.apns_key_id, settings.apns_team, settings.apps[0], settings.apns_url,
        settings.ca_file,
    )  # fmt: skip
    return (ApnsChannel(config, clock),)


def _fcm(settings: Settings, clock: Clock) -> Sequence[PushChannel]:
    if settings.fcm_service_account is None:
        return ()
    from ringproof.adapters.push.fcm import FcmChannel, FcmConfig  # noqa: PLC0415
    from ringproof.adapters.push.oauth import ServiceAccount  # noqa: PLC0415

    try:
        account = ServiceAccount.from_json(settings.fcm_service_account.read_bytes())
    except (OSError, ValueError) as error:
        raise BadSettings([f"RINGPROOF_FCM_SERVICE_ACCOUNT cannot be read: {error}"]) from error
    return (FcmChannel(FcmConfig(account, settings.fcm_url, settings.ca_file), clock),)


@asynccontextmanager
async def open_alerts(settings: Settings, clock: Clock) -> AsyncIterator[Sequence[AlertChannel]]:
    """Open the channels that violations are told to; nothing is sent before the first."""
    channels = [*_webhook(settings, clock), *_eventbridge(settings)]
    async with AsyncExitStack() as stack:
        for channel in channels:
            stack.push_async_callback(channel.aclose)
        yield channels


def _webhook(settings: Settings, clock: Clock) -> Sequence[AlertChannel]:
    if settings.webhook_url is None:
        return ()
    from ringproof.adapters.alerts.standard_webhooks import read_secret  # noqa: PLC0415
    from ringproof.adapters.alerts.webhook import WebhookChannel, WebhookConfig  # noqa: PLC0415

    if not settings.webhook_url.startswith(("http://", "https://")):
        raise BadSettings(["RINGPROOF_WEBHOOK_URL must be https, or http on this machine."])
    try:
        key = read_secret(settings.webhook_secret.reveal())
    except ValueError as error:
        wrong = "RINGPROOF_WEBHOOK_SECRET must be whsec_ and 24 to 64 bytes in base64."
        raise BadSettings([wrong]) from error
    return (WebhookChannel(WebhookConfig(settings.webhook_url, key, settings.ca_file), clock),)


def _eventbridge(settings: Settings) -> Sequence[AlertChannel]:
    if settings.event_bus is None:
        return ()
    from ringproof.adapters.alerts.eventbridge import (  # noqa: PLC0415
        EventBridgeChannel,
        EventBridgeConfig,
    )

    config = EventBridgeConfig(settings.event_bus, settings.connect_region, settings.events_url)
    return (EventBridgeChannel(config),)


@asynccontextmanager
async def open_desk(settings: Settings, around: Around = _nothing_around) -> AsyncIterator[Desk]:
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


@dataclass(frozen=True, slots=True)
class House:
    """An application and what it works with."""

    app: ASGIApp
    desk: Desk
    service: Service


@asynccontextmanager
async def open_house(settings: Settings, around: Around = _nothing_around) -> AsyncIterator[House]:
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
