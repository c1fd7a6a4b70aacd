"""
What the outside world must do for us, in core types only.

A port method is the whole of one act: what must be atomic is one method. An adapter reports what
happened; a use case decides what follows. Adapters raise DependencyDown when their service does not
answer, except where a port says that this, too, is an outcome.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from ringproof.core.call import Assurance, Call, CallEvent, CallId, CallState, Outcome
from ringproof.core.chain import Link
from ringproof.core.keys import PublicKey
from ringproof.core.people import Agent, BankNumber, Customer, Device, PushKind, PushService
from ringproof.core.phone import E164
from ringproof.core.reasons import Reason
from ringproof.core.receipt import Receipt, Report
from ringproof.core.seal import SealedType
from ringproof.core.time import Millis


class Clock(Protocol):
    """The time."""

    def now(self) -> Millis:
        """Return the time of day."""


# --- push -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Push:
    """
    One sealed message to one device.

    *id* is a UUID, the same on a re-send, so that the service's log and ours can be joined.
    *collapse* groups what replaces each other on the device (the call id). After *expires_at* the
    service must not deliver any more; until *deadline* the adapter may try.
    """

    id: str
    type: SealedType
    device_id: str
    token: str = field(repr=False)
    app_id: str
    kind: PushKind
    sandbox: bool
    sealed: str = field(repr=False)
    collapse: str
    expires_at: Millis
    deadline: Millis


class PushVerdict(StrEnum):
    """What the push service said, as far as anything follows from it."""

    ACCEPTED = "accepted"
    TOKEN_DEAD = "token_dead"  # noqa: S105
    WRONG_APP = "wrong_app"
    THROTTLED = "throttled"
    CREDENTIAL = "credential"
    REJECTED = "rejected"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class PushOutcome:
    """
    What became of one push; acceptance is not delivery.

    *reason* is the service's own word. *dead_since* is when the service last knew the token invalid.
    """

    verdict: PushVerdict
    reason: str = ""
    dead_since: Millis | None = None
    attempts: int = 1


class PushChannel(Protocol):
    """One push service."""

    @property
    def service(self) -> PushService:
        """Which one."""

    async def push(self, message: Push) -> PushOutcome:
        """
        Hand *message* over before its deadline; never raise for one device.

        In a TaskGroup one raise would cancel the sibling pushes, so a dead service is an outcome.
        """

    async def check(self) -> None:
        """Ask whether the service is reachable with our credentials; DependencyDown says why not."""

    async def aclose(self) -> None:
        """Let go of connections."""


# --- dial -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Dial:
    """One request to dial; *call_id* makes it idempotent. *orig* is the caller id shown."""

    call_id: CallId
    orig: E164
    dest: E164
    queue: str
    agent_arn: str
    agent_name: str


class DialVerdict(StrEnum):
    """What Connect said. UNCONFIRMED: it did not answer, and may or may not dial."""

    ACCEPTED = "accepted"
    THROTTLED = "throttled"
    LIMIT = "limit"
    DESTINATION_NOT_ALLOWED = "destination_not_allowed"
    NOT_PERMITTED = "not_permitted"
    REFUSED = "refused"
    DOWN = "down"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True)
class DialOutcome:
    """What became of a request to dial; DOWN is certain that nothing was dialed."""

    verdict: DialVerdict
    contact_id: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """What Connect knows of a contact; *disconnect_reason* is its own word, once it has ended."""

    id: str
    initiation_method: str
    call_id: CallId | None
    agent_arn: str | None
    customer: E164 | None
    system: E164 | None
    ended: bool
    disconnect_reason: str = ""


class Dialer(Protocol):
    """Amazon Connect, as far as calling goes."""

    async def dial(self, request: Dial) -> DialOutcome:
        """Ask for the call once, and wait for the answer to its end: a dial is never cancelled."""

    async def stop(self, contact_id: str) -> bool:
        """Hang up; False if Connect will not or does not answer."""

    async def describe(self, contact_id: str) -> Contact | None:
        """Look a contact up; None if there is none."""

    async def check(self) -> None:
        """Ask whether Connect answers us; DependencyDown says why not."""


# --- sign -----------------------------------------------------------------------------------------


class KeyUse(StrEnum):
    """What a key may sign. A status key signs answers only: it is online and busy, so it may do less."""

    PROOF = "proof"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class VerificationKey:
    """A public key of the bank, live or lately so."""

    kid: str
    use: KeyUse
    key: PublicKey


class Signer(Protocol):
    """The bank's keys."""

    async def kid(self, use: KeyUse) -> str:
        """Return the id of the key that signs now."""

    async def sign(self, kid: str, message: bytes) -> bytes:
        """Sign with ES256; 64 bytes r ‖ s."""

    async def keys(self) -> Sequence[VerificationKey]:
        """Return every key that a device should accept, the signing ones first."""


