"""The agent's own violations, for the notice in their panel."""

from ringproof.api.auth.callers import AgentCaller
from ringproof.api.route import Ask, Audience, Route
from ringproof.api.violation_sentences import violation_sentence
from ringproof.api.violation_view import instant_in
from ringproof.api.wire import supervisors as wire
from ringproof.core.phone import masked
from ringproof.core.time import rfc3339
from ringproof.core.violation import Violation
from ringproof.ports import ViolationFilter

_MOST = 50


async def my_violations(ask: Ask[AgentCaller, wire.Since]) -> wire.MyViolations:
    """Return the agent's own violations, newest first, each with what happened and what to do."""
    wanted = ViolationFilter(
        since=instant_in(ask.said.since, "since"), agent_id=ask.who.require_agent().id
    )
    found = await ask.service.desk.ports.store.violations(wanted, _MOST)
    return wire.MyViolations(violations=[_own(each) for each in found])


def _own(violation: Violation) -> wire.MyViolation:
    return wire.MyViolation(
        contact_id=violation.contact_id,
        code=violation.code,
        done=violation.done.wire,
        at=rfc3339(violation.at),
        number=masked(violation.number) if violation.number else None,
        detail=violation_sentence(violation),
    )


ROUTES = (
    Route(
        method="GET", path="/my-violations", audience=Audience.AGENT, handle=my_violations,
        query=wire.Since, answer=wire.MyViolations, summary="What I did round the verified path",
    ),
)  # fmt: skip
