"""Contacts of every kind that Connect has, and what is said of them, in any order."""

from dataclasses import dataclass, replace
from typing import Any

from ringproof.core.call import Call
from ringproof.core.contact_event import ContactEvent, ContactEventType
from ringproof.core.contact_record import ContactRecord
from ringproof.core.phone import E164
from ringproof.core.time import Millis
from ringproof.ports import Contact
from tests.kit import AYESHA, BEN, BOBS, OURS, QUEUE

STRANGER = E164("+447700900555")


@dataclass(frozen=True)
class Heard:
    """One contact as its record has it, and the code that it is to be found with; None: it is ours."""

    record: ContactRecord
    code: str | None = None

    def contact(self, *, ended: bool) -> Contact:
        """Describe it as DescribeContact would."""
        r = self.record
        return Contact(
            r.contact_id, r.method, r.claims, r.agent_arn, r.number, r.shown, ended,
            answered=r.answered, initial_id=r.initial_id, queue=r.queue, dialed=r.dialed,
        )  # fmt: skip

    def event(self, kind: ContactEventType) -> ContactEvent:
        """Tell of it as EventBridge would: without number and attributes."""
        r = self.record
        answered = r.answered and kind is not ContactEventType.INITIATED
        return ContactEvent(
            r.contact_id, kind, r.method, "", r.at, r.queue, r.agent_arn, r.initial_id, answered
        )


def record(contact: str, now: Millis, **changed: Any) -> ContactRecord:
    """Write the record of an agent's dial to Bob on our queue."""
    made = ContactRecord(
        contact, contact, "OUTBOUND", now, now + 60_000, BOBS, BOBS, OURS, BEN.connect_user_arn, QUEUE,
        answered=True, disconnect_reason="CUSTOMER_DISCONNECT",
    )  # fmt: skip
    return replace(made, **changed)


def a_day(call: Call, now: Millis) -> list[Heard]:
    """Return one contact of every kind, around one genuine *call*."""
    own = call.contact_id or ""
    ours = record(
        own, now, method="API", number=call.dest, dialed=call.dest, shown=call.orig,
        agent_arn=AYESHA.connect_user_arn, claims=call.id,
    )  # fmt: skip
    return [
        Heard(ours),
        Heard(record("transfer", now, method="TRANSFER", initial_id=own)),
        Heard(record("ungated", now), "ungated_dial"),
        Heard(record("other queue", now, queue="arn:other"), "ungated_dial"),
        Heard(record("foreign", now, method="API", agent_arn=None), "foreign_api_call"),
        Heard(record("claims", now, method="API", claims=call.id), "foreign_api_call"),
        Heard(record("external", now, method="EXTERNAL_OUTBOUND"), "external_dial"),
        Heard(
            record("conference", now, method="EXTERNAL_OUTBOUND", initial_id=own), "external_dial"
        ),
        Heard(record("callback", now, method="CALLBACK"), "callback"),
        Heard(record("new method", now, method="HOLOGRAM"), "unknown_method"),
        Heard(record("for help", now, number=None, dialed="112")),
        Heard(record("partner", now, method="EXTERNAL_OUTBOUND", number=STRANGER, dialed=STRANGER)),
    ]
