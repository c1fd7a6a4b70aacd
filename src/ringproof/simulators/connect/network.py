"""The telephone network: who is reachable at which number, and how a call gets there."""

import asyncio
from collections.abc import Callable
from typing import Any, Protocol

from ringproof.simulators.connect.background import Background
from ringproof.simulators.connect.behaviours import Behaviour, Kind
from ringproof.simulators.connect.leg import EndReason, Leg, LegState
from ringproof.simulators.connect.pace import Pace

Line = Callable[[Leg], None]
MOST_FORWARDS = 5


class Telephone(Protocol):
    """A handset on the network."""

    @property
    def engaged(self) -> bool:
        """True while it has a live call."""
        ...

    def ring(self, leg: Leg) -> None:
        """Start to ring for this leg."""
        ...


class Network:
    """Numbers, the telephones attached to them, and the calls between them.

    `lines` are numbers that somebody's switch answers, such as a contact centre.
    """

    def __init__(self, *, pace: Pace, background: Background, post_dial_delay_ms: int) -> None:
        self.pace = pace
        self.background = background
        self.post_dial_delay_ms = post_dial_delay_ms
        self.telephones: dict[str, Telephone] = {}
        self.behaviours: dict[str, Behaviour] = {}
        self.lines: dict[str, Line] = {}
        self.legs: dict[str, Leg] = {}

    def place(self, *, caller: str, called: str, ring_timeout_s: int = 60) -> Leg:
        """Start a call; the caller id is whatever the caller says, as on the real network."""
        leg = Leg(caller=caller, called=called)
        self.legs[leg.id] = leg
        self.background.spawn(self._connect(leg, ring_timeout_s))
        return leg

    def behave(self, number: str, kind: Kind, **how: Any) -> None:
        """Set what a number does when it is called and no handset is attached."""
        self.behaviours[number] = Behaviour(kind, **how)

    def ringing_at(self, number: str) -> list[Leg]:
        """List the calls that ring at a number, where a returning telephone takes them up."""
        legs = self.legs.values()
        return [leg for leg in legs if leg.called == number and leg.state is LegState.RINGING]

    async def _connect(self, leg: Leg, ring_timeout_s: int) -> None:
        await self.pace.pass_by(self.post_dial_delay_ms)
        hangup_after_ms: int | None = None
        try:
            async with asyncio.timeout(self.pace.seconds(ring_timeout_s * 1000)):
                hangup_after_ms = await self._deliver(leg, leg.called)
                await leg.until_past(LegState.DIALING, LegState.RINGING)
        except TimeoutError:
            leg.end(EndReason.NO_ANSWER)
        if hangup_after_ms is not None and leg.live:
            await self.pace.pass_by(hangup_after_ms)
            leg.end(EndReason.CALLEE_HUNG_UP)

    async def _deliver(self, leg: Leg, number: str, forwards: int = 0) -> int | None:
        """Bring the call to where the number leads; return when the callee will hang up."""
        if not leg.live:
            return None
        if line := self.lines.get(number):
            line(leg)
        elif telephone := self.telephones.get(number):
            self._ring(leg, telephone)
        else:
            return await self._behave(leg, self.behaviours.get(number, Behaviour()), forwards)
        return None

    def _ring(self, leg: Leg, telephone: Telephone) -> None:
        if telephone.engaged:
            leg.end(EndReason.BUSY)
        elif leg.ring():
            telephone.ring(leg)

    async def _behave(self, leg: Leg, behaviour: Behaviour, forwards: int) -> int | None:
        if behaviour.kind == "forward" and behaviour.forward_to:
            if forwards == MOST_FORWARDS:
                leg.end(EndReason.UNREACHABLE)
                return None
            return await self._deliver(leg, behaviour.forward_to, forwards + 1)
        if behaviour.kind in ("busy", "unreachable"):
            leg.end(EndReason(behaviour.kind))
            return None
        leg.ring()
        return await self._react(leg, behaviour)

    async def _react(self, leg: Leg, behaviour: Behaviour) -> int | None:
        if behaviour.kind == "no_answer":
            return None
        await self.pace.pass_by(behaviour.after_ms)
        if behaviour.kind == "decline":
            leg.end(EndReason.DECLINED)
            return None
        leg.answer(by="voicemail" if behaviour.kind == "voicemail" else "person")
        return behaviour.hangup_after_ms
