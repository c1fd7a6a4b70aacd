"""StartOutboundVoiceContact: Connect calls the customer, then brings the agent."""

from typing import Any

from ringproof.simulators.connect.contacts import Contact
from ringproof.simulators.connect.exchange import Exchange
from ringproof.simulators.connect.instance import Queue
from ringproof.simulators.connect.options import ConnectOptions
from ringproof.simulators.connect.refusals import Refused
from ringproof.simulators.connect.shapes import check_attributes

REFERENCE_TYPES = {"URL", "NUMBER", "STRING", "DATE", "EMAIL"}
DEFAULT_RING_TIMEOUT_S = 60


def start_outbound_voice_contact(exchange: Exchange, params: dict[str, Any]) -> dict[str, Any]:
    """Accept the request before anything rings; a known client token returns its contact."""
    token = params.get("ClientToken")
    if known := exchange.book.started_by(token):
        return {"ContactId": known.id}
    _check_permission(exchange.options, params)
    queue = _queue(exchange.options, params)
    caller_id = _caller_id(exchange.options, queue, params)
    if exchange.full:
        raise Refused("LimitExceededException", "Concurrent active calls limit exceeded.")
    contact = _contact(exchange, queue, params)
    exchange.begin(contact, token)
    exchange.dial(contact, caller_id, params.get("RingTimeoutInSeconds") or DEFAULT_RING_TIMEOUT_S)
    return {"ContactId": contact.id}


def _check_permission(options: ConnectOptions, params: dict[str, Any]) -> None:
    if params.get("OutboundStrategy"):
        message = "Only the outbound campaigns service principal may set OutboundStrategy."
        raise Refused("AccessDeniedException", message)
    if params.get("TrafficType") == "CAMPAIGN":
        raise Refused("InvalidRequestException", "Campaign calls are not allowed.")
    if (params.get("AnswerMachineDetectionConfig") or {}).get("EnableAnswerMachineDetection"):
        raise Refused("InvalidRequestException", "Answering machines need TrafficType CAMPAIGN.")
    if not options.outbound_calls:
        raise Refused("OutboundContactNotPermittedException", "Outbound calls are not enabled.")
    flow = next((each for each in options.flows if each.id == params["ContactFlowId"]), None)
    if flow is None or flow.type != "CONTACT_FLOW":
        raise Refused("ResourceNotFoundException", "ContactFlow not found.")
    if not options.may_dial(params["DestinationPhoneNumber"]):
        message = "Outbound calls to the destination number are not allowed."
        raise Refused("DestinationNotAllowedException", message)


def _queue(options: ConnectOptions, params: dict[str, Any]) -> Queue | None:
    queue_id = params.get("QueueId")
    queue = options.queue(queue_id) if queue_id else None
    if queue_id and queue is None:
        raise Refused("ResourceNotFoundException", "Queue not found.")
    return queue


def _caller_id(options: ConnectOptions, queue: Queue | None, params: dict[str, Any]) -> str:
    source = params.get("SourcePhoneNumber")
    if source and source not in options.claimed_numbers:
        raise Refused("InvalidParameterException", "SourcePhoneNumber is not of this instance.")
    caller_id = options.caller_id(queue, source)
    if caller_id is None:
        message = "SourcePhoneNumber, or a queue with an outbound caller ID, is needed."
        raise Refused("InvalidParameterException", message)
    return caller_id


def _contact(exchange: Exchange, queue: Queue | None, params: dict[str, Any]) -> Contact:
    related = exchange.book.get(params.get("RelatedContactId") or "")
    if params.get("RelatedContactId") and related is None:
        raise Refused("ResourceNotFoundException", "Related contact not found.")
    inherited = related.attributes if related else {}
    attributes = {**inherited, **(params.get("Attributes") or {})}
    check_attributes(attributes)
    _check_references(params.get("References") or {})
    return Contact(
        "API",
        params["DestinationPhoneNumber"],
        queue=queue,
        attributes=attributes,
        name=params.get("Name"),
        description=params.get("Description"),
        related_id=related.id if related else None,
        flow_id=params["ContactFlowId"],
    )


def _check_references(references: dict[str, Any]) -> None:
    for reference in references.values():
        if not isinstance(reference, dict) or reference.get("Type") not in REFERENCE_TYPES:
            raise Refused("InvalidRequestException", "Reference type is not supported here.")
