"""The heartbeat of Connect's event feed: what an EventBridge schedule sends every minute."""

import asyncio
import contextlib
import uuid
from datetime import UTC, datetime

from pyreqwest.client import Client
from pyreqwest.exceptions import RequestError

from ringproof.commands.wire import Problem, ask

_EVERY = 60
"""Seconds. After three silent minutes a status answer becomes `cannot_tell` (core/status.py)."""


async def heartbeat(client: Client, api: str, key: str) -> None:
    """Send a heartbeat now and every minute, until cancelled; one that is lost is not sent again."""
    while True:
        with contextlib.suppress(RequestError, Problem):
            await beat(client, api, key)
        await asyncio.sleep(_EVERY)


async def beat(client: Client, api: str, key: str) -> None:
    """Send one; Problem if the server does not take it."""
    await ask(client, "POST", f"{api}/connect/events", bearer=key, json_body=_event())


def _event() -> dict[str, object]:
    """Write a scheduled event (EventBridge user guide, "Schedule event")."""
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "time": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "resources": [],
        "detail": {},
    }
