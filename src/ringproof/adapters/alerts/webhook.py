"""The bank's own receiver of violations: a POST, signed as Standard Webhooks says."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from pyreqwest.client import Client, ClientBuilder
from pyreqwest.exceptions import PyreqwestError

from ringproof.adapters.alerts.standard_webhooks import message_id, signed_headers
from ringproof.adapters.alerts.told import told
from ringproof.core.errors import DependencyDown
from ringproof.core.violation import Violation
from ringproof.ports import Clock

_TAKEN = range(200, 300)


@dataclass(frozen=True, slots=True)
class WebhookConfig:
    """Where to post, and the key that signs; *ca_file* (PEM) is trusted besides the system's roots."""

    url: str
    key: bytes = field(repr=False)
    ca_file: Path | None = None
    patience_seconds: float = 5.0


class WebhookChannel:
    """One receiver."""

    name = "webhook"

    def __init__(self, config: WebhookConfig, clock: Clock) -> None:
        self._config = config
        self._clock = clock
        self._client = _client(config.ca_file)

    async def tell(self, violation: Violation) -> None:
        """Post once; DependencyDown unless it is taken (2xx) in time."""
        body = msgspec.json.encode(told(violation))
        try:
            async with asyncio.timeout(self._config.patience_seconds):
                status = await self._posted(message_id(violation), body)
        except (PyreqwestError, TimeoutError) as error:
            raise DependencyDown(self.name, type(error).__name__) from error
        if status not in _TAKEN:
            raise DependencyDown(self.name, f"status {status}")

    async def _posted(self, name: str, body: bytes) -> int:
        # What it answers is not read: only the status counts.
        async with (
            self._client.post(self._config.url)
            .header("content-type", "application/json")
            .headers(signed_headers(self._config.key, name, self._clock.now(), body))
            .body_bytes(body)
            .build_streamed() as answer
        ):
            return answer.status

    async def aclose(self) -> None:
        """Let go of connections."""
        await self._client.close()


def _client(ca_file: Path | None) -> Client:
    # Alerts are rare: each has a connection of its own, and none meets one that has gone silent.
    builder = (
        ClientBuilder()
        .user_agent("ringproof")
        .http1_only()
        .pool_max_idle_per_host(0)
        .follow_redirects(enable=False)  # what is signed for one receiver goes to no other
    )
    if ca_file is not None:
        end = b"-----END CERTIFICATE-----"
        for part in ca_file.read_bytes().split(end)[:-1]:
            builder = builder.add_root_certificate_pem(part + end)
    return builder.build()
