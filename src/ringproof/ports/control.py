"""The deployment's own state."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ringproof.core.phone import E164
from ringproof.core.time import Millis


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


class Control(Protocol):
    """The deployment's own state."""

    async def posture(self) -> Posture:
        """Return it."""

    async def heard_feed(self, now: Millis) -> None:
        """Record that Connect's event feed is alive."""

    async def add_unmatched(self, contact_id: str, number: E164 | None, now: Millis) -> None:
        """Record an outbound contact that belongs to no call; without a number it may be anybody's."""

    async def end_unmatched(self, contact_id: str) -> None:
        """Record that such a contact, if it is one, has ended."""

    async def unmatched(self, numbers: Collection[E164], since: Millis) -> bool:
        """True if one began since then, has not ended, and still belongs to no call."""

    async def set_covered(self, *, covered: bool, by: str, now: Millis) -> None:
        """Record the result of an audit of the dial paths."""

    async def set_killed(self, *, killed: bool, by: str, now: Millis) -> None:
        """Throw, or release, the kill switch."""

    async def api_key(self, key_hash: bytes) -> ApiKey | None:
        """Find an API key by the SHA-256 of its secret."""

    async def add_api_key(self, key: ApiKey) -> None:
        """Store an API key."""

    async def api_keys(self) -> Sequence[ApiKey]:
        """Return every API key, oldest first."""

    async def remove_api_key(self, key_id: str) -> bool:
        """Forget one; False if there is none."""

    async def record_look_up(self, agent_id: str, customer_id: str, now: Millis) -> None:
        """Record that an agent looked at a customer."""

    async def record_search(self, agent_id: str, found: int, now: Millis) -> None:
        """Record that an agent searched, and how many customers they were shown; never for what."""

    async def check(self) -> None:
        """Ask whether the store answers and can write; DependencyDown says why not."""

    async def aclose(self) -> None:
        """Finish what was begun and let go."""
