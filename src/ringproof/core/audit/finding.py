"""What an audit may find: each kind with its severity, why it matters, and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Severity(IntEnum):
    """How much it matters; from HIGH upwards nobody can vouch for the dial paths."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4


class Code(StrEnum):
    """What was found; the value is stable, and is what a pipeline may look for."""

    QUEUE_UNGATED = "queue_ungated"
    QUEUE_UNGATED_UNUSED = "queue_ungated_unused"
    QUEUE_OWN_NUMBER = "queue_own_number"
    QUEUE_MISSING = "queue_missing"
    GATE_NOT_BLOCKING = "gate_not_blocking"
    FLOW_MISSING = "flow_missing"
    FLOW_CHANGED = "flow_changed"
    FLOW_UNPINNED = "flow_unpinned"
    FLOW_NOT_LIVE = "flow_not_live"
    OUTBOUND_GRANTED = "outbound_granted"
    OUTBOUND_GRANTED_UNUSED = "outbound_granted_unused"
    AGENT_MAY_EDIT = "agent_may_edit"
    PHONE_QUICK_CONNECT = "phone_quick_connect"
    ORIGIN_MISSING = "origin_missing"
    ORIGIN_STRANGE = "origin_strange"
    FUNCTION_NOT_ASSOCIATED = "function_not_associated"
    FUNCTION_NOT_INVOCABLE = "function_not_invocable"
    FUNCTION_OPEN = "function_open"
    RECORDS_NOT_STREAMED = "records_not_streamed"
    OUTBOUND_OFF = "outbound_off"
    QUOTA_LOW = "quota_low"
    IAM_MAY_CALL = "iam_may_call"
    IAM_MAY_EDIT = "iam_may_edit"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Kind:
    """What is the same for every finding with one code."""

    severity: Severity
    why: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be: where (*subject*), and what shows it (*evidence*)."""

    code: Code
    subject: str
    evidence: str

    @property
    def severity(self) -> Severity:
        """Return its kind's."""
        return KINDS[self.code].severity

    @property
    def remedy(self) -> str:
        """Return its kind's."""
        return KINDS[self.code].remedy


