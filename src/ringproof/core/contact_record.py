"""
A contact record, as Amazon Connect writes it to Kinesis once a contact has ended.

https://docs.aws.amazon.com/connect/latest/adminguide/ctr-data-model.html: at least once, and again when
something about it changes; unknown fields are to be ignored.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ringproof.core.call import CallId
from ringproof.core.phone import E164
from ringproof.core.time import Millis, instant

CALL_ID = "ringproof_call_id"
"""The contact attribute that ties a contact to its call: a claim, which anybody may have written."""

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")


@dataclass(frozen=True, slots=True)
class ContactRecord:
    """
    One contact of a telephone, whoever tells of it.

    *initial_id* is the first contact of its chain of transfers and conferences. *shown* is the caller
    id. *claims* is the call that its attributes say it is. *updated_at* orders what is said of it.
    """

    contact_id: str
    initial_id: str
    method: str
    at: Millis
    updated_at: Millis
    number: E164 | None = None
    dialed: str = ""
    shown: E164 | None = None
    agent_arn: str | None = None
    queue: str | None = None
    claims: CallId | None = None
    answered: bool = False
    ended: bool = True
    disconnect_reason: str = ""


# Methods by which a contact reaches somebody who has not called the bank. Anything that is not known
# may be one, so it counts (adminguide/contact-initiation-methods.html).
_NO_DIAL = frozenset(
    {
        "INBOUND", "TRANSFER", "QUEUE_TRANSFER", "DISCONNECT", "MONITOR", "WEBRTC_API",
        "AGENT_REPLY", "MESSAGING_SYSTEM",
    }
)  # fmt: skip


def dials(method: str) -> bool:
    """True for a method by which Connect may have called somebody."""
    return method.upper() not in _NO_DIAL


def read_record(body: Mapping[str, Any]) -> ContactRecord | None:
    """Read a record; None for one of another channel, or without what identifies a contact."""
    contact_id = body.get("ContactId")
    if not isinstance(contact_id, str) or str(body.get("Channel", "VOICE")).upper() != "VOICE":
        return None
    at = instant_of(body.get("InitiationTimestamp")) or 0
    dialed = _endpoint(body.get("CustomerEndpoint"))
    attributes = body.get("Attributes")
    claims = attributes.get(CALL_ID) if isinstance(attributes, dict) else None
    return ContactRecord(
        contact_id=contact_id,
        initial_id=str(body.get("InitialContactId") or contact_id),
        method=str(body.get("InitiationMethod") or "").upper(),
        at=at,
        updated_at=instant_of(body.get("LastUpdateTimestamp")) or at,
        number=number_of(dialed),
        dialed=dialed,
        shown=number_of(_endpoint(body.get("SystemEndpoint"))),
        agent_arn=_text(body.get("Agent"), "ARN"),
        queue=_text(body.get("Queue"), "ARN"),
        claims=CallId(claims) if isinstance(claims, str) and claims else None,
        answered=bool(body.get("ConnectedToSystemTimestamp")),
        ended=bool(body.get("DisconnectTimestamp")),
        disconnect_reason=str(body.get("DisconnectReason") or ""),
    )


def instant_of(time: object) -> Millis | None:
    """Read a time (RFC 3339); None for anything else."""
    try:
        return instant(str(time))
    except ValueError:
        return None


def number_of(address: str) -> E164 | None:
    """Return an address if it is a number; withheld and SIP addresses are none."""
    return E164(address) if _E164.fullmatch(address) else None


def _endpoint(value: object) -> str:
    return str(value.get("Address") or "") if isinstance(value, dict) else ""


def _text(value: object, name: str) -> str | None:
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, str) and found else None
