"""Loading a flow, with the refusals of CreateContactFlow for one that is to be published."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ringproof.simulators.connect.flow.problems import action_problems
from ringproof.simulators.connect.flow.program import Action, Case, Program
from ringproof.simulators.connect.flow.rules import EVERY

VERSION = "2019-10-30"
LONGEST = 256_000  # characters
MOST_ACTIONS = 250
IDENTIFIER = re.compile(r"[^%:(\\/)=$,;\[\]{}]{1,50}")
MOST_PROBLEMS = 50


class InvalidContactFlow(ValueError):  # noqa: N818
    """Connect's InvalidContactFlowException: the flow cannot be published."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problem[:256] for problem in problems[:MOST_PROBLEMS])
        super().__init__("; ".join(self.problems))


def load(content: str, flow_type: str) -> Program:
    """Load a flow of a type, such as CONTACT_FLOW; InvalidContactFlow says all that is wrong."""
    document = _parse(content)
    if problems := [*_problems(document, len(content), flow_type)]:
        raise InvalidContactFlow(problems)
    actions = {each["Identifier"]: _action(each) for each in document["Actions"]}
    return Program(flow_type, document["StartAction"], actions)


def _parse(content: str) -> dict[str, Any]:
    try:
        document: dict[str, Any] = json.loads(content)
    except ValueError:
        raise InvalidContactFlow(["the content is not JSON"]) from None
    actions = document.get("Actions") if isinstance(document, dict) else None
    if not isinstance(actions, list) or not all(map(_has_form, actions)):
        raise InvalidContactFlow(["the content is not a flow with a list of actions"])
    return document


def _has_form(action: Any) -> bool:
    """True if an action has the four members, each of the right kind, and so has each edge."""
    if not isinstance(action, dict):
        return False
    kinds = {"Identifier": str, "Type": str, "Parameters": dict, "Transitions": dict}
    if not all(isinstance(action.get(name), kind) for name, kind in kinds.items()):
        return False
    edges = action["Transitions"]
    return all(_is_edge(each, "ErrorType") for each in edges.get("Errors", [])) and all(
        _is_edge(each) and _is_condition(each.get("Condition"))
        for each in edges.get("Conditions", [])
    )


def _is_edge(edge: Any, *names: str) -> bool:
    return isinstance(edge, dict) and all(
        isinstance(edge.get(name), str) for name in ("NextAction", *names)
    )


def _is_condition(condition: Any) -> bool:
    """True for one operator with one operand, which is all that the operators here take."""
    if not isinstance(condition, dict) or not isinstance(condition.get("Operator"), str):
        return False
    operands = condition.get("Operands")
    return isinstance(operands, list) and len(operands) == 1 and isinstance(operands[0], str)


def _problems(document: Mapping[str, Any], length: int, flow_type: str) -> Iterator[str]:
    actions = document["Actions"]
    names = [action["Identifier"] for action in actions]
    if flow_type not in EVERY:
        yield f"{flow_type} is no type of flow"
    if length > LONGEST:
        yield f"the content has more than {LONGEST} characters"
    if document.get("Version") != VERSION:
        yield f"the version is not {VERSION}"
    if len(actions) > MOST_ACTIONS:
        yield f"there are more than {MOST_ACTIONS} actions"
    if document.get("StartAction") not in names:
        yield "StartAction is not an action"
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"{name}: the identifier is not unique"
    for action in actions:
        if not IDENTIFIER.fullmatch(action["Identifier"]):
            yield f"{action['Identifier']}: the identifier is not permitted"
        yield from action_problems(action, flow_type, names)


def _action(given: Mapping[str, Any]) -> Action:
    edges = given["Transitions"]
    return Action(
        id=given["Identifier"],
        type=given["Type"],
        parameters=given["Parameters"],
        next=edges.get("NextAction"),
        cases=tuple(map(_case, edges.get("Conditions", []))),
        errors={each["ErrorType"]: each["NextAction"] for each in edges.get("Errors", [])},
    )


def _case(given: Mapping[str, Any]) -> Case:
    condition = given["Condition"]
    return Case(condition["Operator"], condition["Operands"][0], given["NextAction"])
