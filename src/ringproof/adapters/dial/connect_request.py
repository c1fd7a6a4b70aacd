"""What Connect is asked: which instance, and the request to dial."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ringproof.adapters.dial.connect_contact import agent_id
from ringproof.core.contact_record import CALL_ID
from ringproof.core.status import RING_TIMEOUT_SECONDS
from ringproof.ports import Dial


@dataclass(frozen=True, slots=True)
class ConnectConfig:
    """
    Which instance dials, through which flow (of the inbound type: it runs when the customer answers).

    *endpoint_url* stands before the SDK's own AWS_ENDPOINT_URL_CONNECT. *pass_queue* sends the call's
    queue along; then Connect may show the queue's number in place of the proof's, so it is off
    unless the two are known to be the same. *threads* bounds the calls of the API at
    once, *describes_per_second* those that only look a contact up.
    """

    instance_id: str
    contact_flow_id: str
    region: str | None = None
    endpoint_url: str | None = None
    pass_queue: bool = False
    name: str = "Verified call"
    connect_timeout: float = 2.0
    read_timeout: float = 4.0
    threads: int = 16
    describes_per_second: float | None = None


def parameters(config: ConnectConfig, request: Dial) -> dict[str, Any]:
    """
    Write the request.

    ClientToken is the call's id: Connect keeps it for seven days and answers a repeat with the same
    contact. The attributes are what a flow needs to bring this agent; agents, flow logs and contact
    records show them, so there is nothing else in them.
    """
    sent: dict[str, Any] = {
        "InstanceId": config.instance_id,
        "ContactFlowId": config.contact_flow_id,
        "DestinationPhoneNumber": request.dest,
        "SourcePhoneNumber": request.orig,
        "ClientToken": request.call_id,
        "RingTimeoutInSeconds": RING_TIMEOUT_SECONDS,
        "TrafficType": "GENERAL",
        "Name": config.name,
        "Attributes": _attributes(request),
    }
    return sent | {"QueueId": request.queue} if config.pass_queue else sent


def _attributes(request: Dial) -> Mapping[str, str]:
    return {
        "verified_call": "true",
        CALL_ID: request.call_id,
        "agent_id": agent_id(request.agent_arn),
        "agent_arn": request.agent_arn,
        "agent_name": request.agent_name,
    }
