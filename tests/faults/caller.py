"""An agent, and the customer who is called: what people do in the course of a call."""

import asyncio
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ringproof.commands.local_ports import HOST
from ringproof.core.call import CallId
from ringproof.simulators.connect.contacts import Contact, Stage
from ringproof.simulators.connect.leg import EndReason
from tests import kit
from tests.api.bank import Reply
from tests.faults import invariants
from tests.faults.world import World

PATIENCE = 30
"""Seconds, after which a test fails: nothing here takes a fifth of it."""
FINAL = frozenset({"ended", "refused", "declined", "cancelled", "abandoned"})


@dataclass
class People:
    """The agent Ayesha and the customer Ada; *replies* are what ringproof has told the agent."""

    world: World
    replies: list[Reply] = field(default_factory=list, kw_only=True)

    async def ask(
        self, method: str, path: str, body: Any = None, *, token: str | None = None
    ) -> Reply:
        """Ask as the agent, or with another token."""
        request = self.world.client.request(method, self.world.api + path)
        request = request.bearer_auth(token or self.world.staff("o1"))
        if body is not None:
            request = request.body_json(body)
        answer = await request.build().send()
        heads = {name.lower(): value for name, value in answer.headers.items()}
        self.replies.append(Reply(answer.status, heads, bytes(await answer.bytes())))
        return self.replies[-1]

    async def press(
        self, call_id: str | None = None, *, token: str | None = None, **order: Any
    ) -> Reply:
        """Press Start Verified Call."""
        order = {"callId": call_id or str(uuid.uuid4()), "customerId": kit.ADA.id, **order}
        return await self.ask("POST", "/initiate-verified-call", order, token=token)

    async def talk(self, call_id: str | None = None) -> None:
        """Answer whatever rings, and hang up; with *call_id*, once ringproof knows that it is connected."""
        for contact in self.world.connect.contacts.live():
            async with asyncio.timeout(PATIENCE):
                await contact.until(Stage.RINGING)
                if contact.leg and contact.leg.answer() and call_id:
                    await self.until(call_id, "connected")
            if contact.leg:
                contact.leg.end(EndReason.CALLEE_HUNG_UP)
            await contact.until(Stage.ENDED)

    async def look(self, call_id: str, how: str = "") -> dict[str, Any] | None:
        """Return the call as its agent sees it; None if there is none."""
        reply = await self.ask("GET", f"/calls/{call_id}{how}")
        assert reply.status in (200, 404), reply.json
        return reply.json if reply.status == 200 else None

    async def until(self, call_id: str, *states: str) -> dict[str, Any] | None:
        """Return the call once it is in one of *states*, or over; None if there is none."""
        async with asyncio.timeout(PATIENCE):
            call = await self.look(call_id)
            while call is not None and call["state"] not in FINAL.union(states):
                call = await self._newer(call)
            return call

    async def placed(self, call_id: str) -> None:
        """Wait until ringproof knows the contact of a call that it has dialed."""
        async with asyncio.timeout(PATIENCE):
            call = await self.look(call_id)
            while call is not None and call["contactId"] is None:
                call = await self._newer(call)

    async def _newer(self, call: dict[str, Any]) -> dict[str, Any] | None:
        return await self.look(call["callId"], f"?after={call['version']}&wait=20")

    async def dial_in_browser(self, number: str = kit.ADAS) -> Contact:
        """Dial as the agent's softphone does, and return the contact once it rings or has ended."""
        wanted = {"agentArn": kit.AYESHA.connect_user_arn, "number": number,
                  "queueArn": self.world.settings.connect_queue}  # fmt: skip
        url = f"http://{HOST}:{self.world.ports.connect}/browser/dial"
        answer = await self.world.client.post(url).body_json(wanted).build().send()
        assert (answer.status, json.loads(bytes(await answer.bytes()))) == (200, {})
        contact = self.world.connect.contacts.all()[-1]
        async with asyncio.timeout(PATIENCE):
            await contact.until(Stage.RINGING)
        return contact

    def contacts_of(self, call_id: str) -> Sequence[Contact]:
        """Return the contacts that Connect has for a call."""
        contacts = self.world.connect.contacts.all()
        return [each for each in contacts if invariants.call_of(each) == CallId(call_id)]
