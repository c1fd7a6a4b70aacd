"""Put a violation down once, say it where people look, and tell who is to be told."""

from dataclasses import replace
from functools import partial

import structlog

from ringproof import metrics
from ringproof.core.errors import DependencyDown
from ringproof.core.phone import masked
from ringproof.core.time import MINUTE, SECOND, Millis
from ringproof.core.violation import FoundBy, Violation
from ringproof.ports import Alert, AlertChannel
from ringproof.usecases.desk import Desk

_AT_ONCE = 100
_LONGEST_REASON = 200
_AGAIN_AFTER: tuple[Millis, ...] = (
    5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, 120 * MINUTE,
)  # fmt: skip
"""After the last of these an alert is dead, and stands in the list for a person."""

_log = structlog.get_logger()


async def report_violation(desk: Desk, found: Violation) -> Violation:
    """
    Put a violation down, merged with what is known of its contact, and return it.

    What is news is said in the log (`compliance_violation`, which CloudWatch counts), in the metrics,
    in the contact's own record, and to every alert channel; what is not is said nowhere twice.
    """
    channels = [channel.name for channel in desk.ports.alerts]
    named = await _with_agent(desk, found)
    stored, news = await desk.ports.store.add_violation(named, channels, desk.now())
    if news:
        metrics.VIOLATIONS.labels(stored.code, stored.done.wire).inc()
        _log.warning(
            "compliance_violation", contact=stored.contact_id, code=stored.code,
            method=stored.method, done=stored.done.wire, agent=stored.agent_id,
            number=masked(stored.number or ""), found_by=stored.found_by,
        )  # fmt: skip
        if not (found.found_by is FoundBy.GATE and found.method == "OUTBOUND"):
            # The gate's own flow stamps its contact, sooner than we could.
            desk.background.start(_mark(desk, stored), f"mark {stored.contact_id}")
        desk.background.start(tell_alerts(desk), "alerts")
    return stored


async def _with_agent(desk: Desk, found: Violation) -> Violation:
    if found.agent_arn is None or found.agent_id is not None:
        return found
    agent = await desk.ports.store.agent_by_connect_user(found.agent_arn)
    return found if agent is None else replace(found, agent_id=agent.id)


async def _mark(desk: Desk, violation: Violation) -> None:
    if not await desk.ports.dialer.mark(violation.contact_id, violation.code):
        _log.warning("contact_not_marked", contact=violation.contact_id, code=violation.code)


async def tell_alerts(desk: Desk) -> None:
    """
    Begin to tell each channel what it is due, and give up what is due to a channel that is no more.

    One that does not answer holds up no other, and none is told the same twice at once.
    """
    for channel in desk.ports.alerts:
        desk.background.start_once(partial(_tell, desk, channel), f"alerts {channel.name}")
    known = {channel.name for channel in desk.ports.alerts}
    for alert in await desk.ports.store.alerts_due(desk.now(), _AT_ONCE):
        if alert.channel not in known:
            await _failed(desk, alert, "This channel is not set up any more.")


async def _tell(desk: Desk, channel: AlertChannel) -> None:
    while due := await desk.ports.store.alerts_due(desk.now(), _AT_ONCE, channel.name):
        for alert in due:
            await _told(desk, channel, alert)


async def _told(desk: Desk, channel: AlertChannel, alert: Alert) -> None:
    try:
        await channel.tell(alert.violation)
    except DependencyDown as down:
        await _failed(desk, alert, down.detail)
    else:
        await desk.ports.store.alert_told(alert.number)


async def _failed(desk: Desk, alert: Alert, why: str) -> None:
    tries = alert.tries
    again = desk.now() + _AGAIN_AFTER[tries] if tries < len(_AGAIN_AFTER) else None
    await desk.ports.store.alert_failed(alert.number, why[:_LONGEST_REASON], again)
    if again is None:
        metrics.ALARMS.labels("alert_dead").inc()
        _log.error("alert_dead", channel=alert.channel, contact=alert.violation.contact_id)
