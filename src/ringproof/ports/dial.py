"""What Amazon Connect does for us."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from ringproof.core.call import CallId
from ringproof.core.phone import E164


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
    """
    What Connect knows of a contact.

    *customer* is None for what is not in E.164, such as an emergency number; *dialed* has it as it is.
    *disconnect_reason* is Connect's own word, once the contact has ended.
    """

    id: str
    initiation_method: str
    call_id: CallId | None
    agent_arn: str | None
    customer: E164 | None
    system: E164 | None
    ended: bool
    disconnect_reason: str = ""
    answered: bool = False
    initial_id: str = ""
    queue: str | None = None
    dialed: str = ""


class Dialer(Protocol):
    """Amazon Connect, as far as calling goes."""

    async def dial(self, request: Dial) -> DialOutcome:
        """Ask for the call once, and wait for the answer to its end: a dial is never cancelled."""

    async def stop(self, contact_id: str) -> bool:
        """Hang up; False if Connect will not or does not answer."""

    async def mark(self, contact_id: str, violation: str) -> bool:
        """Write a violation into the contact, so that its record has it; False if Connect will not."""

    async def describe(self, contact_id: str) -> Contact | None:
        """Look a contact up; None if there is none."""

    async def check(self) -> None:
        """Ask whether Connect answers us; DependencyDown says why not."""
