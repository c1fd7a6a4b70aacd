"""Violations as the API shows them, and the place in their list where a page ends."""

import base64
import binascii

import msgspec

from ringproof.api.wire import supervisors as wire
from ringproof.core.errors import Code, Refused
from ringproof.core.phone import masked
from ringproof.core.time import Millis, instant, rfc3339
from ringproof.core.violation import Violation

Place = tuple[Millis, str]
_LARGEST = 2**53


def violation_view(violation: Violation, *, reveal: bool = False) -> wire.ViolationView:
    """Show a violation; its numbers in full only where *reveal* says so."""
    number, shown = (
        each if each is None or reveal else masked(each)
        for each in (violation.number, violation.shown)
    )
    looked = violation.acknowledged
    return wire.ViolationView(
        contact_id=violation.contact_id,
        code=violation.code,
        at=rfc3339(violation.at),
        method=violation.method,
        found_by=violation.found_by.value,
        done=violation.done.wire,
        agent_arn=violation.agent_arn,
        agent_id=violation.agent_id,
        number=number,
        shown=shown,
        queue=violation.queue,
        call_id=violation.call_id,
        acknowledged=wire.AcknowledgedBy(
            by=looked.by, at=rfc3339(looked.at), comment=looked.comment
        )
        if looked
        else None,
    )


def written(violation: Violation) -> str:
    """Write the place of a violation as a cursor, opaque to who gets it."""
    place = msgspec.json.encode((violation.at, violation.contact_id))
    return base64.urlsafe_b64encode(place).decode()


def place_of(cursor: str | None) -> Place | None:
    """Read a cursor; Refused for one that is not ours."""
    if cursor is None:
        return None
    try:
        raw = base64.b64decode(cursor, b"-_", validate=True)
        at, contact_id = msgspec.json.decode(raw, type=Place)
    except (binascii.Error, ValueError, msgspec.MsgspecError) as error:
        raise _wrong("after") from error
    if abs(at) > _LARGEST:
        raise _wrong("after")
    return at, contact_id


def instant_in(text: str | None, field: str) -> Millis | None:
    """Read an instant; Refused names the field of one that is none."""
    if text is None:
        return None
    try:
        return instant(text)
    except ValueError as error:
        message = "Write an instant such as 2027-01-31T18:00:00Z."
        raise Refused(Code.INVALID_REQUEST, message, field=field) from error


def _wrong(field: str) -> Refused:
    return Refused(Code.INVALID_REQUEST, "Send back a page's next as it was.", field=field)
