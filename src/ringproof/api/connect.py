"""Connect's side: its events, as EventBridge sends them, and the gate, as a flow invokes a Lambda."""

from collections.abc import Mapping
from typing import Any

import structlog

from ringproof.api.auth.callers import Operator
from ringproof.api.route import Ask, Audience, Route
from ringproof.core.contact_event import instant, read_contact_event
from ringproof.core.errors import Code
from ringproof.usecases.enforce import GateQuestion, enforce
from ringproof.usecases.follow_contact import follow_contact, hear_feed

_log = structlog.get_logger()

Json = Ask[Operator, dict[str, Any]]
Flat = dict[str, str]
"""A STRING_MAP: what a flow can read of a Lambda's answer."""


async def take_event(ask: Json) -> None:
    """
    Follow a contact event, or hear the feed's heartbeat.

    What cannot be stored now is answered with 503, so that EventBridge sends it again; what means
    nothing to us is taken and dropped, because nobody could do better with it later.
    """
    desk, event = ask.service.desk, ask.said
    if _is_heartbeat(event):
        await hear_feed(desk, instant(event.get("time")))
    elif contact := read_contact_event(event):
        await follow_contact(desk, contact)
    else:
        _log.info("event_ignored", source=str(event.get("source"))[:64])


def _is_heartbeat(event: Mapping[str, Any]) -> bool:
    return event.get("source") == "aws.events" and event.get("detail-type") == "Scheduled Event"


async def ask_gate(ask: Json) -> Flat:
    """
    Say whether an agent's dial may become a call; whatever is not clearly yes is no.

    A 5xx is a no as well: the flow's error branch leads to `stop`.
    """
    question = _question(ask.said)
    call = await enforce(ask.service.desk, question) if question else None
    if call is None:
        code = "not_announced" if question else Code.INVALID_REQUEST.value
        return {"decision": "deny", "callId": "", "callerId": "", "code": code}
    return {"decision": "allow", "callId": call.id, "callerId": call.orig, "code": ""}


def _question(event: Mapping[str, Any]) -> GateQuestion | None:
    """Read a ContactFlowEvent; many of its fields may be null (admin guide, connect-lambda-functions)."""
    details = _object(event, "Details")
    data, given = _object(details, "ContactData"), _object(details, "Parameters")
    # What Connect itself says of the contact stands before what the flow was told to pass.
    said = (
        given.get("agentArn"),
        _object(data, "CustomerEndpoint").get("Address") or given.get("number"),
        _object(data, "Queue").get("ARN") or given.get("queueArn"),
        data.get("ContactId"),
    )
    if event.get("Name") != "ContactFlowEvent" or not all(isinstance(s, str) and s for s in said):
        return None
    agent_arn, number, queue, contact_id = (str(each) for each in said)
    return GateQuestion(agent_arn, number, queue, contact_id)


def _object(parent: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = parent.get(name)
    return value if isinstance(value, dict) else {}


ROUTES = (
    Route(
        method="POST", path="/connect/events", audience=Audience.CONNECT, handle=take_event,
        body=dict[str, Any], status=204, summary="Take an event from EventBridge",
    ),
    Route(
        method="POST", path="/2015-03-31/functions/gate/invocations", audience=Audience.CONNECT,
        handle=ask_gate, body=dict[str, Any], answer=Flat, takes=("application/json", ""),
        summary="Ask the gate, as a flow invokes a Lambda",
    ),
)  # fmt: skip
