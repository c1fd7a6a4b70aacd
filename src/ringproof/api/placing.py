"""Placed calls belong to the application: requests only ask for them, join them, and look on."""

import asyncio

from ringproof.core.call import Call, CallId
from ringproof.core.people import Agent
from ringproof.usecases.desk import Desk
from ringproof.usecases.place_call import CallRequest, carry_out, request_call


class Placing:
    """The calls that this process is carrying out, one task each."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._running: dict[CallId, asyncio.Task[Call]] = {}

    async def place(self, request: CallRequest) -> Call:
        """
        Request a call and see it through, as far as it goes by itself.

        Whoever awaits this may go away at any time: the call goes on. A repeat joins the call that is
        being carried out, or takes up one that nobody works on, such as one from before a restart.
        """
        call = await request_call(self._desk, request)
        if not call.state.announcing:
            return call
        return await asyncio.shield(self._carried(call, request.agent))

    def _carried(self, call: Call, agent: Agent) -> asyncio.Task[Call]:
        task = self._running.get(call.id)
        if task is None:
            task = self._desk.background.start(self._carry(call, agent), f"call {call.id}")
            self._running[call.id] = task
            task.add_done_callback(lambda _: self._running.pop(call.id, None))
        return task

    async def _carry(self, call: Call, agent: Agent) -> Call:
        # Read again: between our look and this task's turn another task may have ended the call.
        current = await self._desk.ports.store.call(call.id)
        return await carry_out(self._desk, current or call, agent)