# --- store ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Announced:
    """One device is to be told of a call under this `jti`."""

    device_id: str
    jti: str


@dataclass(frozen=True, slots=True)
class RequestKey:
    """
    Who asked for what under which key, so that a repeat gets the same call.

    *digest* is the SHA-256 of the request's meaning: the same key with another meaning is a mistake.
    """

    agent_id: str
    route: str
    key: str
    digest: bytes


class OpenVerdict(StrEnum):
    """What became of a request to open a call."""

    OPENED = "opened"
    REPEATED = "repeated"
    MISMATCH = "mismatch"
    ID_TAKEN = "id_taken"
    CUSTOMER_BUSY = "customer_busy"
    NUMBER_BUSY = "number_busy"


@dataclass(frozen=True, slots=True)
class Opened:
    """The answer to `open_call`; *call* is the new or the repeated one, else None."""

    verdict: OpenVerdict
    call: Call | None = None


class ReceiptVerdict(StrEnum):
    """What became of a receipt."""

    FIRST = "first"
    REPEATED = "repeated"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ReceiptSeen:
    """A receipt as it stands in the ledger."""

    device_id: str
    evt: str
    at: Millis
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Audited:
    """A link of one call's chain; *number* is its place among the events of all calls."""

    number: int
    call_id: CallId
    link: Link


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """
    All chains joined.

    *hash* covers the checkpoint before (none: no bytes) and the head of every chain that grew between
    that one's last event and *event*.
    """

    number: int
    at: Millis
    event: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class ApiKey:
    """An API key, known by its hash; *sources* are the networks it may be used from (CIDR)."""

    id: str
    hash: bytes = field(repr=False)
    scopes: frozenset[str]
    sources: tuple[str, ...]
    created_at: Millis


@dataclass(frozen=True, slots=True)
class Posture:
    """
    How far the bank can vouch for silence.

    *covered*: every dial path is in block mode and the last audit of Connect's configuration is
    clean. *feed_at*: when Connect's event feed, or its heartbeat, was last heard. *killed*: nothing
    is announced and no status is given.
    """

    covered: bool = False
    feed_at: Millis | None = None
    killed: bool = False


@dataclass(frozen=True, slots=True)
class Bank:
    """What `ringproof import` brings; replaces rows with the same ids and leaves the others."""

    customers: Sequence[Customer] = ()
    agents: Sequence[Agent] = ()
    numbers: Sequence[BankNumber] = ()
    reasons: Sequence[Reason] = ()
    photos: Mapping[str, bytes] = field(default_factory=dict)
    """Image bytes by their SHA-256 in hex."""


