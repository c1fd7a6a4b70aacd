"""An agent in software: places calls through the HTTP API, with a browser logged in to Connect."""

import asyncio
import contextlib
import uuid
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from pyreqwest.client import Client
from websockets.exceptions import ConnectionClosed

from ringproof.commands.diary import Diary
from ringproof.commands.wire import Line, ask, line

CONTACT = "contact"
FINAL = frozenset({"ended", "refused", "declined", "cancelled", "abandoned"})

Call = Mapping[str, Any]
"""A call as the API writes it."""

_LONG_POLL_SECONDS = 25


@dataclass(frozen=True, slots=True)
class AgentDesk:
    """One agent, signed in. The diary has CONTACT entries about contacts, with their state."""

    api: str
    connect: str
    client: Client
    token: str = field(repr=False)
    arn: str
    diary: Diary
    browser: Line

    async def place(self, customer_id: str, **more: str) -> Call:
        """Press Start Verified Call; in agent mode, dial from the browser once that is allowed."""
        order = {"callId": str(uuid.uuid4()), "customerId": customer_id, **more}
        call: Call = await self._ask("POST", "/initiate-verified-call", json_body=order)
        if call["dial"]:
            wanted = {"agentArn": self.arn, "number": call["dial"]["phone"],
                      "queueArn": call["dial"]["queueArn"]}  # fmt: skip
            await ask(self.client, "POST", f"{self.connect}/browser/dial", json_body=wanted)
        return call

    async def follow(self, call: Call, until: Callable[[Call], bool]) -> Call:
        """Watch a call by long polls, until it is as wanted or over."""
        while not until(call) and call["state"] not in FINAL:
            query = f"?after={call['version']}&wait={_LONG_POLL_SECONDS}"
            call = await self._ask("GET", f"/calls/{call['callId']}{query}")
        return call

    async def hang_up(self) -> None:
        """End the contact that the browser is connected to, as soon as there is one."""
        contact = await self.diary.until(CONTACT, detail="connected")
        await self.browser.send(type="hangup", contactId=contact.about)

    async def listen(self) -> None:
        """Take what Connect shows the agent."""
        with contextlib.suppress(ConnectionClosed):
            while True:
                message = await self.browser.receive()
                if message["type"] == "contact":
                    self.diary.note(CONTACT, message["contactId"], message["state"])

    async def _ask(self, method: str, path: str, **what: Any) -> Any:
        return await ask(self.client, method, self.api + path, bearer=self.token, **what)


@asynccontextmanager
async def agent_desk(
    client: Client, api: str, connect: str, token: str
) -> AsyncIterator[AgentDesk]:
    """Sign in to Connect with the browser of the agent whose token this is."""
    me = await ask(client, "GET", f"{api}/me", bearer=token)
    arn, diary = me["connectUserArn"], Diary()
    async with line(f"{connect.replace('http', 'ws', 1)}/browser?agentArn={arn}") as browser:
        desk = AgentDesk(api, connect, client, token, arn, diary, browser)
        listening = asyncio.create_task(desk.listen())
        try:
            yield desk
        finally:
            listening.cancel()
            await asyncio.wait([listening])
