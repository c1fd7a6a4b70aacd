"""Ask everything that a deployment depends on whether it is well. Nothing is dialed, nobody is told."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from functools import partial

from ringproof.adapters.clock import SystemClock
from ringproof.adapters.sign.keyfile import KeyfileSigner
from ringproof.api.auth.fetch import JsonFetcher
from ringproof.core.errors import DependencyDown
from ringproof.core.people import PushService
from ringproof.ports import KeyUse, PushChannel
from ringproof.settings import BadSettings, Settings
from ringproof.wiring import open_alerts, open_dialer, open_push, open_store

_UNSET = {
    PushService.APNS: "RINGPROOF_APNS_KEY_FILE",
    PushService.FCM: "RINGPROOF_FCM_SERVICE_ACCOUNT",
}
_ALERTS = {"webhook": "RINGPROOF_WEBHOOK_URL", "eventbridge": "RINGPROOF_EVENT_BUS"}
_DISCOVERY = "/.well-known/openid-configuration"


@dataclass(frozen=True, slots=True)
class Health:
    """How one dependency is; *well* is None for one that is not in use."""

    what: str
    well: bool | None
    sentence: str


Question = Callable[[], Awaitable[str]]
"""Return a sentence if all is well; raise DependencyDown if it is not."""


async def ask_all(settings: Settings) -> list[Health]:
    """Ask everything at once; the order of the answers is fixed."""
    questions: list[tuple[str, Question]] = [
        ("store", partial(_store, settings)),
        ("signer", partial(_signer, settings)),
        ("Amazon Connect", partial(_dialer, settings)),
        ("staff's identity provider", partial(_issuer, settings, settings.staff_issuer)),
        ("customers' identity provider", partial(_issuer, settings, settings.customer_issuer)),
    ]
    answers = await asyncio.gather(*(_answer(what, ask) for what, ask in questions))
    return [*answers[:2], *await _pushes(settings), *answers[2:], *await ask_alerts(settings)]


async def _answer(what: str, ask: Question) -> Health:
    try:
        return Health(what, well=True, sentence=await ask())
    except (DependencyDown, BadSettings, OSError) as error:
        detail = error.detail if isinstance(error, DependencyDown) else str(error)
        return Health(what, well=False, sentence=detail or "It does not answer.")


async def _store(settings: Settings) -> str:
    if not settings.store.exists():
        return f"{settings.store} is not there yet; the first import or server makes it."
    try:
        async with open_store(settings) as store:
            await store.check()
    except DependencyDown:
        return await _server_with_the_store(settings)
    return f"{settings.store} can be written."


async def _server_with_the_store(settings: Settings) -> str:
    """Ask the server that has the store open, if that is why it could not be opened."""
    url = f"http://{settings.host}:{settings.port}/healthz"
    async with _fetcher(settings) as fetcher:
        try:
            await fetcher.get(url)
        except DependencyDown as down:
            detail = f"{settings.store} cannot be opened, and no server answers at {url}."
            raise DependencyDown("store", detail) from down
    return f"The server at {url} has it open, and says that it can be written."


async def _signer(settings: Settings) -> str:
    signer = KeyfileSigner(settings.signing_key)
    for use in KeyUse:
        kid = await signer.kid(use)
        await signer.sign(kid, b"ringproof check")
    return f"{settings.signing_key} has a key for proofs and one for status answers; both sign."


async def _pushes(settings: Settings) -> list[Health]:
    try:
        async with open_push(settings, SystemClock()) as channels:
            asked = await asyncio.gather(
                *(_answer(name, partial(_pushed, each)) for name, each in channels.items())
            )
    except (BadSettings, OSError) as error:
        return [Health("push", well=False, sentence=str(error))]
    unused = [
        Health(name, None, f"Not in use: {variable} is not set.")
        for name, variable in _UNSET.items()
        if name not in channels
    ]
    if not asked:
        unused.append(Health("push", well=False, sentence="No push service is set up at all."))
    return [*asked, *unused]


async def _pushed(channel: PushChannel) -> str:
    await channel.check()
    return "It knows our credentials."


async def ask_alerts(settings: Settings) -> list[Health]:
    """Say which channels violations are told to; they are not asked, for that would tell somebody."""
    try:
        async with open_alerts(settings, SystemClock()) as channels:
            named = {channel.name for channel in channels}
    except (BadSettings, OSError) as error:
        return [Health("alerts", well=False, sentence=str(error))]
    return [
        Health(name, True, "Set up: violations are told to it. It was not asked.")
        if name in named
        else Health(name, None, f"Not in use: {variable} is not set.")
        for name, variable in _ALERTS.items()
    ]


async def _dialer(settings: Settings) -> str:
    async with open_dialer(settings) as dialer:
        await dialer.check()
    return f"Instance {settings.connect_instance} answers us."


async def _issuer(settings: Settings, issuer: str) -> str:
    async with _fetcher(settings) as fetcher:
        said = await fetcher.get(issuer + _DISCOVERY)
        if said.get("issuer") != issuer:
            raise DependencyDown(
                "identity provider", f"{issuer} calls itself {said.get('issuer')}."
            )
        await fetcher.get(str(said.get("jwks_uri")))
    return f"{issuer} publishes its keys."


def _fetcher(settings: Settings) -> aclosing[JsonFetcher]:
    return aclosing(JsonFetcher(settings.ca_file))
