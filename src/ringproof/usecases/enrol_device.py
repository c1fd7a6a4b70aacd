"""Bind a device to a customer, keep its token fresh, and let it go."""

import secrets
import uuid

import structlog

from ringproof.core.enrolment import CHALLENGE_LIFETIME_SECONDS, read_enrolment
from ringproof.core.errors import Code, Refused
from ringproof.core.people import Customer, Device, PushKind
from ringproof.core.time import SECOND, Millis
from ringproof.usecases.desk import Desk

_log = structlog.get_logger()


async def challenge(desk: Desk, customer: Customer) -> tuple[str, Millis]:
    """Give a customer's device something fresh to sign, and say until when it counts."""
    value, expires_at = secrets.token_urlsafe(32), desk.now() + CHALLENGE_LIFETIME_SECONDS * SECOND
    await desk.ports.store.add_challenge(value, customer.id, expires_at)
    return value, expires_at


async def enrol_device(desk: Desk, customer: Customer, token: bytes) -> Device:
    """Enrol the device that signed *token*; its push token leaves any device that had it before."""
    asked, now = read_enrolment(token), desk.now()
    if asked.app_id not in desk.deployment.apps:
        raise Refused(Code.WRONG_APP, "This app is not the bank's.", field="appId")
    if asked.push_kind is PushKind.VOIP and asked.app_id not in desk.deployment.voip_apps:
        raise Refused(
            Code.INVALID_REQUEST,
            "This app is not set up for VoIP push. Enrol with pushKind alert.",
            field="pushKind",
        )
    device = Device(
        id=str(uuid.uuid4()),
        customer_id=customer.id,
        platform=asked.platform,
        app_id=asked.app_id,
        push_service=asked.push_service,
        push_token=asked.push_token,
        sealing_key=asked.sealing_key,
        receipt_key=asked.receipt_key,
        enrolled_at=now,
        registered_at=now,
        push_kind=asked.push_kind,
        sandbox=asked.sandbox,
        app_version=asked.app_version,
        last_seen_at=now,
    )
    if not await desk.ports.store.enrol(device, asked.challenge, now):
        raise Refused(
            Code.BAD_CHALLENGE, "Ask for a new challenge and sign that.", field="challenge"
        )
    _log.info("enrolled", customer=customer.id, device=device.id, service=device.push_service)
    return device


async def own_device(desk: Desk, customer: Customer, device_id: str) -> Device:
    """Return the customer's own device; another's is not there at all (NOT_FOUND)."""
    device = await desk.ports.store.device(device_id)
    if device is None or device.customer_id != customer.id:
        raise Refused(Code.NOT_FOUND, "There is no such device of yours.")
    return device


async def update_device(
    desk: Desk,
    customer: Customer,
    device_id: str,
    *,
    push_token: str | None,
    notifications: bool | None,
    app_version: str | None,
) -> Device:
    """Change what is given of the customer's own device."""
    await own_device(desk, customer, device_id)
    changed = await desk.ports.store.update_device(
        device_id, desk.now(),
        push_token=push_token, notifications=notifications, app_version=app_version,
    )  # fmt: skip
    if changed is None:
        raise Refused(Code.NOT_FOUND, "There is no such device of yours.")
    return changed


async def remove_device(desk: Desk, customer: Customer, device_id: str) -> None:
    """Forget the customer's own device: from now on it is told nothing, and believed nothing."""
    await own_device(desk, customer, device_id)
    await desk.ports.store.remove_device(device_id)
    _log.info("removed", customer=customer.id, device=device_id)
