"""The telephone half of a handset: it rings, and somebody answers it or does not."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from websockets.exceptions import ConnectionClosed

from ringproof.commands.diary import Diary
from ringproof.commands.wire import Line, line
from ringproof.core.phone import E164

RINGING, ANSWERED, ENDED = "ringing", "answered", "ended"


class Telephone:
    """
    One telephone on the simulated network.

    It writes RINGING (with the caller's number), ANSWERED and ENDED (with the reason) into its
    diary, each about a leg. With *answers* it picks up at the first ring.
    """

    def __init__(self, network: Line, diary: Diary, *, answers: bool) -> None:
        self._network = network
        self._answers = answers
        self.diary = diary

    async def answer(self, leg: str) -> None:
        """Pick up."""
        await self._network.send(type="answer", leg=leg)

    async def decline(self, leg: str) -> None:
        """Reject the call."""
        await self._network.send(type="decline", leg=leg)

    async def hang_up(self, leg: str) -> None:
        """End the call."""
        await self._network.send(type="hangup", leg=leg)

    async def listen(self) -> None:
        """Take what the network says, until it says no more."""
        with contextlib.suppress(ConnectionClosed):
            while True:
                message = await self._network.receive()
                match message["type"]:
                    case "ringing":
                        self.diary.note(RINGING, message["leg"], message["from"])
                        if self._answers:
                            await self.answer(message["leg"])
                    case "answered":
                        self.diary.note(ANSWERED, message["leg"])
                    case "ended":
                        self.diary.note(ENDED, message["leg"], message["reason"])


@asynccontextmanager
async def telephone(
    url: str, number: E164, diary: Diary, *, answers: bool = True
) -> AsyncIterator[Telephone]:
    """Attach a telephone to the network at *url*; it is reachable when the block begins."""
    async with line(url) as network:
        await network.send(type="attach", number=number)
        while (await network.receive())["type"] != "attached":
            pass
        phone = Telephone(network, diary, answers=answers)
        listening = asyncio.create_task(phone.listen())
        try:
            yield phone
        finally:
            listening.cancel()
            await asyncio.wait([listening])
