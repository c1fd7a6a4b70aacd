"""What agents send and get."""

from typing import Annotated

from msgspec import Meta

from ringproof.api.wire.shape import Answer, Body, Text, Time, Uuid
from ringproof.core.call import CallState, DialMode, Outcome
from ringproof.core.errors import Code
from ringproof.core.people import Platform, PushService
from ringproof.core.receipt import Evt


class CallOrder(Body):
    """Whom to call; *phone* only selects among the customer's stored numbers."""

    customer_id: Text
    phone: Annotated[str, Meta(min_length=3, max_length=40)] | None = None
    agent_id: Text | None = None
    reason: Annotated[str, Meta(min_length=1, max_length=64)] | None = None
    call_id: Uuid | None = None


class CallPoll(Body):
    """Wait up to *wait* seconds for a version above *after*."""

    after: Annotated[int, Meta(ge=0, le=1_000_000_000)] = 0
    wait: Annotated[int, Meta(ge=0, le=30)] = 0


class ContactHint(Body):
    """Which contact the browser got; the gate never trusts it."""

    contact_id: Uuid


class CustomerSearch(Body):
    """Part of a name, an id, or a number."""

    q: Annotated[str, Meta(min_length=2, max_length=100)]


class ReasonsFor(Body):
    """In which language."""

    language: Annotated[str, Meta(min_length=2, max_length=35)] | None = None


class CallReason(Answer):
    """Why the bank calls, as the customer reads it."""

    code: str
    text: str


class DialNow(Answer):
    """Dial this number from this queue, before then."""

    phone: str
    queue_arn: str
    before: Time


class ReceiptOf(Answer):
    """What a device said; *platform* is null once the device was removed."""

    device_id: str
    platform: Platform | None
    evt: Evt
    at: Time
    code: str | None


class PushOf(Answer):
    """What a push service said of one device."""

    device_id: str
    platform: Platform | None
    verdict: str
    reason: str
    at: Time


class Moment(Answer):
    """When the call came to a state."""

    state: CallState
    at: Time


class CallView(Answer):
    """A call, for the agent whose call it is."""

    call_id: str
    state: CallState
    assurance: str
    outcome: Outcome | None
    code: str | None
    detail: str | None
    version: int
    match_code: str | None
    mode: DialMode
    customer_id: str
    reason: CallReason
    dest: str
    orig: str
    dial: DialNow | None
    receipts: list[ReceiptOf]
    pushes: list[PushOf]
    timeline: list[Moment]
    requested_at: Time
    dial_before: Time
    contact_id: str | None


class Me(Answer):
    """The agent who asks."""

    agent_id: str
    name: str
    display_name: str
    roles: list[str]
    dial_mode: DialMode
    photo: str | None
    connect_user_arn: str
    queue_arn: str


class CustomerRow(Answer):
    """A customer, as a search finds them."""

    customer_id: str
    name: str
    phones: list[str]
    language: str
    time_zone: str


class CustomerRows(Answer):
    """What a search found: at most 20."""

    customers: list[CustomerRow]


class CustomerDevice(Answer):
    """A device of the customer, as the agent may see it."""

    device_id: str
    platform: Platform
    push_service: PushService
    reachable: bool
    notifications: bool
    app_version: str
    enrolled_at: Time
    last_seen_at: Time | None
    is_new: bool


class LastReceipt(Answer):
    """The latest sign of life of a device of the customer."""

    evt: Evt
    at: Time


class Calling(Answer):
    """Whether calling is allowed now, and if not, why."""

    allowed: bool
    code: Code | None
    detail: str | None


class RecentCall(Answer):
    """One of the customer's last calls; *reason* is the catalogue's code."""

    call_id: str
    state: CallState
    outcome: Outcome | None
    at: Time
    reason: str


class VerifiedStatus(Answer):
    """What an agent should know before the press."""

    customer_id: str
    name: str
    language: str
    time_zone: str
    local_time: str
    phones: list[str]
    devices: list[CustomerDevice]
    last_receipt: LastReceipt | None
    calling: Calling
    recent_calls: list[RecentCall]


class ReasonRow(Answer):
    """One reason of the catalogue, in one language."""

    code: str
    text: str
    minimum_assurance: str | None


class Reasons(Answer):
    """The catalogue."""

    default: str
    reasons: list[ReasonRow]
