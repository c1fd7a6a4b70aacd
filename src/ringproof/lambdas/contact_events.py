"""`contact_events`: EventBridge tells what becomes of contacts, and that it lives."""

from collections.abc import Mapping
from typing import Any

from ringproof.functions.events import take_contact_event
from ringproof.lambdas.environment import environment


def handler(event: Mapping[str, Any], _: object) -> None:
    """Take one event."""
    environment.run(lambda desk: take_contact_event(desk, event))
