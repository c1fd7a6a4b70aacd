"""What Connect knows of a contact, as its flows see it and as it tells their Lambdas."""

from collections.abc import Mapping
from typing import Any

from ringproof.simulators.connect.contacts import Contact
from ringproof.simulators.connect.flow.values import Facts
from ringproof.simulators.connect.options import ConnectOptions


def facts_of(contact: Contact, options: ConnectOptions) -> Facts:
    """Answer the references of a flow (admin guide, connect-attrib-list)."""
    data = contact_data(contact, options)
    return {**data, "Queue": data["Queue"] or {}, "Agent": _agent(contact, options)}


def flow_event(
    contact: Contact, options: ConnectOptions, parameters: Mapping[str, str]
) -> dict[str, Any]:
    """Describe a contact as a flow does to a Lambda (admin guide, connect-lambda-functions)."""
    details = {"ContactData": contact_data(contact, options), "Parameters": dict(parameters)}
    return {"Name": "ContactFlowEvent", "Details": details}


def contact_data(contact: Contact, options: ConnectOptions) -> dict[str, Any]:
    """Describe a contact; the agent is not in it.

    A callback's flow is told another contact's id, so that StopContact with it stops nothing
    (AWS Knowledge Center, "connect-block-outbound-calls").
    """
    known_as = contact.known_to_flow_as or contact.id
    queue = contact.queue
    queue_number = endpoint(queue.caller_id if queue else None)
    return {
        "Attributes": dict(contact.attributes),
        "Channel": "VOICE",
        "ContactId": known_as,
        "InitialContactId": contact.initial_id,
        "PreviousContactId": contact.previous_id or known_as,
        "CustomerEndpoint": endpoint(contact.customer_number),
        "SystemEndpoint": endpoint(contact.system_number) or queue_number,
        "CustomerId": None,
        "Name": None,
        "Description": None,
        "References": {},
        "LanguageCode": "en-GB",
        "InitiationMethod": contact.method,
        "InstanceARN": options.instance_arn,
        "MediaStreams": {"Customer": {"Audio": None}},
        "Queue": queue
        and {
            "ARN": options.queue_arn(queue),
            "Name": queue.name,
            "OutboundCallerId": queue_number,
        },
    }


def endpoint(number: str | None) -> dict[str, str] | None:
    """Write a telephone number as an endpoint."""
    return {"Address": number, "Type": "TELEPHONE_NUMBER"} if number else None


def _agent(contact: Contact, options: ConnectOptions) -> dict[str, str]:
    if contact.agent_arn is None:
        return {}
    return {"ARN": contact.agent_arn, "UserName": options.user(contact.agent_arn).username}
