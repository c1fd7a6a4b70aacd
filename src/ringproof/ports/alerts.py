"""Who is told of a violation."""

from typing import Protocol

from ringproof.core.violation import Violation


class AlertChannel(Protocol):
    """One way to tell the bank's people."""

    @property
    def name(self) -> str:
        """Which one: it stands in the ledger."""

    async def tell(self, violation: Violation) -> None:
        """Tell once; DependencyDown if that was not taken, and may be tried again."""

    async def aclose(self) -> None:
        """Let go of connections."""
