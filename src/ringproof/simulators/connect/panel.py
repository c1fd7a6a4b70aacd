"""What an agent can do in the Contact Control Panel, and what it refuses."""

import re
from typing import Any

from ringproof.simulators.connect.behaviours import is_number
from ringproof.simulators.connect.contacts import Contact
from ringproof.simulators.connect.exchange import Exchange
from ringproof.simulators.connect.flow.builtin import DEFAULT_OUTBOUND
from ringproof.simulators.connect.instance import MAY_DIAL, Queue

SHORT_CODE = re.compile(r"\d{3}")  # emergency services, whatever the country list says


class PanelRefused(Exception):  # noqa: N818
    """The private API behind the panel answers with this error."""

    def __init__(self, status: int, kind: str, message: str) -> None:
        super().__init__(kind)
        self.status, self.kind, self.message = status, kind, message


def dial(exchange: Exchange, body: dict[str, Any]) -> None:
    """Dial from a queue; being Offline keeps nobody from it, and the queue is the browser's choice."""
    agent_arn, queue = _agent(body), _queue(exchange, body)
    user = exchange.options.user(agent_arn)
    if MAY_DIAL not in exchange.options.permissions(user):
        raise PanelRefused(403, "AccessDeniedException", f"{MAY_DIAL} is not granted")
    if queue.id not in exchange.options.routing_profile(user).queue_ids:
        message = "the queue is not in the agent's routing profile"
        raise PanelRefused(403, "InvalidQueueException", message)
    if any(contact.agent_arn == agent_arn for contact in exchange.book.live()):
        raise PanelRefused(409, "InvalidStateException", "the agent is on a contact")
    contact = Contact("OUTBOUND", _number(exchange, body), agent_arn=agent_arn, queue=queue)
    exchange.begin(contact)
    whisper(exchange, contact, queue)


def add(exchange: Exchange, body: dict[str, Any]) -> None:
    """Add a telephone number to a contact: EXTERNAL_OUTBOUND, for which Connect runs no flow.

    The whole chain of contacts has the attributes of the first. Which number it shows without a
    queue's is our reading, and so is that the permission to dial does not matter: no page says.
    """
    agent_arn, first = _agent(body), exchange.book.get(str(body.get("contactId")))
    if first is None or not first.live or first.agent_arn != agent_arn:
        raise PanelRefused(404, "ContactNotFoundException", "the agent is not on that contact")
    added = Contact(
        "EXTERNAL_OUTBOUND",
        _number(exchange, body),
        agent_arn=agent_arn,
        queue=first.queue,
        attributes=dict(first.attributes),
        previous=first,
    )
    exchange.begin(added)
    shown = exchange.options.caller_id(first.queue, first.system_number)
    exchange.dial(added, shown or exchange.options.claimed_numbers[0], 60)


def call_back(exchange: Exchange, body: dict[str, Any]) -> None:
    """Let an agent take a queued callback, which a caller asked for in a contact that has ended."""
    agent_arn, queue = _agent(body), _queue(exchange, body)
    number = _number(exchange, body)
    asked = Contact("INBOUND", number, exchange.options.claimed_numbers[0], queue=queue)
    exchange.begin(asked)
    exchange.finish(asked, "CUSTOMER_DISCONNECT")
    contact = Contact(
        "CALLBACK",
        number,
        agent_arn=agent_arn,
        queue=queue,
        previous=asked,
        known_to_flow_as=asked.id,
    )
    exchange.begin(contact)
    whisper(exchange, contact, queue)


def whisper(exchange: Exchange, contact: Contact, queue: Queue) -> None:
    """Run the queue's outbound whisper flow, which makes the call or does not."""
    flow_id = queue.outbound_flow_id or DEFAULT_OUTBOUND.id
    exchange.background.spawn(exchange.flows.run(exchange, contact, flow_id))


def _agent(body: dict[str, Any]) -> str:
    if not isinstance(body.get("agentArn"), str):
        raise PanelRefused(400, "BadRequest", "agentArn is needed")
    return str(body["agentArn"])


def _queue(exchange: Exchange, body: dict[str, Any]) -> Queue:
    """Find the queue that is named, or the default one of the agent's routing profile."""
    options = exchange.options
    profile = options.routing_profile(options.user(_agent(body)))
    queue = options.queue(str(body.get("queueArn") or profile.default_outbound_queue_id))
    if queue is None:
        raise PanelRefused(400, "InvalidQueueException", "the queue is not of this instance")
    return queue


def _number(exchange: Exchange, body: dict[str, Any]) -> str:
    number, options = str(body.get("number")), exchange.options
    short = SHORT_CODE.fullmatch(number) is not None
    if not short and not is_number(number):
        raise PanelRefused(400, "BadEndpointException", "not a telephone number in E.164")
    if not options.outbound_calls or not (short or options.may_dial(number)):
        raise PanelRefused(403, "UnsupportedCountryException", "calls to there are not allowed")
    if exchange.full:
        raise PanelRefused(429, "LimitExceededException", "too many concurrent calls")
    return number