class Calls(Protocol):
    """
    The ledger of calls.

    Every change appends an event to the call's hash chain in the same transaction, raises its
    version, and wakes those who `wait`.
    """

    async def open_call(
        self, call: Call, announced: Sequence[Announced], key: RequestKey | None
    ) -> Opened:
        """
        Store a new call, whom it will be announced to, and the request's key, all or nothing.

        Of two live calls to one customer, or to one number, the second is refused here, atomically.
        """

    async def repeated(self, key: RequestKey) -> Opened | None:
        """Look up what `open_call` would answer to a repeat (REPEATED, MISMATCH); None for a new key."""

    async def call(self, call_id: CallId) -> Call | None:
        """Find a call."""

    async def advance(
        self,
        call_id: CallId,
        *,
        at: Collection[CallState],
        to: CallState,
        now: Millis,
        assurance: Assurance | None = None,
        outcome: Outcome | None = None,
        code: str | None = None,
        contact_id: str | None = None,
    ) -> Call | None:
        """
        Move a call from one of *at* to *to* and return it; None, and no change, if it is elsewhere.

        Of two racing callers exactly one gets the call: this is what keeps a retry from ringing a
        customer twice. Assurance never falls. Raise ValueError for a move that the table lacks.
        """

    async def consume(
        self, agent_arn: str, dest: E164, queue: str, contact_id: str, now: Millis
    ) -> Call | None:
        """
        Spend the authorisation for exactly this agent, number and queue: announced → dialed.

        Checks, moves and binds the contact in one write. The same contact again gets the same call;
        another contact, a late one, or one too many gets None.
        """

    async def bind_contact(self, call_id: CallId, contact_id: str, now: Millis) -> Call | None:
        """Record which contact a dialed call became; None if it already has another."""

    async def call_of_contact(self, contact_id: str) -> Call | None:
        """Find the call that a contact belongs to."""

    async def note(
        self,
        call_id: CallId,
        kind: str,
        now: Millis,
        *,
        device_id: str | None = None,
        detail: str = "",
        outcome: Outcome | None = None,
        code: str | None = None,
    ) -> Call | None:
        """
        Append an event that moves nothing, such as a push's outcome, and return the call.

        *outcome* and *code*, where given, become the call's: a dial that nobody answered for leaves
        the call where it is, UNCONFIRMED.
        """

    async def events(self, call_id: CallId) -> Sequence[CallEvent]:
        """Return what happened to a call, in order."""

    async def record_receipt(self, receipt: Receipt, now: Millis) -> ReceiptVerdict:
        """
        Count a receipt once per (device, jti, evt), if that `jti` was issued to that device for that call.

        A first acknowledging one raises the call's assurance to ACKNOWLEDGED.
        """

    async def receipts(self, call_id: CallId) -> Sequence[ReceiptSeen]:
        """Return a call's receipts in the order of arrival."""

    async def announced_to(self, call_id: CallId) -> Sequence[Announced]:
        """Return whom the call was to be announced to."""

    async def wait(self, call_id: CallId, after_version: int, seconds: float) -> Call | None:
        """Return the call as soon as its version is above *after_version*, else what it is in the end."""

    async def live_calls(self, customer_id: str) -> Sequence[Call]:
        """Return the customer's calls that are in no end state."""

    async def unfinished(self, requested_before: Millis) -> Sequence[Call]:
        """Return every call in no end state that was requested before then, oldest first."""

    async def count_calls(
        self, *, customer_id: str, agent_id: str, since: tuple[Millis, Millis]
    ) -> tuple[int, int]:
        """
        Count the calls requested to the customer and by the agent, each since its own instant.

        Whatever became of them: a call that was declined or refused has still lit up a phone.
        """

    async def recent_calls(self, customer_id: str, limit: int) -> Sequence[Call]:
        """Return the customer's last calls, newest first."""

    async def history(self, call_id: CallId) -> Sequence[Link]:
        """Return a call's chain from its first event."""

    async def audit(self, after: int, limit: int) -> Sequence[Audited]:
        """Return the events after number *after*, of all calls, in the order in which they happened."""

    async def checkpoint(self, now: Millis) -> Checkpoint | None:
        """Join the heads of all chains that have grown since the last one; None if none has."""

    async def checkpoints(self, after: int, limit: int) -> Sequence[Checkpoint]:
        """Return the checkpoints after number *after*, in order."""


