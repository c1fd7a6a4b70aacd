"""What handsets send and get; signed bodies are compact JWS and have no shape here."""

from typing import Annotated, Any

from msgspec import Meta

from ringproof.api.wire.shape import Answer, Body, Time
from ringproof.core.call import CallState
from ringproof.core.people import Platform, PushKind, PushService


class DeviceChange(Body):
    """What has changed on a device."""

    push_token: Annotated[str, Meta(min_length=1, max_length=512)] | None = None
    notifications: bool | None = None
    app_version: Annotated[str, Meta(max_length=64)] | None = None


class Challenge(Answer):
    """Something fresh to sign."""

    challenge: str
    expires_at: Time


class BankAbout(Answer):
    """The bank, and the numbers it calls from."""

    iss: str
    name: str
    numbers: list[str]


class Jwks(Answer):
    """A JWK set (RFC 7517 §5); `ringproof:use` says what a key may sign."""

    keys: list[dict[str, Any]]


class Enrolled(Answer):
    """A device is bound; *numbers* are the customer's own."""

    device_id: str
    numbers: list[str]
    bank: BankAbout
    jwks: Jwks
    server_time: Time


class DeviceView(Answer):
    """A device, for its customer."""

    device_id: str
    platform: Platform
    app_id: str
    push_service: PushService
    push_kind: PushKind
    reachable: bool
    notifications: bool
    app_version: str
    enrolled_at: Time
    last_seen_at: Time | None


class DeviceViews(Answer):
    """The customer's devices, newest first."""

    devices: list[DeviceView]


class Acknowledged(Answer):
    """A receipt was counted; the call stands so."""

    server_time: Time
    state: CallState


class SealedAnswer(Answer):
    """An answer that only the asking device can open."""

    sealed: str
    server_time: Time


class Reported(Answer):
    """A report was kept."""

    reference: str
    server_time: Time
    call_us: str