KINDS: Mapping[Code, Kind] = {
    Code.QUEUE_UNGATED: Kind(
        Severity.CRITICAL,
        "An agent whose routing profile has the queue can dial from it, and no gate is asked.",
        "Set the gate as the queue's outbound whisper flow, or take the queue out of the profiles.",
    ),
    Code.QUEUE_UNGATED_UNUSED: Kind(
        Severity.MEDIUM,
        "No routing profile has the queue now; adding it to one is all that a way round takes.",
        "Set the gate as the queue's outbound whisper flow, or delete the queue.",
    ),
    Code.QUEUE_OWN_NUMBER: Kind(
        Severity.MEDIUM,
        "With a number of its own the queue can dial without the one that only the gate supplies, "
        "so a flow that fails may fail open.",
        "Remove the queue's outbound caller id number.",
    ),
    Code.QUEUE_MISSING: Kind(
        Severity.HIGH,
        "Agents are told to dial from this queue, and the instance does not have it.",
        "Set RINGPROOF_CONNECT_QUEUE to a queue of this instance.",
    ),
    Code.GATE_NOT_BLOCKING: Kind(
        Severity.HIGH,
        "In this mode the gate lets unverified calls through, so silence proves nothing.",
        "Deploy the blocking gate, and set RINGPROOF_CONNECT_GATE_MODE to block.",
    ),
    Code.FLOW_MISSING: Kind(
        Severity.CRITICAL,
        "The flow that verified calling stands on is not there.",
        "Deploy the flow, and set its id.",
    ),
    Code.FLOW_CHANGED: Kind(
        Severity.CRITICAL,
        "Editing the flow is the cheapest way round: what runs is not what was deployed.",
        "Find out in CloudTrail who changed it (UpdateContactFlowContent), and deploy it again.",
    ),
    Code.FLOW_UNPINNED: Kind(
        Severity.HIGH,
        "Nothing says what the flow should be, so a change to it would go unseen.",
        "Review the flow, and put its hash into RINGPROOF_CONNECT_FLOW_HASHES.",
    ),
    Code.FLOW_NOT_LIVE: Kind(
        Severity.HIGH,
        "A flow that is archived or was never published does not run as it reads.",
        "Publish the flow, and see that it is active.",
    ),
    Code.OUTBOUND_GRANTED: Kind(
        Severity.HIGH,
        "The server dials, and these users can still dial by hand. One profile of many is enough.",
        "Take OutboundCallAccess out of the security profile.",
    ),
    Code.OUTBOUND_GRANTED_UNUSED: Kind(
        Severity.LOW,
        "The server dials. Nobody holds this profile; whoever is given it can dial by hand.",
        "Take OutboundCallAccess out of the security profile.",
    ),
    Code.AGENT_MAY_EDIT: Kind(
        Severity.MEDIUM,
        "Whoever takes calls can take the gate away as well.",
        "Keep editing flows, queues, routing and users apart from the profiles of agents.",
    ),
    Code.PHONE_QUICK_CONNECT: Kind(
        Severity.HIGH,
        "Connect runs no flow for a quick connect to a telephone number: no gate can stop it.",
        "Remove the quick connects to telephone numbers from the queue.",
    ),
    Code.ORIGIN_MISSING: Kind(
        Severity.MEDIUM,
        "The agent's page cannot embed the Contact Control Panel from an origin that is not approved.",
        "Approve the origin.",
    ),
    Code.ORIGIN_STRANGE: Kind(
        Severity.MEDIUM,
        "A page at this origin can embed the Contact Control Panel and dial for a logged-in agent.",
        "Remove the origin, or name it in RINGPROOF_CONNECT_ORIGINS.",
    ),
    Code.FUNCTION_NOT_ASSOCIATED: Kind(
        Severity.HIGH,
        "A flow cannot invoke a function that is not associated: every call is refused, or worse.",
        "Associate the function with the instance.",
    ),
    Code.FUNCTION_NOT_INVOCABLE: Kind(
        Severity.HIGH,
        "Connect is not allowed to invoke the function: every call is refused, or worse.",
        "Allow connect.amazonaws.com to invoke it, for this instance's ARN and account.",
    ),
    Code.FUNCTION_OPEN: Kind(
        Severity.MEDIUM,
        "Others than this instance may invoke the function, and so spend an agent's permission.",
        "Allow it to connect.amazonaws.com alone, with SourceArn and SourceAccount.",
    ),
    Code.RECORDS_NOT_STREAMED: Kind(
        Severity.HIGH,
        "Contact records are what completeness is proved with; without a stream nothing is reconciled.",
        "Stream contact records to Kinesis (storage config CONTACT_TRACE_RECORDS).",
    ),
    Code.OUTBOUND_OFF: Kind(
        Severity.MEDIUM,
        "The instance cannot call out at all: no verified call is possible.",
        "Switch outbound calls on in the instance's telephony settings.",
    ),
    Code.QUOTA_LOW: Kind(
        Severity.MEDIUM,
        "Calls, or the stopping of calls, will be throttled when it is busy.",
        "Ask for more in Service Quotas; it takes days to weeks.",
    ),
    Code.IAM_MAY_CALL: Kind(
        Severity.HIGH,
        "A call by the API passes no gate: whoever may start one can call customers unannounced.",
        "Take the permission away, or name the principal in RINGPROOF_CONNECT_CALLERS.",
    ),
    Code.IAM_MAY_EDIT: Kind(
        Severity.HIGH,
        "Whoever may change the gate's content or a queue's flow can take the gate away.",
        "Take the permission away, or name the principal in RINGPROOF_CONNECT_EDITORS.",
    ),
    Code.UNREAD: Kind(
        Severity.HIGH,
        "What was not read may hide any of the others.",
        "Give the audit the permission (docs/audit.md has the policy), or run it again.",
    ),
}
