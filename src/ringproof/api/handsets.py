"""Routes of the customer's phone: enrol, keep in touch, say what happened, ask whether it is us."""

from collections.abc import Sequence
from typing import Any

from ringproof.api.auth.callers import CustomerCaller, require_fresh
from ringproof.api.jwks import published
from ringproof.api.route import Ask, Audience, Route
from ringproof.api.wire import handsets as wire
from ringproof.api.wire.shape import Nothing
from ringproof.core.errors import Code
from ringproof.core.people import BankNumber, Device
from ringproof.core.receipt import device_of
from ringproof.core.time import rfc3339
from ringproof.usecases.acknowledge import acknowledge, report
from ringproof.usecases.answer_status import answer_status
from ringproof.usecases.enrol_device import (
    challenge,
    enrol_device,
    own_device,
    remove_device,
    update_device,
)

_C = Code

Signed = Ask[None, bytes]


async def give_challenge(ask: Ask[CustomerCaller, Nothing]) -> wire.Challenge:
    """Give the customer's device something fresh to sign."""
    _require_fresh(ask.service.settings.login_max_age, ask)
    value, expires_at = await challenge(ask.service.desk, ask.who.customer)
    return wire.Challenge(challenge=value, expires_at=rfc3339(expires_at))


async def enrol(ask: Ask[CustomerCaller, bytes]) -> wire.Enrolled:
    """Bind the device that signed, and give it what it needs to judge what we send."""
    _require_fresh(ask.service.settings.login_max_age, ask)
    desk = ask.service.desk
    device = await enrol_device(desk, ask.who.customer, ask.said)
    return wire.Enrolled(
        device_id=device.id,
        numbers=list(ask.who.customer.phones),
        bank=wire.BankAbout(
            iss=desk.deployment.iss,
            name=desk.deployment.bank,
            numbers=outbound(await desk.ports.store.numbers()),
        ),
        jwks=await published(desk.ports.signer),
        server_time=rfc3339(desk.now()),
    )


def outbound(numbers: Sequence[BankNumber]) -> list[str]:
    """Pick the numbers that a genuine announcement may name."""
    return [each.phone for each in numbers if not each.inbound_only]


async def change_device(ask: Ask[CustomerCaller, wire.DeviceChange]) -> wire.DeviceView:
    """Rotate the push token, or say that notifications are on or off, or which app version it is."""
    return _view(
        await update_device(
            ask.service.desk, ask.who.customer, ask.path["deviceId"],
            push_token=ask.said.push_token, notifications=ask.said.notifications,
            app_version=ask.said.app_version,
        )
    )  # fmt: skip


async def one_device(ask: Ask[CustomerCaller, Nothing]) -> wire.DeviceView:
    """Return one of the customer's devices."""
    return _view(await own_device(ask.service.desk, ask.who.customer, ask.path["deviceId"]))


async def forget_device(ask: Ask[CustomerCaller, Nothing]) -> None:
    """Unbind a device."""
    await remove_device(ask.service.desk, ask.who.customer, ask.path["deviceId"])


async def list_devices(ask: Ask[CustomerCaller, Nothing]) -> wire.DeviceViews:
    """Return the customer's devices."""
    found = await ask.service.desk.ports.store.devices(ask.who.customer.id)
    return wire.DeviceViews(devices=[_view(each) for each in found])


async def take_receipt(ask: Signed) -> wire.Acknowledged:
    """Count a receipt."""
    _spare(ask)
    call = await acknowledge(ask.service.desk, ask.said)
    return wire.Acknowledged(server_time=rfc3339(ask.service.desk.now()), state=call.state)


async def tell_status(ask: Signed) -> wire.SealedAnswer:
    """Answer "is my bank calling me now?"."""
    _spare(ask)
    sealed = await answer_status(ask.service.desk, ask.said)
    return wire.SealedAnswer(sealed=sealed, server_time=rfc3339(ask.service.desk.now()))


async def take_report(ask: Signed) -> wire.Reported:
    """Keep a customer's report."""
    _spare(ask)
    desk = ask.service.desk
    reference = await report(desk, ask.said)
    return wire.Reported(
        reference=reference, server_time=rfc3339(desk.now()), call_us=desk.deployment.call_us
    )


def _spare(ask: Signed) -> None:
    # The id is only claimed as yet: with the address, nobody can use up another device's share.
    device_id = device_of(ask.said)
    ask.service.limiter.take(ask.service.settings.rate_device, "device", device_id, ask.address)


def _require_fresh(longest: int, ask: Ask[CustomerCaller, Any]) -> None:
    require_fresh(ask.who, ask.service.desk.now(), longest)


def _view(device: Device) -> wire.DeviceView:
    return wire.DeviceView(
        device_id=device.id,
        platform=device.platform,
        app_id=device.app_id,
        push_service=device.push_service,
        push_kind=device.push_kind,
        reachable=device.reachable,
        notifications=device.notifications,
        app_version=device.app_version,
        enrolled_at=rfc3339(device.enrolled_at),
        last_seen_at=rfc3339(device.last_seen_at) if device.last_seen_at is not None else None,
    )


_OWN = frozenset({_C.NOT_FOUND, _C.INVALID_REQUEST})
_FRESH = frozenset({_C.LOGIN_TOO_OLD, _C.INVALID_REQUEST})

ROUTES = (
    Route(
        method="POST", path="/devices/challenge", audience=Audience.CUSTOMER,
        handle=give_challenge, answer=wire.Challenge, codes=_FRESH,
        summary="Get something fresh to sign",
    ),
    Route(
        method="POST", path="/devices", audience=Audience.CUSTOMER, handle=enrol, signed=True,
        answer=wire.Enrolled, status=201,
        codes=_FRESH | {_C.BAD_KEY, _C.WRONG_APP, _C.BAD_CHALLENGE}, summary="Enrol a device",
    ),
    Route(
        method="GET", path="/devices", audience=Audience.CUSTOMER, handle=list_devices,
        answer=wire.DeviceViews, codes=frozenset({_C.INVALID_REQUEST}), summary="My devices",
    ),
    Route(
        method="GET", path="/devices/{deviceId}", audience=Audience.CUSTOMER, handle=one_device,
        answer=wire.DeviceView, codes=_OWN, summary="One of my devices",
    ),
    Route(
        method="PUT", path="/devices/{deviceId}", audience=Audience.CUSTOMER,
        handle=change_device, body=wire.DeviceChange, answer=wire.DeviceView, codes=_OWN,
        summary="Change a device of mine",
    ),
    Route(
        method="DELETE", path="/devices/{deviceId}", audience=Audience.CUSTOMER,
        handle=forget_device, status=204, codes=_OWN, summary="Remove a device of mine",
    ),
    Route(
        method="POST", path="/receipts", audience=Audience.DEVICE, handle=take_receipt,
        signed=True, answer=wire.Acknowledged, codes=frozenset({_C.UNKNOWN_ANNOUNCEMENT}),
        summary="Say what happened to an announcement",
    ),
    Route(
        method="POST", path="/status", audience=Audience.DEVICE, handle=tell_status, signed=True,
        answer=wire.SealedAnswer, codes=frozenset({_C.WRONG_APP, _C.CLOCK_SKEW, _C.REPLAYED}),
        summary="Is my bank calling me now?",
    ),
    Route(
        method="POST", path="/reports", audience=Audience.DEVICE, handle=take_report,
        signed=True, answer=wire.Reported, status=201, codes=frozenset({_C.CLOCK_SKEW}),
        summary="Report that something is not right",
    ),
)  # fmt: skip
