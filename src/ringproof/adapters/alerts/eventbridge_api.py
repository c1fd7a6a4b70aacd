"""EventBridge's API, blocking, in one attempt; imports the SDK, so import it late."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import boto3
import msgspec
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError

from ringproof.adapters.alerts.eventbridge import EventBridgeConfig
from ringproof.adapters.alerts.told import told
from ringproof.core.errors import DependencyDown
from ringproof.core.time import SECOND
from ringproof.core.violation import Violation

SOURCE = "ringproof"
DETAIL_TYPE = "Compliance Violation"

_FAILURES = (BotoCoreError, ClientError, ResponseParserError, ValueError)
"""Everything that a call of the SDK raises; ValueError for a body that is not JSON."""


class EventBridgeApi:
    """One bus, as the SDK's client reaches it."""

    def __init__(self, config: EventBridgeConfig) -> None:
        self._bus = config.bus
        # One attempt: the ledger of alerts says when there is to be another.
        once = Config(
            retries={"total_max_attempts": 1},
            connect_timeout=config.connect_timeout,
            read_timeout=config.read_timeout,
        )
        session: Any = boto3.session.Session(region_name=config.region)
        self._client = session.client("events", endpoint_url=config.endpoint_url, config=once)

    def put(self, violation: Violation) -> None:
        """Put one event; DependencyDown if it was not taken, or nobody says so."""
        try:
            answer = self._client.put_events(Entries=[self._entry(violation)])
        except _FAILURES as error:
            raise DependencyDown("eventbridge", _reason(error)) from error
        _require_taken(answer)

    def _entry(self, violation: Violation) -> dict[str, Any]:
        return {
            "EventBusName": self._bus,
            "Source": SOURCE,
            "DetailType": DETAIL_TYPE,
            "Time": datetime.fromtimestamp(violation.at / SECOND, UTC),
            "Detail": msgspec.json.encode(told(violation)).decode(),
        }


def _require_taken(answer: Mapping[str, Any]) -> None:
    """Read the entry's own fate: a request may succeed whose entries did not."""
    entry: Mapping[str, Any] = next(iter(answer.get("Entries") or ()), {})
    if answer.get("FailedEntryCount") or not entry.get("EventId"):
        raise DependencyDown("eventbridge", str(entry.get("ErrorCode") or "garbage"))


def _reason(error: Exception) -> str:
    """Name what went wrong; the words of an error may quote what was sent."""
    if isinstance(error, ClientError):
        return error.response.get("Error", {}).get("Code", "")
    return type(error).__name__
