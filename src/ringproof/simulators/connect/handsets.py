"""The customer's telephone: a WebSocket at the edge of the network."""

import asyncio
import contextlib
from collections.abc import Iterator

from starlette.websockets import WebSocket, WebSocketDisconnect

from ringproof.simulators.connect.behaviours import is_number
from ringproof.simulators.connect.conversation import Message, converse, receive
from ringproof.simulators.connect.leg import EndReason, Leg, LegState
from ringproof.simulators.connect.network import Network


class Handset:
    """One telephone with one number and no call waiting."""

    def __init__(self, number: str, network: Network) -> None:
        self.number = number
        self.network = network
        self.outbox: asyncio.Queue[Message] = asyncio.Queue()
        self.legs: dict[str, Leg] = {}

    @property
    def engaged(self) -> bool:
        """True while it has a live call."""
        return any(leg.live for leg in self.legs.values())

    def ring(self, leg: Leg) -> None:
        """Start to ring for this leg."""
        self.legs[leg.id] = leg
        self.outbox.put_nowait({"type": "ringing", "leg": leg.id, "from": leg.caller})
        self.network.background.spawn(self._follow(leg))

    def obey(self, message: Message) -> None:
        """Do what the person holding the telephone does."""
        leg = self.legs.get(str(message.get("leg")))
        match message.get("type"):
            case "answer" if leg and not self._placed(leg):
                leg.answer()
            case "decline" if leg and not self._placed(leg):
                leg.end(EndReason.DECLINED)
            case "hangup" if leg:
                self._hang_up(leg)
            case "call" if is_number(message.get("to")):
                self._call(message["to"])
            case _:
                self.outbox.put_nowait({"type": "refused", "message": message})

    def lose_coverage(self) -> None:
        """End the conversations; what only rings goes on ringing until its timeout."""
        for leg in list(self.legs.values()):
            if self._placed(leg) or leg.state is LegState.ANSWERED:
                self._hang_up(leg)

    def _placed(self, leg: Leg) -> bool:
        return leg.caller == self.number

    def _hang_up(self, leg: Leg) -> None:
        if self._placed(leg):
            leg.end(EndReason.CALLER_HUNG_UP)
        elif leg.state is LegState.ANSWERED:
            leg.end(EndReason.CALLEE_HUNG_UP)
        else:
            leg.end(EndReason.DECLINED)

    def _call(self, number: str) -> None:
        leg = self.network.place(caller=self.number, called=number)
        self.legs[leg.id] = leg
        self.outbox.put_nowait({"type": "calling", "leg": leg.id, "to": number})
        self.network.background.spawn(self._follow(leg))

    async def _follow(self, leg: Leg) -> None:
        async for move in leg.moves():
            if move.state is LegState.ANSWERED:
                self.outbox.put_nowait({"type": "answered", "leg": leg.id})
            elif move.state is LegState.ENDED:
                self.outbox.put_nowait({"type": "ended", "leg": leg.id, "reason": leg.reason})
        self.legs.pop(leg.id, None)


async def attach(socket: WebSocket, network: Network) -> None:
    """Serve one handset from its first message, which must be `attach`, to its last."""
    await socket.accept()
    with contextlib.suppress(WebSocketDisconnect):
        first = await receive(socket)
        if first.get("type") != "attach" or not is_number(first.get("number")):
            await socket.close(1008, "attach with a number in E.164 first")
            return
        handset = Handset(first["number"], network)
        handset.outbox.put_nowait({"type": "attached", "number": handset.number})
        with _in_coverage(handset):
            await converse(socket, handset.outbox, handset.obey)


@contextlib.contextmanager
def _in_coverage(handset: Handset) -> Iterator[None]:
    """Keep the handset on the network; a call that still rings finds it when it comes back."""
    network = handset.network
    network.telephones[handset.number] = handset
    for leg in network.ringing_at(handset.number):
        handset.ring(leg)
    try:
        yield
    finally:
        if network.telephones.get(handset.number) is handset:
            del network.telephones[handset.number]
        handset.lose_coverage()
