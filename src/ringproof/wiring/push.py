"""The push services that have a credential."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

from ringproof.core.people import PushService
from ringproof.ports import (
    Clock,
    PushChannel,
)
from ringproof.settings import BadSettings, Settings


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
