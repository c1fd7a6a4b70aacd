"""What is told of a violation: enough to find it by, and no number that anybody could call."""

from typing import Any

from ringproof.core.phone import masked
from ringproof.core.time import rfc3339
from ringproof.core.violation import Violation


def told(violation: Violation) -> dict[str, Any]:
    """Write a violation as every channel tells it; whoever may see the number looks it up by contactId."""
    return {
        "contactId": violation.contact_id,
        "code": violation.code,
        "at": rfc3339(violation.at),
        "method": violation.method,
        "done": violation.done.wire,
        "foundBy": violation.found_by.value,
        "agentId": violation.agent_id,
        "number": masked(violation.number) if violation.number else None,
        "queue": violation.queue,
        "callId": violation.call_id,
    }
