"""The ledger of calls."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from ringproof.core.call import Assurance, Call, CallEvent, CallId, CallState, Outcome
from ringproof.core.chain import Link
from ringproof.core.phone import E164
from ringproof.core.receipt import Receipt
from ringproof.core.time import Millis


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


class Calls(Protocol):
    """
    The ledger of calls.

    Every change appends an event to the call's hash chain in the same transaction, raises its
    version, and wakes those who `wait`.
    """

    async def open_call(
        self,
        call: Call,
        announced: Sequence[Announced],
        key: RequestKey | None,
        asserted_by: str | None = None,
    ) -> Opened:
        """
        Store a new call, whom it will be announced to, and the request's key, all or nothing.

        *asserted_by* is the server that asked in the agent's name; the first event tells of it.
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
        customer twice. Nothing moves to DIALED while the kill switch is thrown, in the same write.
        Assurance never falls. Raise ValueError for a move that the table lacks.
        """

    async def bind_contact(self, call_id: CallId, contact_id: str, now: Millis) -> Call | None:
        """Record which contact a dialed call became; None if it already has another."""

    async def hint_contact(self, call_id: CallId, contact_id: str, now: Millis) -> None:
        """
        Append which contact the agent's browser says it got; it binds nothing.

        Nothing is appended for the same contact again, or once the call is over.
        """

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

    async def concerning(
        self, customer_id: str, numbers: Collection[E164], in_doubt_since: Millis
    ) -> Sequence[Call]:
        """
        Return the calls that may ring, or talk to, this customer or any of these numbers.

        Those in no end state, and those that have ended UNCONFIRMED since then.
        """

    async def end_noticed(
        self, call_id: CallId, device_id: str, said: str, now: Millis, *, settled: bool
    ) -> None:
        """Append what became of an end notice; *settled*: no other is owed to this device."""

    async def end_notices_owed(
        self, ended: tuple[Millis, Millis], limit: int
    ) -> Sequence[tuple[CallId, str]]:
        """Return (call, device) for calls that ended between these instants and owe a notice."""

    async def forgive_end_notices(self, ended_before: Millis) -> None:
        """Owe nothing any more for calls that ended before then: no device would believe it."""

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
