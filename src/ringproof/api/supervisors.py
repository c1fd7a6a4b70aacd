"""Routes of those who look after the agents: what went round the verified path, and who was told."""

import re

import structlog

from ringproof.api.auth.callers import Operator
from ringproof.api.route import Ask, Audience, Route
from ringproof.api.violation_view import instant_in, place_of, violation_view, written
from ringproof.api.wire import supervisors as wire
from ringproof.api.wire.shape import Nothing
from ringproof.core.errors import Code, Refused
from ringproof.core.violation import Acknowledged
from ringproof.ports import Alert, ViolationFilter
from ringproof.usecases.report_violation import tell_alerts

_log = structlog.get_logger()
_C = Code
_MOST_DEAD = 200
_NUMBER = re.compile(r"[1-9][0-9]{0,15}", re.ASCII)


async def find_violations(ask: Ask[Operator, wire.FindViolations]) -> wire.ViolationPage:
    """Find violations, newest first."""
    said = ask.said
    wanted = ViolationFilter(
        since=instant_in(said.since, "since"), until=instant_in(said.until, "until"),
        agent_id=said.agent_id, code=said.code, acknowledged=said.acknowledged,
    )  # fmt: skip
    found = await ask.service.desk.ports.store.violations(
        wanted, said.limit + 1, place_of(said.after)
    )
    page = found[: said.limit]
    more = len(found) > said.limit
    return wire.ViolationPage(
        violations=[violation_view(each) for each in page], next=written(page[-1]) if more else None
    )


async def look_at_violation(ask: Ask[Operator, wire.LookAtViolation]) -> wire.ViolationView:
    """Look at one violation; who sees its numbers in full is logged."""
    contact_id, reveal = ask.path["contactId"], ask.said.reveal
    violation = await ask.service.desk.ports.store.violation(contact_id)
    if violation is None:
        raise _no_violation()
    if reveal:
        _log.warning("number_revealed", contact=contact_id, by=ask.who.name)
    return violation_view(violation, reveal=reveal)


async def acknowledge_violation(ask: Ask[Operator, wire.Acknowledge]) -> wire.ViolationView:
    """Note that a supervisor has looked at it; the first one who does counts."""
    desk, contact_id = ask.service.desk, ask.path["contactId"]
    said = Acknowledged(ask.who.name, desk.now(), ask.said.comment)
    violation = await desk.ports.store.acknowledge_violation(contact_id, said)
    if violation is None:
        raise _no_violation()
    if violation.acknowledged == said:
        _log.info("violation_acknowledged", contact=contact_id, by=ask.who.name)
    return violation_view(violation)


async def dead_alerts(ask: Ask[Operator, Nothing]) -> wire.DeadAlerts:
    """List what a channel would not take, oldest first."""
    dead = await ask.service.desk.ports.store.dead_alerts(_MOST_DEAD)
    return wire.DeadAlerts(alerts=[_dead(each) for each in dead])


async def retry_alert(ask: Ask[Operator, Nothing]) -> None:
    """Try a dead alert again, from the first delay on."""
    desk, number = ask.service.desk, ask.path["number"]
    known = _NUMBER.fullmatch(number) is not None
    if not known or not await desk.ports.store.revive_alert(int(number), desk.now()):
        raise Refused(_C.NOT_FOUND, "There is no such dead alert.")
    _log.info("alert_revived", alert=int(number), by=ask.who.name)
    desk.background.start(tell_alerts(desk), "alerts")


async def gaps(ask: Ask[Operator, wire.Period]) -> wire.GapsFound:
    """Count what the ledger knows of a period, and what it lacks."""
    since, until = instant_in(ask.said.since, "since"), instant_in(ask.said.until, "until")
    if since is None or until is None or until <= since:
        raise Refused(_C.INVALID_REQUEST, "until must be later than since.", field="until")
    found = await ask.service.desk.ports.store.gaps(since, until)
    return wire.GapsFound(
        contacts={standing.value: count for standing, count in found.standings.items()},
        unrecorded=found.unrecorded,
        dialed=found.dialed,
        without_contact=found.without_contact,
        violations_open=found.violations_open,
    )


def _dead(alert: Alert) -> wire.DeadAlert:
    return wire.DeadAlert(
        number=alert.number, channel=alert.channel, tries=alert.tries, error=alert.error,
        violation=violation_view(alert.violation),
    )  # fmt: skip


def _no_violation() -> Refused:
    return Refused(_C.NOT_FOUND, "There is no violation of such a contact.")


_ONE = frozenset({_C.NOT_FOUND, _C.INVALID_REQUEST})

ROUTES = (
    Route(
        method="GET", path="/violations", audience=Audience.SUPERVISOR, handle=find_violations,
        query=wire.FindViolations, answer=wire.ViolationPage, summary="Find violations",
    ),
    Route(
        method="GET", path="/violations/{contactId}", audience=Audience.SUPERVISOR,
        handle=look_at_violation, query=wire.LookAtViolation, answer=wire.ViolationView,
        codes=_ONE, summary="Look at a violation",
    ),
    Route(
        method="POST", path="/violations/{contactId}/acknowledge", audience=Audience.SUPERVISOR,
        handle=acknowledge_violation, body=wire.Acknowledge, answer=wire.ViolationView,
        codes=_ONE, summary="Note that somebody has looked",
    ),
    Route(
        method="GET", path="/alerts/dead", audience=Audience.SUPERVISOR, handle=dead_alerts,
        answer=wire.DeadAlerts, codes=frozenset({_C.INVALID_REQUEST}), summary="What nobody took",
    ),
    Route(
        method="POST", path="/alerts/{number}/retry", audience=Audience.SUPERVISOR,
        handle=retry_alert, status=204, codes=_ONE, summary="Try a dead alert again",
    ),
    Route(
        method="GET", path="/gaps", audience=Audience.SUPERVISOR, handle=gaps, query=wire.Period,
        answer=wire.GapsFound, summary="What a period's ledger lacks",
    ),
)  # fmt: skip
