"""What supervisors send and get, and agents about themselves."""

from typing import Annotated

from msgspec import Meta

from ringproof.api.wire.shape import Answer, Body, Text, Time

Instant = Annotated[
    str, Meta(min_length=1, max_length=40, description="RFC 3339, with its offset or Z.")
]


class FindViolations(Body):
    """Which violations, newest first: *until* is not included, *after* is the `next` of a page."""

    since: Instant | None = None
    until: Instant | None = None
    agent_id: Text | None = None
    code: Text | None = None
    acknowledged: bool | None = None
    limit: Annotated[int, Meta(ge=1, le=200)] = 50
    after: Annotated[str, Meta(min_length=1, max_length=1_000)] | None = None


class LookAtViolation(Body):
    """Whether to show the numbers in full, which is logged."""

    reveal: bool = False


class Acknowledge(Body):
    """What a supervisor says of it."""

    comment: Annotated[str, Meta(min_length=1, max_length=500)]


class Period(Body):
    """From *since*, up to *until* and without it."""

    since: Instant
    until: Instant


class Since(Body):
    """From when on."""

    since: Instant | None = None


class AcknowledgedBy(Answer):
    """Who has looked at it."""

    by: str
    at: Time
    comment: str


class ViolationView(Answer):
    """A contact that went round the verified path; *number* and *shown* (the caller id) are masked."""

    contact_id: str
    code: str
    at: Time
    method: str
    found_by: str
    done: str
    agent_arn: str | None
    agent_id: str | None
    number: str | None
    shown: str | None
    queue: str | None
    call_id: str | None
    acknowledged: AcknowledgedBy | None


class ViolationPage(Answer):
    """Some violations; *next* leads to older ones, and is null where there are none."""

    violations: list[ViolationView]
    next: str | None


class DeadAlert(Answer):
    """What a channel has not taken, however often it was tried, and why."""

    number: int
    channel: str
    tries: int
    error: str
    violation: ViolationView


class DeadAlerts(Answer):
    """The oldest of them: at most 200."""

    alerts: list[DeadAlert]


class GapsFound(Answer):
    """
    What the ledger has to show for a period, in counts.

    *contacts* by what they turned out to be; *unrecorded*: no record of them has come; *withoutContact*:
    dialed calls that no contact belongs to.
    """

    contacts: dict[str, int]
    unrecorded: int
    dialed: int
    without_contact: int
    violations_open: int


class MyViolation(Answer):
    """One of the agent's own; *detail* says what happened and what to do."""

    contact_id: str
    code: str
    done: str
    at: Time
    number: str | None
    detail: str


class MyViolations(Answer):
    """The newest of them: at most 50."""

    violations: list[MyViolation]
