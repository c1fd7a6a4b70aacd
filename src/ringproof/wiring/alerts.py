"""The channels that violations are told to."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

from ringproof.ports import (
    AlertChannel,
    Clock,
)
from ringproof.settings import BadSettings, Settings


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
