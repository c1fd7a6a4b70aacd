"""Everything that an audit finds, the worst first."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from ringproof.core.audit import access, flows, functions, people, queues, service
from ringproof.core.audit.expectation import Expectation
from ringproof.core.audit.finding import Code, Finding, Severity
from ringproof.core.instance import Instance

Question = Callable[[Instance, Expectation], Iterable[Finding]]


def _unread(instance: Instance, _: Expectation) -> Iterator[Finding]:
    """Find what could not be read: it is never taken to be in order."""
    for each in instance.unread:
        yield Finding(Code.UNREAD, each.what, f"could not be checked: {each.why}")


QUESTIONS: Sequence[Question] = (
    _unread,
    queues.ungated,
    queues.own_numbers,
    queues.missing_queue,
    queues.phone_connects,
    flows.gate_mode,
    flows.missing_flows,
    flows.dead_flows,
    flows.changed_flows,
    people.may_dial,
    people.may_edit,
    service.origins,
    service.records,
    service.outbound,
    service.quotas,
    functions.unassociated,
    functions.not_invocable,
    functions.open_to_others,
    access.may_call,
    access.may_edit,
)


def findings(instance: Instance, wanted: Expectation) -> tuple[Finding, ...]:
    """Ask every question of the instance."""
    found = [each for question in QUESTIONS for each in question(instance, wanted)]
    return tuple(sorted(found, key=lambda each: -each.severity))


def clean(found: Iterable[Finding]) -> bool:
    """True if the dial paths can be vouched for: nothing is HIGH or above, and nothing unread."""
    return all(each.severity < Severity.HIGH for each in found)
