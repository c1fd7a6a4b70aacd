"""A contact, from DescribeContact's words to the core's."""

from collections.abc import Mapping
from typing import Any

from ringproof.core.call import CallId
from ringproof.core.contact_record import CALL_ID, number_of
from ringproof.core.phone import E164
from ringproof.ports import Contact

VIOLATION = "ringproof_violation"
"""The contact attribute by which a contact's record tells of its violation."""


def contact_of(described: Mapping[str, Any], attributes: Mapping[str, str]) -> Contact:
    """Read a Contact of DescribeContact; what it leaves out is None."""
    call_id = attributes.get(CALL_ID)
    return Contact(
        id=described["Id"],
        initiation_method=described.get("InitiationMethod", ""),
        call_id=CallId(call_id) if call_id else None,
        agent_arn=_agent_arn(described),
        customer=_number(described.get("CustomerEndpoint")),
        system=_number(described.get("SystemEndpoint")),
        ended="DisconnectTimestamp" in described,
        disconnect_reason=described.get("DisconnectReason") or "",
        answered="ConnectedToSystemTimestamp" in described,
        initial_id=described.get("InitialContactId", described["Id"]),
        queue=_queue_arn(described),
        dialed=(described.get("CustomerEndpoint") or {}).get("Address", ""),
    )


def agent_id(agent_arn: str) -> str:
    """Return the user id at the end of arn:…:instance/<id>/agent/<user id>."""
    return agent_arn.rpartition("/")[2]


def _agent_arn(described: Mapping[str, Any]) -> str | None:
    """Build the agent's ARN: DescribeContact gives the user id and the contact's own ARN only."""
    user = described.get("AgentInfo", {}).get("Id")
    instance, found, _ = described.get("Arn", "").partition("/contact/")
    return f"{instance}/agent/{user}" if user and found else None


def _queue_arn(described: Mapping[str, Any]) -> str | None:
    queue = described.get("QueueInfo", {}).get("Id")
    instance, found, _ = described.get("Arn", "").partition("/contact/")
    return f"{instance}/queue/{queue}" if queue and found else None


def _number(endpoint: Mapping[str, Any] | None) -> E164 | None:
    return number_of((endpoint or {}).get("Address", ""))
