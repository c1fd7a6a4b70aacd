"""What is wrong with one action of a flow."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ringproof.simulators.connect.flow.rules import OPERATORS, RULES, Rule


def action_problems(
    action: Mapping[str, Any], flow_type: str, names: Collection[str]
) -> Iterator[str]:
    """Say all that is wrong with an action; *names* are the actions that its edges may lead to."""
    name, kind, edges = action["Identifier"], action["Type"], action["Transitions"]
    rule = RULES.get(kind)
    if rule is None:
        yield f"{name}: the simulator cannot run {kind}"
        return
    if flow_type not in rule.allowed_in:
        yield f"{name}: {kind} is not supported in a flow of type {flow_type}"
    said = (
        *_parameter_problems(action["Parameters"], rule, kind),
        *_edge_problems(edges, rule, names),
        *_error_problems(edges, rule),
        *_case_problems(edges, rule),
    )
    yield from (f"{name}: {problem}" for problem in said)


def _parameter_problems(given: Mapping[str, Any], rule: Rule, kind: str) -> Iterator[str]:
    for unknown in sorted(set(given) - set(rule.takes)):
        yield f"there is no parameter {unknown}, or the simulator does not know it"
    for name, fits in rule.takes.items():
        if name not in given and name not in rule.optional:
            yield f"the parameter {name} is missing"
        elif name in given and not fits(given[name]):
            yield f"the parameter {name} cannot be {given[name]!r}"
    if kind == "UpdateContactTargetQueue" and len(given) != 1:
        yield "exactly one of QueueId and AgentId is needed"


def _edge_problems(edges: Mapping[str, Any], rule: Rule, names: Collection[str]) -> Iterator[str]:
    if rule.final:
        if edges:
            yield "nothing comes after it, so it has no transitions"
        return
    if not isinstance(edges.get("NextAction"), str):
        yield "NextAction is missing"
        return
    others = (*edges.get("Errors", []), *edges.get("Conditions", []))
    targets = [edges["NextAction"], *(each["NextAction"] for each in others)]
    for target in sorted(set(targets) - set(names)):
        yield f"the transition to {target} leads nowhere"


def _error_problems(edges: Mapping[str, Any], rule: Rule) -> Iterator[str]:
    caught = {each["ErrorType"] for each in edges.get("Errors", [])}
    for missing in sorted(rule.must_catch - caught):
        yield f"the error {missing} is not handled"
    for strange in sorted(caught - rule.must_catch - rule.may_catch):
        yield f"the error {strange} cannot happen"


def _case_problems(edges: Mapping[str, Any], rule: Rule) -> Iterator[str]:
    conditions = [each["Condition"] for each in edges.get("Conditions", [])]
    for operator in sorted({each["Operator"] for each in conditions} - OPERATORS):
        yield f"there is no operator {operator}"
    operands = [each["Operands"][0] for each in conditions]
    if rule.cases is None and not operands:
        yield "there are no conditions"
    if rule.cases is not None and sorted(operands) != sorted(rule.cases):
        yield f"the conditions are not {sorted(rule.cases)}"
