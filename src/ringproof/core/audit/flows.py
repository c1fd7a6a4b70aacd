"""The flows that verified calling stands on: there, live, and as they were deployed."""

from collections.abc import Iterator

from ringproof.core.audit.content import content_hash
from ringproof.core.audit.expectation import Expectation
from ringproof.core.audit.finding import Code, Finding
from ringproof.core.instance import Flow, Instance
from ringproof.core.judge import Enforcement


def missing_flows(instance: Instance, _: Expectation) -> Iterator[Finding]:
    """Find the flows that do not exist."""
    for flow_id, flow in instance.flows.items():
        if flow is None:
            yield Finding(Code.FLOW_MISSING, f"flow {flow_id}", "the instance has no such flow")


def dead_flows(instance: Instance, _: Expectation) -> Iterator[Finding]:
    """Find the flows that are archived, or were never published."""
    for flow in _there(instance):
        if not (flow.active and flow.published):
            state = "ACTIVE" if flow.active else "ARCHIVED"
            status = "PUBLISHED" if flow.published else "SAVED"
            yield Finding(Code.FLOW_NOT_LIVE, _named(flow), f"it is {state} and {status}")


def changed_flows(instance: Instance, wanted: Expectation) -> Iterator[Finding]:
    """Find the flows whose content is not one of those deployed, or to which nothing can be compared."""
    for flow in _there(instance):
        if not flow.published:
            continue
        found, known = content_hash(flow.content), wanted.hashes.get(flow.id)
        if not known:
            yield Finding(Code.FLOW_UNPINNED, _named(flow), f"its content's hash is {found}")
        elif found not in known:
            deployed = ", ".join(sorted(known))
            evidence = f"its content's hash is {found}, and what was deployed is {deployed}"
            yield Finding(Code.FLOW_CHANGED, _named(flow), evidence)


def gate_mode(_: Instance, wanted: Expectation) -> Iterator[Finding]:
    """Find that the gate is deployed to let calls through."""
    if wanted.gate_mode is not Enforcement.BLOCK:
        yield Finding(
            Code.GATE_NOT_BLOCKING, f"flow {wanted.gate}", f"the gate's mode is {wanted.gate_mode}"
        )


def _there(instance: Instance) -> list[Flow]:
    return [flow for flow in instance.flows.values() if flow]


def _named(flow: Flow) -> str:
    return f"flow {flow.name} ({flow.id})"
