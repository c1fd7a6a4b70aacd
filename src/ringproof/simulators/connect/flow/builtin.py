"""The flows that every Connect instance has from the beginning."""

import json

from ringproof.simulators.connect.instance import QUEUE_ID, Flow

DEFAULT_OUTBOUND = Flow(
    id="b8a7c1de-2f64-4a35-9a55-0f6b6e6f0f06",
    name="Default outbound",
    type="OUTBOUND_WHISPER",
    content=json.dumps({
        "Version": "2019-10-30",
        "StartAction": "say",
        "Actions": [
            {
                "Identifier": "say",
                "Type": "MessageParticipant",
                "Parameters": {"Text": "This call is not being recorded."},
                "Transitions": {"NextAction": "end"},
            },
            {
                "Identifier": "end",
                "Type": "EndFlowExecution",
                "Parameters": {},
                "Transitions": {},
            },
        ],
    }),
)  # fmt: skip
"""Of a queue with none of its own: it speaks to the customer, and thereby calls, whoever dials."""


def _aim(name: str, target: dict[str, str], otherwise: str) -> dict[str, object]:
    return {
        "Identifier": name,
        "Type": "UpdateContactTargetQueue",
        "Parameters": target,
        "Transitions": {
            "NextAction": "transfer",
            "Errors": [{"ErrorType": "NoMatchingError", "NextAction": otherwise}],
        },
    }


SAMPLE_INBOUND = Flow(
    id="7a1c5a52-6a0f-4d4e-8a0d-2f9c1f0b0b02",
    name="Sample inbound flow",
    type="CONTACT_FLOW",
    content=json.dumps({
        "Version": "2019-10-30",
        "StartAction": "agent",
        "Actions": [
            _aim("agent", {"AgentId": "$.Attributes.agent_id"}, "queue"),
            _aim("queue", {"QueueId": QUEUE_ID}, "hang_up"),
            {
                "Identifier": "transfer",
                "Type": "TransferContactToQueue",
                "Parameters": {},
                "Transitions": {
                    "NextAction": "hang_up",
                    "Errors": [
                        {"ErrorType": kind, "NextAction": "hang_up"}
                        for kind in ("QueueAtCapacity", "NoMatchingError")
                    ],
                },
            },
            {
                "Identifier": "hang_up",
                "Type": "DisconnectParticipant",
                "Parameters": {},
                "Transitions": {},
            },
        ],
    }),
)  # fmt: skip
"""Brings the agent named in the attribute `agent_id`, or puts the caller into the first queue."""
