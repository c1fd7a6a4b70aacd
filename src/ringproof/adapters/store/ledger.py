"""
What each act does to a call, decided without I/O; a store adapter makes it atomic.

Shared by the stores, so that the same acts leave the same chain in each of them. Every change is one
event, and the call's version is that event's seq.
"""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from ringproof.core.call import (
    Assurance,
    Call,
    CallEvent,
    CallState,
    Outcome,
    allowed,
)
from ringproof.core.jws import canonical
from ringproof.core.receipt import Receipt
from ringproof.core.time import Millis
from ringproof.ports import Announced


@dataclass(frozen=True, slots=True)
class Change:
    """A call as it stands afterwards, and the event that tells of it."""

    call: Call
    event: CallEvent


def check_moves(at: Collection[CallState], to: CallState) -> None:
    """Raise ValueError unless the table has an edge from each of *at*: that is a bug in the caller."""
    missing = [state for state in at if not allowed(state, to)]
    if missing or not at:
        raise ValueError(f"no move from {', '.join(missing) or 'nowhere'} to {to}")


def opened(call: Call, announced: Sequence[Announced], asserted_by: str | None = None) -> Change:
    """
    Begin a call; its first event has a digest of what was asked for and who is told of it.

    Of a call that a server asked for in an agent's name, it also has that server.
    """
    if call.version != 1 or call.state is not CallState.REQUESTED:
        raise ValueError("a call begins as requested, with version 1")
    said = _digest(call, announced) + (f" asserted by {asserted_by}" if asserted_by else "")
    return Change(call, CallEvent(1, call.requested_at, "opened", call.state, None, said))


def moved(
    call: Call,
    to: CallState,
    now: Millis,
    *,
    assurance: Assurance | None = None,
    outcome: Outcome | None = None,
    code: str | None = None,
    contact_id: str | None = None,
) -> Change | None:
    """Move a call; None if the contact is not the one it has."""
    if contact_id and call.contact_id and contact_id != call.contact_id:
        return None
    said = _said(assurance=assurance, outcome=outcome, code=code, contact=contact_id)
    after = replace(
        call,
        state=to,
        version=call.version + 1,
        assurance=max(call.assurance, assurance or Assurance.NONE),
        outcome=outcome or call.outcome,
        code=code or call.code,
        contact_id=contact_id or call.contact_id,
        dialed_at=now if to is CallState.DIALED else call.dialed_at,
        connected_at=now if to is CallState.CONNECTED else call.connected_at,
        ended_at=now if to.final else None,
    )
    return Change(after, CallEvent(after.version, now, "moved", to, None, said))


def bound(call: Call, contact_id: str, now: Millis) -> Change | None:
    """
    Give a dialed call its contact; None if it was not dialed, or has a contact.

    That settles a dial which nobody had answered for: it is UNCONFIRMED no longer.
    """
    if call.dialed_at is None or call.contact_id is not None:
        return None
    after = replace(call, version=call.version + 1, contact_id=contact_id)
    if not call.state.final:
        after = replace(after, outcome=None, code=None)
    said = _said(contact=contact_id)
    return Change(after, CallEvent(after.version, now, "bound", None, None, said))


def noted(
    call: Call,
    kind: str,
    now: Millis,
    *,
    device_id: str | None = None,
    detail: str = "",
    outcome: Outcome | None = None,
    code: str | None = None,
) -> Change:
    """
    Add an event that moves nothing.

    *outcome* and *code* are of a dial in doubt: once it has a contact, or an end, that is known better.
    """
    after = replace(call, version=call.version + 1)
    if call.state is CallState.DIALED and call.contact_id is None:
        after = replace(after, outcome=outcome or call.outcome, code=code or call.code)
    said = _said(outcome=outcome, code=code)
    words = " ".join(filter(None, (detail, said))) or None
    return Change(after, CallEvent(after.version, now, kind, None, device_id, words))


def received(call: Call, receipt: Receipt, now: Millis) -> Change:
    """Count a receipt; once a call is over its assurance is history, and stays as it was."""
    raised = receipt.evt.acknowledges and not call.state.final
    after = replace(
        call,
        version=call.version + 1,
        assurance=max(call.assurance, Assurance.ACKNOWLEDGED if raised else Assurance.NONE),
    )
    event = CallEvent(after.version, now, "receipt", None, receipt.dev, receipt.evt.value)
    return Change(after, event)


def _said(*, assurance: Assurance | None = None, **words: str | None) -> str | None:
    if assurance is not None:
        words = {"assurance": assurance.wire, **words}
    return " ".join(f"{name}={word}" for name, word in words.items() if word) or None


def _digest(call: Call, announced: Sequence[Announced]) -> str:
    asked = {
        "agent": call.agent_id, "crn": call.crn, "customer": call.customer_id, "dest": call.dest,
        "dialBefore": call.dial_before, "minimum": call.minimum.wire, "mode": call.mode,
        "orig": call.orig, "queue": call.queue, "reason": call.reason,
        "told": sorted([each.device_id, each.jti] for each in announced),
    }  # fmt: skip
    return "sha256=" + hashlib.sha256(canonical(asked)).hexdigest()