class People(Protocol):
    """Who may call whom from where, and why."""

    async def customer(self, any_id: str) -> Customer | None:
        """Find a customer by our id or any of the CRM's, braces and case ignored."""

    async def find_customers(self, text: str, limit: int) -> Sequence[Customer]:
        """Find customers by part of a name, an id, or a number."""

    async def agent(self, any_id: str) -> Agent | None:
        """Find an agent by our id or the CRM's user id."""

    async def agent_by_subject(self, subject: str) -> Agent | None:
        """Find an agent by `tid/oid`."""

    async def numbers(self) -> Sequence[BankNumber]:
        """Return the bank's numbers in the order of their import."""

    async def reasons(self) -> Mapping[str, Reason]:
        """Return the catalogue by code."""

    async def photo(self, sha256: str) -> bytes | None:
        """Return an agent's photo by its hash in hex."""

    async def import_bank(self, bank: Bank) -> None:
        """Take everything in, or nothing."""


class Devices(Protocol):
    """The customers' handsets."""

    async def add_challenge(self, challenge: str, customer_id: str, expires_at: Millis) -> None:
        """Remember a challenge given to a customer."""

    async def enrol(self, device: Device, challenge: str, now: Millis) -> bool:
        """
        Spend the challenge and store the device; False if the challenge is not this customer's, or spent.

        A push token belongs to one device: any other that holds it loses it in the same transaction.
        """

    async def device(self, device_id: str) -> Device | None:
        """Find a device."""

    async def devices(self, customer_id: str) -> Sequence[Device]:
        """Return a customer's devices, newest first."""

    async def update_device(
        self,
        device_id: str,
        now: Millis,
        *,
        push_token: str | None = None,
        notifications: bool | None = None,
        app_version: str | None = None,
    ) -> Device | None:
        """Change what is given and return the device; a new token counts as registered *now*."""

    async def remove_device(self, device_id: str) -> bool:
        """Forget a device; False if there is none."""

    async def drop_token(self, device_id: str, token: str, dead_since: Millis) -> bool:
        """Clear a dead token, if it is still that one and was registered before *dead_since*."""

    async def use_nonce(self, device_id: str, nonce: str, now: Millis, expires_at: Millis) -> bool:
        """Take a nonce once; False if it was used before and has not expired."""

    async def add_report(self, report: Report, now: Millis) -> str:
        """Keep a customer's report and return its reference."""


class Control(Protocol):
    """The deployment's own state."""

    async def posture(self) -> Posture:
        """Return it."""

    async def heard_feed(self, now: Millis) -> None:
        """Record that Connect's event feed is alive."""

    async def set_covered(self, *, covered: bool, by: str, now: Millis) -> None:
        """Record the result of an audit of the dial paths."""

    async def set_killed(self, *, killed: bool, by: str, now: Millis) -> None:
        """Throw, or release, the kill switch."""

    async def api_key(self, key_hash: bytes) -> ApiKey | None:
        """Find an API key by the SHA-256 of its secret."""

    async def add_api_key(self, key: ApiKey) -> None:
        """Store an API key."""

    async def remove_api_key(self, key_id: str) -> bool:
        """Forget one; False if there is none."""

    async def record_look_up(self, agent_id: str, customer_id: str, now: Millis) -> None:
        """Record that an agent looked at a customer."""

    async def check(self) -> None:
        """Ask whether the store answers and can write; DependencyDown says why not."""

    async def aclose(self) -> None:
        """Finish what was begun and let go."""


class Store(Calls, People, Devices, Control, Protocol):
    """The one store, whose transactions may span calls, people, devices and control."""


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything outside, in one hand."""

    clock: Clock
    store: Store
    signer: Signer
    dialer: Dialer
    push: Mapping[PushService, PushChannel]
