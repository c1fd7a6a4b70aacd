"""The numbers that tell whether verified calling works, for Prometheus."""

from prometheus_client import Counter, Gauge, Histogram

_SHORT = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30)

CALLS = Counter(
    "ringproof_calls_total",
    "Calls by the state they ended in, what became of them, and how sure the announcement was.",
    ["state", "outcome", "code", "assurance"],
)
PUSHES = Counter(
    "ringproof_pushes_total", "Pushes by service and verdict.", ["service", "type", "verdict"]
)
DIALS = Counter("ringproof_dials_total", "Requests to dial by verdict.", ["verdict"])
RECEIPTS = Counter("ringproof_receipts_total", "Receipts by event.", ["evt"])
STATUS = Counter("ringproof_status_answers_total", "Status answers.", ["answer"])
ACCEPT_TO_RECEIPT = Histogram(
    "ringproof_push_accept_to_receipt_seconds",
    "From the push service's acceptance to the device's first receipt.",
    ["service"],
    buckets=_SHORT,
)
LEAD_TIME = Histogram(
    "ringproof_receipt_to_dial_seconds",
    # Not to the ring: Connect says when that began for campaign calls only (API_Contact).
    "From the first good receipt to the request to dial: what the proof leads the ring by, at least.",
    buckets=_SHORT,
)
REQUEST_TO_PUSH = Histogram(
    "ringproof_request_to_push_seconds",
    "From the agent's request to the hand-over of the push.",
    buckets=_SHORT,
)
VIOLATIONS = Counter(
    "ringproof_violations_total",
    "Contacts that went round the verified path, by what they were and what was done.",
    ["code", "done"],
)
GATE = Counter("ringproof_gate_total", "Answers of the gate.", ["decision", "code"])
RUNNING = Gauge("ringproof_running_tasks", "Announcements and notices under way in this process.")
ALARMS = Counter("ringproof_alarms_total", "Things that a person must look at.", ["kind"])
