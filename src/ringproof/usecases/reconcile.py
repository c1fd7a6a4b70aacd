"""Hold every contact that Connect tells of against the ledger of announced calls."""

from dataclasses import dataclass

from ringproof.core.call import Call
from ringproof.core.contact_record import ContactRecord, dials
from ringproof.core.judge import Enforcement
from ringproof.core.violation import (
    BY_METHOD,
    CALLER_ID_DIFFERS,
    NUMBER_DIFFERS,
    RANG_ALL_THE_SAME,
    UNKNOWN_METHOD,
    Done,
    FoundBy,
    Violation,
)
from ringproof.ports import ContactSeen, Standing
from ringproof.usecases.desk import Desk
from ringproof.usecases.enforce import emergency, manual
from ringproof.usecases.report_violation import report_violation

_NEVER_STOPPED = frozenset(
    {"DISCONNECT", "EXTERNAL_OUTBOUND", "MONITOR", "QUEUE_TRANSFER", "TRANSFER"}
)
"""StopContact refuses these (API_StopContact)."""
_TRANSFERS = frozenset({"TRANSFER", "QUEUE_TRANSFER"})


@dataclass(frozen=True, slots=True)
class Judged:
    """What a contact is, by whose word, and the call it belongs to."""

    standing: Standing
    call: Call | None = None
    code: str = ""


async def reconcile(desk: Desk, contact: ContactRecord, found_by: FoundBy) -> Judged | None:
    """
    Judge a contact and put it down; a violation is stopped if it can be, and reported.

    None for one that called nobody, and goes on with no call of ours. Repeated, late and disordered
    words change nothing: each act is idempotent, and what is known is merged.
    """
    judged = await (_judged if dials(contact.method) else _chained)(desk, contact)
    if judged is None:
        return None
    await desk.ports.store.seen_contact(seen(contact, judged, recorded=found_by is FoundBy.RECORD))
    if judged.standing is Standing.VIOLATION:
        await _report(desk, contact, judged, found_by)
    return judged


def seen(contact: ContactRecord, judged: Judged, *, recorded: bool) -> ContactSeen:
    """Say of a contact what the ledger of contacts keeps."""
    call_id = judged.call.id if judged.call else None
    return ContactSeen(
        contact.contact_id, contact.method, judged.standing, contact.at, contact.updated_at,
        recorded, call_id,
    )  # fmt: skip


async def _judged(desk: Desk, contact: ContactRecord) -> Judged:
    store = desk.ports.store
    if emergency(desk, contact.dialed or contact.number or ""):
        return Judged(Standing.EMERGENCY)
    if call := await store.call_of_contact(contact.contact_id) or await claimed(desk, contact):
        return _held_against(contact, call)
    known = await store.contact_seen(contact.contact_id)
    if known and known.standing is Standing.MANUAL:
        return Judged(Standing.MANUAL)
    chain = await store.call_of_contact(contact.initial_id)
    # Connect runs no flow for these, so nobody asked the gate: a number that is no customer's may pass.
    added = contact.number if contact.method == "EXTERNAL_OUTBOUND" else None
    if added and await manual(desk, added):
        return Judged(Standing.MANUAL, chain)
    return Judged(Standing.VIOLATION, chain, BY_METHOD.get(contact.method, UNKNOWN_METHOD))


async def _chained(desk: Desk, contact: ContactRecord) -> Judged | None:
    """A transfer calls nobody anew: of one of our calls, it is the same conversation."""
    if contact.method not in _TRANSFERS:
        return None
    call = await desk.ports.store.call_of_contact(contact.initial_id)
    return Judged(Standing.CHAIN, call) if call else None


def _held_against(contact: ContactRecord, call: Call) -> Judged:
    if contact.number not in {None, call.dest}:
        return Judged(Standing.VIOLATION, call, NUMBER_DIFFERS)
    if contact.shown not in {None, call.orig}:
        return Judged(Standing.VIOLATION, call, CALLER_ID_DIFFERS)
    return Judged(Standing.CALL, call)


async def claimed(desk: Desk, contact: ContactRecord) -> Call | None:
    """
    Bind a contact to the call that it says it is, if it calls that number from ours.

    Ours, when Connect took a request and its answer was lost: the contact carries the call's id. An
    attribute is no proof, and anybody with access to the instance can write one.
    """
    call = await desk.ports.store.call(contact.claims) if contact.claims else None
    if call is None or contact.number != call.dest or contact.shown not in {None, call.orig}:
        return None
    return await desk.ports.store.bind_contact(call.id, contact.contact_id, desk.now())


async def _report(desk: Desk, contact: ContactRecord, judged: Judged, found_by: FoundBy) -> None:
    known = await desk.ports.store.violation(contact.contact_id)
    code, done = judged.code, Done.NOT_STOPPED
    if known is not None:
        # The gate has judged this one: what the contact adds is whether it was obeyed.
        rang = known.done is Done.BLOCKED and contact.answered
        code, done = (RANG_ALL_THE_SAME, done) if rang else (known.code, known.done)
    if known is None or done is Done.NOT_STOPPED:
        done = await _stopped(desk, contact)
    await report_violation(
        desk,
        Violation(
            contact_id=contact.contact_id, code=code, at=contact.at or desk.now(),
            method=contact.method, found_by=found_by, done=done, agent_arn=contact.agent_arn,
            number=contact.number, shown=contact.shown, queue=contact.queue,
            call_id=judged.call.id if judged.call else None,
        ),
    )  # fmt: skip


async def _stopped(desk: Desk, contact: ContactRecord) -> Done:
    """Hang up what goes on, where the deployment blocks; Connect does not stop every method."""
    if contact.ended or contact.method in _NEVER_STOPPED:
        return Done.NOT_STOPPED
    match desk.deployment.enforcement:
        case Enforcement.BLOCK:
            stopped = await desk.ports.dialer.stop(contact.contact_id)
            return Done.STOPPED if stopped else Done.NOT_STOPPED
        case Enforcement.WARN:
            return Done.WARNED
        case Enforcement.MONITOR:
            return Done.RECORDED
