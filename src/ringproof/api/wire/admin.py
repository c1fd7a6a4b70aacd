"""What administrators send and get."""

from typing import Annotated

from msgspec import Meta

from ringproof.api.auth.api_keys import Scope
from ringproof.api.wire.shape import Answer, Body, Text, Time

Identifier = Annotated[str, Meta(min_length=1, max_length=128)]
Name = Annotated[str, Meta(min_length=1, max_length=200)]
Written = Annotated[str, Meta(min_length=3, max_length=40)]


class Switch(Body):
    """The kill switch: on means that nothing is announced and no status is given."""

    on: bool


class SwitchState(Answer):
    """How the kill switch stands."""

    on: bool


class Enforcement(Body):
    """Whether every dial path is in block mode and the last audit is clean."""

    covered: bool


class EnforcementState(Answer):
    """How far the bank can vouch for silence; *feed_at*: when Connect's event feed was last heard."""

    covered: bool
    feed_at: Time | None


class CustomerIn(Body):
    """A customer; *phones* in the order of preference."""

    customer_id: Identifier
    name: Name
    phones: Annotated[tuple[Written, ...], Meta(min_length=1, max_length=20)]
    time_zone: Name
    language: Annotated[str, Meta(min_length=2, max_length=35)]
    crm_ids: Annotated[tuple[Identifier, ...], Meta(max_length=20)] = ()


class AgentIn(Body):
    """An agent; *subject* is tid/oid, *photo* the image (PNG, JPEG or WebP) in base64."""

    agent_id: Identifier
    subject: Annotated[str, Meta(min_length=3, max_length=200)]
    name: Name
    display_name: Name
    connect_user_arn: Annotated[str, Meta(max_length=512)]
    crm_user_id: Annotated[str, Meta(max_length=128)] = ""
    employee_id: Annotated[str, Meta(max_length=64)] = ""
    photo: Annotated[str, Meta(max_length=400_000)] | None = None


class NumberIn(Body):
    """A number of the bank; one that is inbound-only is never shown to a customer."""

    phone: Written
    display_name: Name
    inbound_only: bool = False


class ReasonIn(Body):
    """One reason in one language."""

    code: Identifier
    language: Annotated[str, Meta(min_length=2, max_length=35)]
    text: Annotated[str, Meta(min_length=1, max_length=64)]
    minimum_assurance: (
        Annotated[str, Meta(pattern=r"^(fallback|accepted|acknowledged)\Z")] | None
    ) = None


class BankIn(Body):
    """The four tables; all of it is taken in, or nothing."""

    customers: Annotated[tuple[CustomerIn, ...], Meta(max_length=50_000)] = ()
    agents: Annotated[tuple[AgentIn, ...], Meta(max_length=5_000)] = ()
    numbers: Annotated[tuple[NumberIn, ...], Meta(max_length=1_000)] = ()
    reasons: Annotated[tuple[ReasonIn, ...], Meta(max_length=1_000)] = ()


class Imported(Answer):
    """How many rows were taken in."""

    customers: int
    agents: int
    numbers: int
    reasons: int


class FindAgent(Body):
    """By our id or the CRM's."""

    id: Text


class FindCustomers(Body):
    """Part of a name, an id, or a number."""

    q: Annotated[str, Meta(min_length=2, max_length=100)]


class AgentRow(Answer):
    """An agent."""

    agent_id: str
    crm_user_id: str
    subject: str
    name: str
    display_name: str
    employee_id: str
    photo: str | None
    connect_user_arn: str


class AgentRows(Answer):
    """Agents."""

    agents: list[AgentRow]


class NumberRow(Answer):
    """A number of the bank."""

    phone: str
    display_name: str
    inbound_only: bool


class NumberRows(Answer):
    """The bank's numbers."""

    numbers: list[NumberRow]


class ReasonRows(Answer):
    """The catalogue, in every language."""

    reasons: list["ReasonTexts"]


class ReasonTexts(Answer):
    """One reason."""

    code: str
    texts: dict[str, str]
    minimum_assurance: str | None


class NewKey(Body):
    """What an API key may do, and from which networks (CIDR); no sources means from anywhere."""

    scopes: Annotated[tuple[Scope, ...], Meta(min_length=1, max_length=5)]
    sources: Annotated[tuple[Annotated[str, Meta(max_length=64)], ...], Meta(max_length=50)] = ()


class KeyRow(Answer):
    """An API key, without its secret."""

    id: str
    scopes: list[str]
    sources: list[str]
    created_at: Time


class KeyRows(Answer):
    """The stored API keys; those of the settings are not among them."""

    keys: list[KeyRow]


class NewKeyShown(Answer):
    """A new API key; *key* is shown this once."""

    id: str
    key: str
    scopes: list[str]
    sources: list[str]
    created_at: Time
