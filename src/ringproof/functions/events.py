"""`contact_events`: EventBridge tells what becomes of contacts, and that it lives."""

from collections.abc import Mapping
from typing import Any

import structlog

from ringproof.core.contact_event import instant, read_contact_event
from ringproof.usecases.desk import Desk
from ringproof.usecases.follow_contact import follow_contact, hear_feed

_log = structlog.get_logger()


async def take_contact_event(desk: Desk, event: Mapping[str, Any]) -> None:
    """
    Follow a contact event, or hear the feed's heartbeat.

    DependencyDown for what cannot be stored now, so that EventBridge sends it again; what means nothing
    to us is taken and dropped, because nobody could do better with it later.
    """
    if event.get("source") == "aws.events" and event.get("detail-type") == "Scheduled Event":
        await hear_feed(desk, instant(event.get("time")))
    elif contact := read_contact_event(event):
        await follow_contact(desk, contact)
    else:
        _log.info("event_ignored", source=str(event.get("source"))[:64])
