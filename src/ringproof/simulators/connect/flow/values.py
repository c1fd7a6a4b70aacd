"""Values in a flow: static text, or a reference to what Connect knows of the contact."""

import contextlib
from collections.abc import Mapping
from typing import Any

from ringproof.simulators.connect.flow.program import Case

Facts = Mapping[str, Any]


def value(written: str, facts: Facts) -> str:
    """Return what a value stands for; a reference to nothing is empty, as in Connect."""
    if not written.startswith("$."):
        return written
    found: Any = facts
    for name in written[2:].split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found if isinstance(found, str) else ""


def values(written: Mapping[str, str], facts: Facts) -> dict[str, str]:
    """Return what each value stands for."""
    return {name: value(each, facts) for name, each in written.items()}


def holds(case: Case, compared: str) -> bool:
    """True if a branch is to be taken."""
    match case.operator:
        case "Equals":
            return compared == case.operand
        case "TextStartsWith":
            return compared.startswith(case.operand)
        case "TextEndsWith":
            return compared.endswith(case.operand)
        case "TextContains":
            return case.operand in compared
        case _:
            return _number_holds(case, compared)


def _number_holds(case: Case, compared: str) -> bool:
    with contextlib.suppress(ValueError):
        left, right = float(compared), float(case.operand)
        return {
            "NumberGreaterThan": left > right,
            "NumberGreaterOrEqualTo": left >= right,
            "NumberLessThan": left < right,
            "NumberLessOrEqualTo": left <= right,
        }[case.operator]
    return False
