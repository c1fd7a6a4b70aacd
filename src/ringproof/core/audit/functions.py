"""The Lambda functions that the gate asks: associated, and invocable by this instance alone."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ringproof.core.audit.expectation import Expectation
from ringproof.core.audit.finding import Code, Finding
from ringproof.core.instance import Instance
from ringproof.core.wildcards import covers

CONNECT = "connect.amazonaws.com"


def unassociated(instance: Instance, wanted: Expectation) -> Iterator[Finding]:
    """Find the functions that flows of this instance may not invoke."""
    if instance.associated is None:
        return
    for arn in sorted(wanted.functions - set(instance.associated)):
        evidence = f"the instance has {len(instance.associated)} other functions"
        yield Finding(Code.FUNCTION_NOT_ASSOCIATED, f"function {arn}", evidence)


def invocable(instance: Instance, wanted: Expectation) -> Iterator[Finding]:
    """Find the functions that Connect may not invoke, and those that others may, too."""
    for function in instance.functions:
        said = _statements(function.policy)
        grants = [each for each in said if each.get("Effect") == "Allow"]
        denies = [each for each in said if each.get("Effect") != "Allow"]
        allowed = any(_for_us(each, wanted) for each in grants)
        if not allowed or any(_for_us(each, wanted) for each in denies):
            evidence = (
                "its policy does not let Connect invoke it"
                if function.policy
                else "it has no policy"
            )
            yield Finding(Code.FUNCTION_NOT_INVOCABLE, f"function {function.arn}", evidence)
        if open_ids := [_name(each) for each in grants if _open(each, wanted)]:
            evidence = f"statement {', '.join(open_ids)} is not bound to this instance and account"
            yield Finding(Code.FUNCTION_OPEN, f"function {function.arn}", evidence)


def _for_us(statement: Mapping[str, Any], wanted: Expectation) -> bool:
    """True if it lets this instance invoke the function."""
    if not ({CONNECT, "*"} & set(_principals(statement))):
        return False
    if not any(
        covers(each.lower(), "lambda:invokefunction") for each in _texts(statement.get("Action"))
    ):
        return False
    arns, accounts = (
        _condition(statement, "aws:sourcearn"),
        _condition(statement, "aws:sourceaccount"),
    )
    return (not arns or any(covers(arn, wanted.instance_arn) for arn in arns)) and (
        not accounts or wanted.account in accounts
    )


def _open(statement: Mapping[str, Any], wanted: Expectation) -> bool:
    """True if a service, or anybody, may invoke it for another instance or account."""
    if not ({CONNECT, "*"} & set(_principals(statement))):
        return False
    arns, accounts = (
        _condition(statement, "aws:sourcearn"),
        _condition(statement, "aws:sourceaccount"),
    )
    ours = [wanted.instance_arn, f"{wanted.instance_arn}/*", f"{wanted.instance_arn}*"]
    return "*" in _principals(statement) or not (
        arns and accounts and set(arns) <= set(ours) and set(accounts) == {wanted.account}
    )


def _statements(policy: str | None) -> list[Mapping[str, Any]]:
    try:
        document = json.loads(policy or "{}")
    except ValueError:
        return []
    found = document.get("Statement", []) if isinstance(document, dict) else []
    return [found] if isinstance(found, dict) else list(found)


def _principals(statement: Mapping[str, Any]) -> list[str]:
    principal = statement.get("Principal")
    if isinstance(principal, dict):
        return [name for each in principal.values() for name in _texts(each)]
    return _texts(principal)


def _condition(statement: Mapping[str, Any], key: str) -> list[str]:
    """Return what a condition key must equal or be like; a negated operator binds nothing."""
    return [
        text
        for operator, tests in (statement.get("Condition") or {}).items()
        if operator.startswith(("Arn", "String"))
        and "Not" not in operator
        and "IfExists" not in operator
        for name, value in tests.items()
        if name.lower() == key
        for text in _texts(value)
    ]


def _name(statement: Mapping[str, Any]) -> str:
    return str(statement.get("Sid") or "without a Sid")


def _texts(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())
