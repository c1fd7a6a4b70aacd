"""The gate of a queue: what the outbound whisper flow asks before the call is made.

A flow interpreter can take the place of `Gate.ask`; nothing else knows how the verdict came about.
"""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

from pyreqwest.client import Client
from pyreqwest.exceptions import RequestError

from ringproof.simulators.connect.contacts import Contact
from ringproof.simulators.connect.options import ConnectOptions

INVOKE = "/2015-03-31/functions/gate/invocations"
MOST_TRIES = 3
LARGEST_REPLY = 32 * 1024
RETRIED_FROM = 500
TOO_MANY = 429
OK = 200


@dataclass(frozen=True)
class Verdict:
    """What the flow does next: dial with this caller id, or stop the contact."""

    allow: bool
    caller_id: str | None = None
    attributes: dict[str, str] = field(default_factory=dict)


STOP = Verdict(allow=False)


class Gate:
    """Invokes the gate function as Connect invokes a Lambda from a flow."""

    def __init__(self, client: Client, options: ConnectOptions) -> None:
        self.client = client
        self.options = options

    async def ask(self, contact: Contact) -> Verdict:
        """Get a verdict; every error and every answer but `allow` leads to stop.

        Up to three tries of 4 s within 8 s, on throttles, 5xx, function errors and no answer
        (admin guide, connect-lambda-functions).
        """
        event = flow_event(contact, self.options)
        try:
            async with asyncio.timeout(self.options.gate_total_ms / 1000):
                for _ in range(MOST_TRIES):
                    reply = await self._invoke(event)
                    if reply is not None:
                        return self._verdict(reply)
        except TimeoutError:
            return STOP
        return STOP

    async def _invoke(self, event: dict[str, Any]) -> dict[str, Any] | None:
        """Invoke once; None asks for another try."""
        request = self.client.post(f"{self.options.gate_url}{INVOKE}")
        request = request.bearer_auth(self.options.gate_key).body_json(event)
        try:
            async with asyncio.timeout(self.options.gate_try_ms / 1000):
                answer = await request.build().send()
                body = bytes(await answer.bytes())
        except (RequestError, TimeoutError):
            return None
        if answer.status == TOO_MANY or answer.status >= RETRIED_FROM:
            return None
        if answer.get_header("x-amz-function-error"):
            return None
        return _string_map(answer.status, body)

    def _verdict(self, reply: dict[str, Any]) -> Verdict:
        """Read the reply; on `allow` the flow notes the call in the contact's attributes."""
        if reply.get("decision") != "allow":
            return STOP
        noted = {"verified_call": "true", self.options.call_attribute: reply.get("callId", "")}
        return Verdict(allow=True, caller_id=reply.get("callerId"), attributes=noted)


def flow_event(contact: Contact, options: ConnectOptions) -> dict[str, Any]:
    """Describe the contact as a flow does to a Lambda (admin guide, connect-lambda-functions)."""
    queue = contact.queue
    queue_arn = options.queue_arn(queue) if queue else None
    caller_id = _endpoint(queue.caller_id if queue else None)
    return {
        "Name": "ContactFlowEvent",
        "Details": {
            "ContactData": {
                "Attributes": contact.attributes,
                "Channel": "VOICE",
                "ContactId": contact.id,
                "InitialContactId": contact.id,
                "PreviousContactId": contact.id,
                "CustomerEndpoint": _endpoint(contact.customer_number),
                "SystemEndpoint": caller_id,
                "CustomerId": None,
                "Name": None,
                "Description": None,
                "References": {},
                "LanguageCode": "en-GB",
                "InitiationMethod": contact.method,
                "InstanceARN": options.instance_arn,
                "MediaStreams": {"Customer": {"Audio": None}},
                "Queue": queue
                and {"ARN": queue_arn, "Name": queue.name, "OutboundCallerId": caller_id},
            },
            "Parameters": {
                "agentArn": contact.agent_arn,
                "queueArn": queue_arn,
                "number": contact.customer_number,
            },
        },
    }


def _endpoint(number: str | None) -> dict[str, str] | None:
    return {"Address": number, "Type": "TELEPHONE_NUMBER"} if number else None


def _string_map(status: int, body: bytes) -> dict[str, Any]:
    """Read a STRING_MAP reply; anything else is the block's error branch, an empty map here."""
    if status != OK or len(body) > LARGEST_REPLY:
        return {}
    try:
        reply = json.loads(body)
    except ValueError:
        return {}
    flat = isinstance(reply, dict) and all(isinstance(value, str) for value in reply.values())
    return reply if flat else {}
