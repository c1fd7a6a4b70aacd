"""Let an agent's dial become a call, or not: the gate."""

from dataclasses import dataclass, replace

import structlog

from ringproof import metrics
from ringproof.core.call import Call
from ringproof.core.emergency import is_emergency
from ringproof.core.errors import DependencyDown, Refused
from ringproof.core.judge import Denial, Enforcement, GateQuestion
from ringproof.core.phone import E164, masked, parse_number, region_of
from ringproof.core.time import DAY
from ringproof.core.violation import BREAK_GLASS, Done, FoundBy, Violation
from ringproof.ports import ContactSeen, Standing
from ringproof.usecases.desk import Desk
from ringproof.usecases.lead import observe_lead
from ringproof.usecases.place_call import caller_id
from ringproof.usecases.report_violation import report_violation

_log = structlog.get_logger()

_DONE = {
    Enforcement.BLOCK: Done.BLOCKED,
    Enforcement.WARN: Done.WARNED,
    Enforcement.MONITOR: Done.RECORDED,
}


@dataclass(frozen=True, slots=True)
class Dialed:
    """What Connect says an agent is about to dial; *number* as it was dialed."""

    agent_arn: str
    number: str
    queue: str
    contact_id: str
    mode: Enforcement = Enforcement.BLOCK


@dataclass(frozen=True, slots=True)
class GateAnswer:
    """
    Whether to dial, which call that is, and the caller id to show.

    *code* says why not; or, of a dial that passes without a call, why all the same.
    """

    allow: bool
    code: str = ""
    call: Call | None = None
    shown: E164 | None = None


async def enforce(desk: Desk, dialed: Dialed) -> GateAnswer:
    """
    Spend the authorisation for exactly this dial, or say why there is none.

    Emergency numbers pass whatever else is wrong. Raise DependencyDown when the store does not answer:
    the flow's error branch leads to `stop`. Connect repeats a Lambda that fails: the same contact gets
    the same answer.
    """
    answer = await _answer(desk, dialed)
    decision = "allow" if answer.allow else "deny"
    metrics.GATE.labels(decision, answer.code).inc()
    _log.info(
        "gate", contact=dialed.contact_id, decision=decision, code=answer.code,
        call=answer.call.id if answer.call else None,
    )  # fmt: skip
    return answer


async def _answer(desk: Desk, dialed: Dialed) -> GateAnswer:
    if emergency(desk, dialed.number):
        # No store, no caller id of the ledger: nothing may stand between an agent and help.
        return GateAnswer(allow=True, code="emergency", shown=desk.deployment.caller_id)
    try:
        return await _ruled(desk, dialed)
    except DependencyDown as down:
        if not glass_broken(desk):
            raise
        _log.error("gate_open", contact=dialed.contact_id, down=down.what, why="break_glass")
        metrics.ALARMS.labels("break_glass").inc()
        return GateAnswer(allow=True, code=BREAK_GLASS, shown=desk.deployment.caller_id)


async def _ruled(desk: Desk, dialed: Dialed) -> GateAnswer:
    try:
        number = parse_number(dialed.number)
    except Refused:
        return await _denied(desk, dialed, None, Denial.NUMBER_INVALID)
    question = GateQuestion(dialed.agent_arn, number, dialed.queue, dialed.contact_id, dialed.mode)
    ruling = await desk.ports.store.consume(question, desk.now())
    if ruling.call is not None:
        await observe_lead(desk, ruling.call)
        return GateAnswer(allow=True, call=ruling.call, shown=ruling.call.orig)
    denial = ruling.denial or Denial.NOT_ANNOUNCED
    if denial is not Denial.CONTACT_REUSED and await manual(desk, number):
        return await _manual(desk, dialed)
    return await _denied(desk, dialed, number, denial)


async def manual(desk: Desk, number: E164) -> bool:
    """True for a number that an agent may dial unannounced: policy allows it, and no customer has it."""
    allowed = desk.deployment.policy.manual_contacts
    return allowed and not await desk.ports.store.has_customer(number)


async def _manual(desk: Desk, dialed: Dialed) -> GateAnswer:
    now = desk.now()
    seen = ContactSeen(dialed.contact_id, "OUTBOUND", Standing.MANUAL, now, now)
    await desk.ports.store.seen_contact(
        seen
    )  # before it rings: what was not put down is a violation
    return GateAnswer(allow=True, code="manual", shown=await caller_id(desk))


async def _denied(desk: Desk, dialed: Dialed, number: E164 | None, denial: Denial) -> GateAnswer:
    found = Violation(
        contact_id=dialed.contact_id, code=denial, at=desk.now(), method="OUTBOUND",
        found_by=FoundBy.GATE, done=_DONE[dialed.mode], agent_arn=dialed.agent_arn, number=number,
        queue=dialed.queue,
    )  # fmt: skip
    if glass_broken(desk):
        _log.error("gate_open", contact=dialed.contact_id, code=denial, why="break_glass")
        metrics.ALARMS.labels("break_glass").inc()
        await report_violation(desk, replace(found, code=BREAK_GLASS, done=Done.RECORDED))
        return GateAnswer(allow=True, code=BREAK_GLASS, shown=await caller_id(desk))
    try:
        await report_violation(desk, found)
    except DependencyDown as down:  # a no that cannot be put down is a no
        _log.error(
            "violation_not_stored", contact=dialed.contact_id, code=denial, down=down.what,
            number=masked(number or ""),
        )  # fmt: skip
    return GateAnswer(allow=False, code=denial)


def emergency(desk: Desk, number: str) -> bool:
    """True for a number that nobody may block or hang up, where the bank's lines are."""
    deployment = desk.deployment
    try:
        home = deployment.caller_id or parse_number(deployment.call_us)
    except Refused:
        return is_emergency(number, None)
    return is_emergency(number, region_of(home))


def glass_broken(desk: Desk) -> bool:
    """True while the gate is to let everything pass; a day at most, so that nobody forgets it."""
    until = desk.deployment.break_glass_until
    return until is not None and 0 < until - desk.now() <= DAY
