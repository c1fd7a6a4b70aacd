"""The simulated Connect instance of a deployment: its queue behind a gate, and the flows as deployed."""

from collections.abc import Mapping
from enum import StrEnum

from ringproof.flows import fill, flow_file
from ringproof.settings import Settings
from ringproof.simulators.connect import ConnectOptions, Flow, Queue, RoutingProfile

GATE_FLOW_ID = "d3f4b8a1-61c7-4a6c-8f0e-3b9a2c4d0d07"
WAIT_FLOW_ID = "a7c8ebd4-94fa-4d9f-9c31-6ecd5f7a0a10"
INBOUND_FLOW_ID = "e5a6c9b2-72d8-4b7d-9a1f-4cab3d5e0e08"
OPEN_QUEUE_ID = "f6b7dac3-83e9-4c8e-8b20-5dbc4e6f0f09"


class GateMode(StrEnum):
    """Which variant of the gate a queue has."""

    BLOCK = "block"
    WARN = "warn"
    MONITOR = "monitor"


def queue_of(settings: Settings, number: str, mode: GateMode, *, gated: bool) -> Queue:
    """Describe the deployment's queue; a gate that blocks wants one without a number of its own."""
    queue_id = settings.connect_queue.rpartition("/")[2]
    if gated:
        name = f"Verified outbound ({mode})"
        return Queue(id=queue_id, name=name, outbound_flow_id=GATE_FLOW_ID)
    return Queue(id=queue_id, name="Outbound", caller_id=number)


def flows_of(settings: Settings, number: str, mode: GateMode) -> tuple[Flow, ...]:
    """Fill the flow files with what is this deployment's."""
    values = _values(settings, number)

    def flow(flow_id: str, file: str, kind: str) -> Flow:
        return Flow(flow_id, file, kind, fill(flow_file(file), values))

    return (
        flow(settings.connect_flow, "api-call", "CONTACT_FLOW"),
        flow(WAIT_FLOW_ID, "api-wait", "CUSTOMER_QUEUE"),
        flow(INBOUND_FLOW_ID, "inbound-caller", "CONTACT_FLOW"),
        flow(GATE_FLOW_ID, f"gate-{mode}", "OUTBOUND_WHISPER"),
    )


def profile_of(*queues: Queue) -> RoutingProfile:
    """Let agents dial from these queues, by default from the first."""
    ids = tuple(queue.id for queue in queues)
    return RoutingProfile(default_outbound_queue_id=ids[0], queue_ids=ids)


def _values(settings: Settings, number: str) -> Mapping[str, str]:
    account = ConnectOptions.account
    functions = f"arn:aws:lambda:{settings.connect_region}:{account}:function:ringproof-"
    named = {"Gate": "gate", "Stop": "stop", "Ledger": "ledger", "Inbound": "inbound"}
    return {
        **{f"{name}FunctionArn": f"{functions}{function}" for name, function in named.items()},
        "WaitFlowArn": WAIT_FLOW_ID,
        "StaticCallerId": number,
        "QueueArn": settings.connect_queue,
        "BankName": settings.bank_name,
    }
