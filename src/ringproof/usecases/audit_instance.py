"""Audit the Connect instance, so that somebody may vouch for the dial paths."""

from ringproof.core.audit import Expectation, Finding, clean, findings
from ringproof.core.errors import DependencyDown
from ringproof.core.instance import Instance, Unread
from ringproof.core.time import Millis
from ringproof.ports import Configuration, Control, Progress, Wanted, untold


async def audit_instance(
    configuration: Configuration, expectation: Expectation, progress: Progress = untold
) -> tuple[Finding, ...]:
    """Read the configuration and return what is not as it should be, the worst first."""
    wanted = Wanted(
        flows=expectation.flows,
        functions=tuple(sorted(expectation.functions)),
        quotas=expectation.quotas,
    )
    try:
        instance = await configuration.read(wanted, progress)
    except DependencyDown as down:
        instance = Instance(unread=(Unread("everything", down.detail),))
    return findings(instance, expectation)


async def record_audit(control: Control, found: tuple[Finding, ...], by: str, now: Millis) -> bool:
    """Record whether the dial paths are covered, which they are only after a clean audit; return it."""
    covered = clean(found)
    await control.set_covered(covered=covered, by=by, now=now)
    return covered
