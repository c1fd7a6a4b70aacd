"""A leg: one attempt to connect one telephone with another."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from enum import StrEnum

from ringproof.simulators.connect.pace import now_ms


class LegState(StrEnum):
    """Where a leg stands."""

    DIALING = "dialing"
    RINGING = "ringing"
    ANSWERED = "answered"
    ENDED = "ended"


class EndReason(StrEnum):
    """Why a leg ended."""

    BUSY = "busy"
    DECLINED = "declined"
    NO_ANSWER = "no_answer"
    UNREACHABLE = "unreachable"
    CALLER_HUNG_UP = "caller_hung_up"
    CALLEE_HUNG_UP = "callee_hung_up"


ALLOWED = {
    LegState.DIALING: {LegState.RINGING, LegState.ANSWERED, LegState.ENDED},
    LegState.RINGING: {LegState.ANSWERED, LegState.ENDED},
    LegState.ANSWERED: {LegState.ENDED},
    LegState.ENDED: set[LegState](),
}


@dataclass(frozen=True)
class Move:
    """A leg came into a state; `at` in milliseconds since the epoch."""

    state: LegState
    at: int


@dataclass(eq=False)
class Leg:
    """One call from one number to another; it moves forward only."""

    caller: str
    called: str
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    history: list[Move] = field(default_factory=list)
    reason: EndReason | None = None
    answered_by: str | None = None
    _moved: asyncio.Event = field(default_factory=asyncio.Event, repr=False)

    def __post_init__(self) -> None:
        self.history.append(Move(LegState.DIALING, now_ms()))

    @property
    def state(self) -> LegState:
        """Tell where the leg stands."""
        return self.history[-1].state

    @property
    def live(self) -> bool:
        """True until the leg has ended."""
        return self.state is not LegState.ENDED

    def ring(self) -> bool:
        """Let the called telephone ring."""
        return self._move(LegState.RINGING)

    def answer(self, by: str = "person") -> bool:
        """Connect both sides; false if it is too late."""
        if not self._may(LegState.ANSWERED):
            return False
        self.answered_by = by
        return self._move(LegState.ANSWERED)

    def end(self, reason: EndReason) -> bool:
        """End the leg; the first reason counts."""
        if not self.live:
            return False
        self.reason = reason
        return self._move(LegState.ENDED)

    async def moves(self) -> AsyncIterator[Move]:
        """Yield every move from the first to the last, however late one starts to listen."""
        seen = 0
        while True:
            while seen < len(self.history):
                yield self.history[seen]
                seen += 1
            if not self.live:
                return
            await self._moved.wait()

    async def until_past(self, *states: LegState) -> None:
        """Wait until the leg is in none of these states."""
        async for move in self.moves():
            if move.state not in states:
                return

    def _may(self, state: LegState) -> bool:
        return state in ALLOWED[self.state]

    def _move(self, state: LegState) -> bool:
        if not self._may(state):
            return False
        self.history.append(Move(state, now_ms()))
        self._moved.set()
        self._moved = asyncio.Event()
        return True
