"""The agents' browsers: who is logged in, and what their Contact Control Panels show."""

import asyncio

from starlette.websockets import WebSocket

from ringproof.simulators.connect.contacts import Contact, Stage
from ringproof.simulators.connect.conversation import Message

AVAILABLE = "Available"
TALKING = {Stage.CONNECTED, Stage.AGENT_CONNECTED}
Tab = asyncio.Queue[Message]


class Desks:
    """The open tabs of every agent; all tabs of one agent show the same."""

    def __init__(self) -> None:
        self._tabs: dict[str, set[Tab]] = {}
        self._status: dict[str, str] = {}
        self._login = asyncio.Condition()

    async def open(self, agent_arn: str) -> Tab:
        """Log an agent in from one more tab."""
        tab: Tab = asyncio.Queue()
        async with self._login:
            self._tabs.setdefault(agent_arn, set()).add(tab)
            self._login.notify_all()
        return tab

    def close(self, agent_arn: str, tab: Tab) -> None:
        """Close a tab; with the last one the agent is logged out."""
        self._tabs[agent_arn].discard(tab)
        if not self._tabs[agent_arn]:
            del self._tabs[agent_arn]

    async def available(self, agent: str) -> str:
        """Wait until an agent, named by id or ARN, is logged in and Available; return the ARN."""
        async with self._login:
            await self._login.wait_for(lambda: self._find(agent) is not None)
        return self._find(agent) or agent

    def show(self, contact: Contact) -> None:
        """Show a contact to the agent it belongs to, in every tab."""
        for tab in self._tabs.get(contact.agent_arn or "", ()):
            tab.put_nowait(snapshot(contact))

    async def set_status(self, agent_arn: str, status: str) -> None:
        """Set what an agent is: Available, as everybody is at first, Offline, or anything else."""
        async with self._login:
            self._status[agent_arn] = status
            self._login.notify_all()

    def _find(self, agent: str) -> str | None:
        ready = (a for a in self._tabs if self._status.get(a, AVAILABLE) == AVAILABLE)
        return next((a for a in ready if agent in (a, a.rpartition("/agent/")[2])), None)


def snapshot(contact: Contact) -> Message:
    """Describe a contact as a Contact Control Panel knows it."""
    return {
        "type": "contact",
        "contactId": contact.id,
        "state": _panel_state(contact),
        "number": contact.customer_number,
        "initiationMethod": contact.method,
    }


def agent_of(socket: WebSocket) -> str | None:
    """Read which agent a browser belongs to."""
    return socket.query_params.get("agentArn")


def _panel_state(contact: Contact) -> str:
    if not contact.live:
        return "ended"
    return "connected" if contact.timeline.keys() >= TALKING else "connecting"
