"""What the gate decides on, what it and the events found, and who has been told."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from ringproof.core.call import CallId
from ringproof.core.judge import GateQuestion, Ruling
from ringproof.core.phone import E164
from ringproof.core.time import Millis
from ringproof.core.violation import Acknowledged, Violation


class Standing(StrEnum):
    """What an outbound contact turned out to be."""

    CALL = "call"
    CHAIN = "chain"
    MANUAL = "manual"
    EMERGENCY = "emergency"
    VIOLATION = "violation"


@dataclass(frozen=True, slots=True)
class ContactSeen:
    """
    One outbound contact in the ledger of contacts, numbers and all.

    *updated_at* orders what Connect says of it: its record's LastUpdateTimestamp. *call_id* is the call
    that it is, or belongs to the chain of.
    """

    contact_id: str
    method: str
    standing: Standing
    at: Millis
    updated_at: Millis
    recorded: bool = False
    call_id: CallId | None = None


@dataclass(frozen=True, slots=True)
class ViolationFilter:
    """Which violations; None means any. *since* and *until* are of the violation's instant."""

    since: Millis | None = None
    until: Millis | None = None
    agent_id: str | None = None
    code: str | None = None
    acknowledged: bool | None = None


@dataclass(frozen=True, slots=True)
class Alert:
    """One violation to be told to one channel; *tries* is how often that was tried in vain."""

    number: int
    channel: str
    violation: Violation
    tries: int = 0
    dead: bool = False
    error: str = ""


@dataclass(frozen=True, slots=True)
class Gaps:
    """
    What a period's ledger has to show for itself, in counts of contacts and calls.

    *unrecorded* are contacts of which no record has come; *without_contact* are dialed calls that no
    contact belongs to.
    """

    standings: dict[Standing, int]
    unrecorded: int
    dialed: int
    without_contact: int
    violations_open: int

    @property
    def open(self) -> bool:
        """True while somebody has something to look at."""
        return bool(self.without_contact or self.violations_open)


class Enforcing(Protocol):
    """The gate's ledger."""

    async def consume(self, question: GateQuestion, now: Millis) -> Ruling:
        """
        Judge a dial and spend its authorisation, in one write: announced → dialed.

        The same contact again gets the same ruling.
        """

    async def has_customer(self, number: E164) -> bool:
        """True if the number is some customer's."""

    async def seen_contact(self, contact: ContactSeen) -> bool:
        """
        Put a contact down; False if what is known of it is as new, and nothing changed.

        A violation and a manual contact stay what they are: no later word makes them anything else,
        but a call that is bound late does.
        """

    async def seen_contacts(self, contacts: Collection[ContactSeen]) -> int:
        """Put many down in one transaction, and return how many were news."""

    async def contact_seen(self, contact_id: str) -> ContactSeen | None:
        """Find a contact."""

    async def add_violation(
        self, violation: Violation, channels: Collection[str], now: Millis
    ) -> tuple[Violation, bool]:
        """
        Put a violation down, merged with what is known of its contact; True if it is news.

        News is owed to every channel as an alert, in the same transaction: a violation that nobody knew
        of, or that turned out to be graver.
        """

    async def violation(self, contact_id: str) -> Violation | None:
        """Find a contact's violation."""

    async def violations(
        self, wanted: ViolationFilter, limit: int, before: tuple[Millis, str] | None = None
    ) -> Sequence[Violation]:
        """Return violations, newest first; *before* is the (instant, contact) of the last one seen."""

    async def acknowledge_violation(self, contact_id: str, said: Acknowledged) -> Violation | None:
        """Note that a supervisor has looked; the first one counts. None if there is no such violation."""

    async def alerts_due(
        self, now: Millis, limit: int, channel: str | None = None
    ) -> Sequence[Alert]:
        """Return alerts that are to be tried now, to one channel or to any, oldest first."""

    async def alert_told(self, number: int) -> None:
        """The channel has taken it."""

    async def alert_failed(self, number: int, error: str, again_at: Millis | None) -> None:
        """The channel has not; None: it is dead, and a person must look."""

    async def dead_alerts(self, limit: int) -> Sequence[Alert]:
        """Return what no channel would take, oldest first."""

    async def revive_alert(self, number: int, now: Millis) -> bool:
        """Try a dead alert again; False if there is none."""

    async def inbound_began(self, contact_id: str, number: E164, now: Millis) -> None:
        """Somebody calls the bank from this number, as an inbound flow reports."""

    async def inbound_ended(self, contact_id: str) -> None:
        """That call is over, if it is one."""

    async def inbound(self, numbers: Collection[E164], since: Millis) -> bool:
        """True if a call from one of these numbers has begun since then, and is not over."""

    async def gaps(self, since: Millis, until: Millis) -> Gaps:
        """Count what the ledger knows of a period."""
