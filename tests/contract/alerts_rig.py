"""The two alert channels, each before the simulator of what it tells."""

import contextlib
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any

from ringproof.adapters.alerts.eventbridge import EventBridgeChannel, EventBridgeConfig
from ringproof.adapters.alerts.standard_webhooks import read_secret
from ringproof.adapters.alerts.webhook import WebhookChannel, WebhookConfig
from ringproof.core.phone import E164
from ringproof.core.violation import Done, FoundBy, Violation
from ringproof.ports import AlertChannel
from ringproof.simulators.eventbridge import EventBridgeOptions, EventBridgeSimulator
from ringproof.simulators.faults import Answer, Faults
from ringproof.simulators.recording import RequestLog
from ringproof.simulators.webhook import WebhookOptions, WebhookSimulator
from tests.kit import WallClock

NUMBER = E164("+447700900123")
VIOLATION = Violation(
    "0b2c7f1e", "not_announced", 1_800_000_000_123, "OUTBOUND", FoundBy.GATE, Done.BLOCKED,
    agent_arn="arn:ag1", agent_id="ag1", number=NUMBER, queue="arn:queue", call_id=None,
)  # fmt: skip
TOLD = {
    "contactId": "0b2c7f1e",
    "code": "not_announced",
    "at": "2027-01-15T08:00:00.123Z",
    "method": "OUTBOUND",
    "done": "blocked",
    "foundBy": "gate",
    "agentId": "ag1",
    "number": "+44•••••••123",
    "queue": "arn:queue",
    "callId": None,
}
PATIENCE = 0.3
NOWHERE = "http://127.0.0.1:9"
BUS = "arn:aws:events:eu-west-2:123456789012:event-bus/default"


@dataclass
class Told:
    """A channel, and the other end of it; *messages* are what the other end took."""

    channel: AlertChannel
    faults: Faults
    requests: RequestLog
    messages: Callable[[], list[Any]]
    refusal: Answer


def webhook_to(url: str, secret: str = WebhookOptions.secret) -> WebhookChannel:
    config = WebhookConfig(url, read_secret(secret), patience_seconds=PATIENCE)
    return WebhookChannel(config, WallClock())


def eventbridge_to(url: str, bus: str = BUS) -> EventBridgeChannel:
    return EventBridgeChannel(
        EventBridgeConfig(bus, "eu-west-2", url, connect_timeout=PATIENCE, read_timeout=PATIENCE)
    )


@contextlib.asynccontextmanager
async def webhook() -> AsyncIterator[Told]:
    async with WebhookSimulator(WebhookOptions(port=0)).running() as sim:
        channel = webhook_to(f"{sim.url}/violations")
        refusal = Answer(status=401, reason="no signature is good")
        yield Told(channel, sim.faults, sim.requests, lambda: list(sim.messages.values()), refusal)
        await channel.aclose()


@contextlib.asynccontextmanager
async def eventbridge() -> AsyncIterator[Told]:
    async with EventBridgeSimulator(EventBridgeOptions(port=0)).running() as sim:
        channel = eventbridge_to(sim.url)
        refusal = Answer(status=403, reason="AccessDeniedException")
        yield Told(channel, sim.faults, sim.requests, lambda: details(sim), refusal)
        await channel.aclose()


def details(sim: EventBridgeSimulator) -> list[Any]:
    return [json.loads(event["Detail"]) for event in sim.events]


CHANNELS: dict[str, Callable[[], AbstractAsyncContextManager[Told]]] = {
    "webhook": webhook,
    "eventbridge": eventbridge,
}
NOBODY: dict[str, Callable[[str], AlertChannel]] = {
    "webhook": webhook_to,
    "eventbridge": eventbridge_to,
}
