"""The operations on a contact that exists: stop it, describe it, its attributes."""

from typing import Any

from ringproof.simulators.connect.contacts import Contact, Stage, merge_attributes
from ringproof.simulators.connect.exchange import Exchange
from ringproof.simulators.connect.options import ConnectOptions
from ringproof.simulators.connect.refusals import Refused
from ringproof.simulators.connect.shapes import check_attributes

NOT_STOPPABLE = {"DISCONNECT", "TRANSFER", "QUEUE_TRANSFER", "EXTERNAL_OUTBOUND", "MONITOR"}
TIMESTAMPS = {
    Stage.INITIATED: "InitiationTimestamp",
    Stage.RINGING: "RingStartTimestamp",
    Stage.CONNECTED: "ConnectedToSystemTimestamp",
    Stage.ENDED: "DisconnectTimestamp",
}


def stop_contact(exchange: Exchange, params: dict[str, Any]) -> dict[str, Any]:
    """End a live contact, whatever it is doing.

    That an ended contact is answered like an unknown one is our reading: no page says.
    """
    contact = exchange.book.get(params["ContactId"])
    if contact is None or not contact.live:
        message = "The contact with the specified ID does not exist."
        raise Refused("ContactNotFoundException", message)
    if contact.method in NOT_STOPPABLE:
        message = f"StopContact does not work for initiation method {contact.method}."
        raise Refused("InvalidRequestException", message)
    if params.get("DisconnectReason"):
        message = "Only outbound campaigns can provide DisconnectReason."
        raise Refused("InvalidRequestException", message)
    exchange.finish(contact, "OTHER")
    return {}


def describe_contact(exchange: Exchange, params: dict[str, Any]) -> dict[str, Any]:
    """Describe a contact, live or ended."""
    return {"Contact": _description(_find(exchange, params["ContactId"]), exchange.options)}


def get_contact_attributes(exchange: Exchange, params: dict[str, Any]) -> dict[str, Any]:
    """Read the user attributes."""
    return {"Attributes": _find(exchange, params["InitialContactId"]).attributes}


def update_contact_attributes(exchange: Exchange, params: dict[str, Any]) -> dict[str, Any]:
    """Set user attributes, during the contact or after it, when its record is written anew."""
    contact = _find(exchange, params["InitialContactId"])
    check_attributes({**contact.attributes, **params["Attributes"]})
    merge_attributes(contact, params["Attributes"])
    exchange.records.write(contact)
    return {}


def _find(exchange: Exchange, contact_id: str) -> Contact:
    contact = exchange.book.get(contact_id)
    if contact is None:
        raise Refused("ResourceNotFoundException", "The specified resource was not found.")
    return contact


def _description(contact: Contact, options: ConnectOptions) -> dict[str, Any]:
    times = contact.timeline
    described: dict[str, Any] = {
        "Arn": f"{options.instance_arn}/contact/{contact.id}",
        "Id": contact.id,
        "InitialContactId": contact.initial_id,
        "PreviousContactId": contact.previous_id,
        "RelatedContactId": contact.related_id,
        "InitiationMethod": contact.method,
        "Name": contact.name,
        "Description": contact.description,
        "Channel": "VOICE",
        "QueueInfo": contact.queue and {"Id": contact.queue.id},
        "AgentInfo": _agent(contact),
        "CustomerEndpoint": _endpoint(contact.customer_number),
        "SystemEndpoint": _endpoint(contact.system_number),
        "Attributes": contact.attributes,
        "DisconnectReason": contact.disconnect_reason,
        "LastUpdateTimestamp": contact.updated_at / 1000,
        **{name: times[stage] / 1000 for stage, name in TIMESTAMPS.items() if stage in times},
    }
    return {name: value for name, value in described.items() if value is not None}


def _agent(contact: Contact) -> dict[str, Any] | None:
    """Name the agent once connected: AgentInfo is empty during a whisper."""
    at = contact.timeline.get(Stage.AGENT_CONNECTED)
    if at is None or contact.agent_arn is None:
        return None
    agent_id = contact.agent_arn.rpartition("/agent/")[2]
    return {"Id": agent_id, "ConnectedToAgentTimestamp": at / 1000}


def _endpoint(number: str | None) -> dict[str, str] | None:
    return {"Type": "TELEPHONE_NUMBER", "Address": number} if number else None
