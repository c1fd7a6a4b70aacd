"""What a push service does for us."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from ringproof.core.people import PushKind, PushService
from ringproof.core.seal import SealedType
from ringproof.core.time import Millis


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
