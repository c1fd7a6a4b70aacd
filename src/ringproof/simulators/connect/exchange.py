"""The life of a contact: what Connect does with a call from its beginning to its end."""

from dataclasses import dataclass
from typing import Protocol

from ringproof.simulators.connect.background import Background
from ringproof.simulators.connect.book import ContactBook
from ringproof.simulators.connect.contacts import DISCONNECT_REASONS, Contact, Stage
from ringproof.simulators.connect.delivery import Destination, Parcel
from ringproof.simulators.connect.desks import Desks
from ringproof.simulators.connect.events import EVENT_TYPES, contact_event
from ringproof.simulators.connect.leg import EndReason, Leg, LegState
from ringproof.simulators.connect.network import Network
from ringproof.simulators.connect.options import ConnectOptions
from ringproof.simulators.connect.pace import Pace
from ringproof.simulators.connect.record_stream import RecordStream

CUSTOMER_LEFT = "CUSTOMER_DISCONNECT"
AGENT_FIRST = {"OUTBOUND", "CALLBACK"}  # the agent hears the ring


class Flows(Protocol):
    """The published flows."""

    async def run(self, exchange: "Exchange", contact: Contact, flow_id: str) -> None:
        """Run a flow on a contact until either has ended."""

    def has(self, flow_id: str) -> bool:
        """True if there is such a flow."""


@dataclass(frozen=True)
class Exchange:
    """Everything a contact meets on its way."""

    options: ConnectOptions
    pace: Pace
    background: Background
    network: Network
    book: ContactBook
    desks: Desks
    destination: Destination
    records: RecordStream
    flows: Flows

    @property
    def full(self) -> bool:
        """True while the quota of concurrent calls is used up."""
        return len(self.book.live()) >= self.options.concurrent_calls

    def begin(self, contact: Contact, client_token: str | None = None) -> None:
        """Take a new contact into the book."""
        self.book.add(contact, client_token)
        self._announce(contact, EVENT_TYPES[Stage.INITIATED])
        self.desks.show(contact)

    def dial(self, contact: Contact, caller_id: str, ring_timeout_s: int) -> None:
        """Call the customer; an agent who is connected first hears the ring."""
        contact.system_number = caller_id
        contact.mark(Stage.DIALED)
        if contact.method in AGENT_FIRST:
            self._happened(contact, Stage.AGENT_CONNECTED)
        contact.leg = self.network.place(
            caller=caller_id, called=contact.customer_number, ring_timeout_s=ring_timeout_s
        )
        self.background.spawn(self._follow(contact, contact.leg))

    def receive(self, leg: Leg) -> None:
        """Answer a call to one of the instance's own numbers, as an inbound flow does."""
        if self.full:
            leg.end(EndReason.BUSY)
            return
        contact = Contact("INBOUND", leg.caller, system_number=leg.called, leg=leg)
        contact.flow_id = self.options.inbound_flow_id
        self.begin(contact)
        leg.answer(by="flow")
        self.background.spawn(self._follow(contact, leg))

    def finish(self, contact: Contact, reason: str) -> None:
        """End a contact and its call; the first reason counts."""
        if not contact.live:
            return
        contact.disconnect_reason = reason
        self._happened(contact, Stage.ENDED)
        if contact.leg:
            contact.leg.end(EndReason.CALLER_HUNG_UP)
        self._announce(contact, "COMPLETED")  # there is no after-contact work here
        self.records.write(contact)

    def enqueue(self, contact: Contact, agent: str | None) -> None:
        """Put a contact into its queue, or into the queue of one agent, named by id or ARN."""
        self._happened(contact, Stage.QUEUED)
        if contact.queue_flow_id:
            self.background.spawn(self.flows.run(self, contact, contact.queue_flow_id))
        if agent:
            self.background.spawn(self._bring(contact, agent))

    async def _follow(self, contact: Contact, leg: Leg) -> None:
        async for move in leg.moves():
            if move.state is LegState.RINGING:
                contact.mark(Stage.RINGING, move.at)
            elif move.state is LegState.ANSWERED:
                self._answered(contact, move.at)
            elif leg.reason:
                self.finish(contact, self._disconnect_reason(contact, leg.reason))

    def _answered(self, contact: Contact, at: int) -> None:
        self._happened(contact, Stage.CONNECTED, at)
        if contact.flow_id:
            self.background.spawn(self.flows.run(self, contact, contact.flow_id))

    async def _bring(self, contact: Contact, agent: str) -> None:
        """Offer the contact to its agent, who accepts automatically once Available."""
        agent_arn = await self.desks.available(agent)
        if not contact.live:
            return
        contact.agent_arn = agent_arn
        self.desks.show(contact)
        await self.pace.pass_by(self.options.agent_accept_ms)
        self._happened(contact, Stage.AGENT_CONNECTED)

    def _happened(self, contact: Contact, stage: Stage, at: int | None = None) -> None:
        if not contact.live:
            return
        contact.mark(stage, at)
        self._announce(contact, EVENT_TYPES[stage])
        self.desks.show(contact)

    def _announce(self, contact: Contact, event_type: str) -> None:
        event = contact_event(contact, event_type, self.options)
        self.destination.send(Parcel(event["id"], event_type, event))

    def _disconnect_reason(self, contact: Contact, reason: EndReason) -> str:
        if contact.method == "INBOUND" and reason is EndReason.CALLER_HUNG_UP:
            return CUSTOMER_LEFT
        return DISCONNECT_REASONS[reason]
