"""The resource policy of a Lambda function: who may invoke it, and on whose behalf."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ringproof.core.wildcards import covers

CONNECT = "connect.amazonaws.com"
_INVOKE = "lambda:invokefunction"


@dataclass(frozen=True, slots=True)
class Rule:
    """One statement about invoking; empty *arns* or *accounts* bind it to no source or no account."""

    name: str
    allow: bool
    principals: frozenset[str]
    arns: tuple[str, ...]
    accounts: frozenset[str]

    def is_for(self, instance_arn: str, account: str) -> bool:
        """True if it is about Connect, on behalf of this instance."""
        by_arn = not self.arns or any(covers(each, instance_arn) for each in self.arns)
        by_account = not self.accounts or account in self.accounts
        return bool(self.principals & {CONNECT, "*"}) and by_arn and by_account

    def is_only_for(self, instance_arn: str, account: str) -> bool:
        """True if nobody else can make use of it."""
        ours = {instance_arn, f"{instance_arn}/*", f"{instance_arn}*"}
        bound = bool(self.arns) and set(self.arns) <= ours and self.accounts == {account}
        return bound and self.principals == {CONNECT}


def read_rules(policy: str | None) -> tuple[Rule, ...]:
    """Read what a policy says about invoking; what cannot be read allows nothing."""
    try:
        document = json.loads(policy or "{}")
    except ValueError:
        return ()
    statements = document.get("Statement", ()) if isinstance(document, dict) else ()
    listed = [statements] if isinstance(statements, dict) else statements
    return tuple(_rule(each) for each in listed if _about_invoking(each))


def _about_invoking(statement: Mapping[str, Any]) -> bool:
    return any(covers(each.lower(), _INVOKE) for each in _texts(statement.get("Action")))


def _rule(statement: Mapping[str, Any]) -> Rule:
    tests = list(_tests(statement.get("Condition") or {}))
    return Rule(
        name=str(statement.get("Sid") or "without a Sid"),
        allow=statement.get("Effect") == "Allow",
        principals=frozenset(_principals(statement.get("Principal"))),
        arns=tuple(text for key, text in tests if key == "aws:sourcearn"),
        accounts=frozenset(text for key, text in tests if key == "aws:sourceaccount"),
    )


def _tests(condition: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """Return what must be; an operator that is negated, or lets a missing key pass, binds nothing."""
    for operator, keys in condition.items():
        if not operator.startswith(("Arn", "String")) or "Not" in operator or "If" in operator:
            continue
        for key, value in keys.items():
            yield from ((key.lower(), text) for text in _texts(value))


def _principals(principal: Any) -> Iterable[str]:
    named = principal.values() if isinstance(principal, dict) else (principal,)
    return (name for each in named for name in _texts(each))


def _texts(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())
