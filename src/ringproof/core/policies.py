"""
IAM policies, judged so that no one who may do a thing is missed.

A condition, a permission boundary, a session policy or an organisation's SCP can only take away, and
none of them is seen here: an answer of True means "as far as their own policies go".
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ringproof.core.wildcards import covers, overlap

_VARIABLE = re.compile(r"\$\{[^}]*\}")


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement; *but_actions* and *but_resources* are True for NotAction and NotResource."""

    allow: bool
    actions: tuple[str, ...]
    resources: tuple[str, ...]
    but_actions: bool = False
    but_resources: bool = False
    conditional: bool = False


@dataclass(frozen=True, slots=True)
class Principal:
    """A user or a role of the account, with every statement of every policy that it has."""

    arn: str
    statements: tuple[Statement, ...]


def read_policy(document: Mapping[str, Any]) -> tuple[Statement, ...]:
    """Read an identity policy; a statement that names nothing gives nothing."""
    return tuple(_read(each) for each in _many(document.get("Statement")))


def may(statements: tuple[Statement, ...], action: str, resource: str) -> bool:
    """True if *action* may be allowed on anything that *resource*, a pattern, matches."""
    if any(not each.allow and _surely(each, action, resource) for each in statements):
        return False
    return any(each.allow and _possibly(each, action, resource) for each in statements)


def _possibly(each: Statement, action: str, resource: str) -> bool:
    """Give an Allow every doubt: its condition may hold, and its variables may be anything."""
    patterns = [_VARIABLE.sub("*", pattern) for pattern in each.resources]
    if each.but_resources:
        # A variable may be a text that excludes nothing of ours.
        there = not any(covers(pattern, resource) for pattern in each.resources)
    else:
        there = any(overlap(pattern, resource) for pattern in patterns)
    return there and _names(each, action)


def _surely(each: Statement, action: str, resource: str) -> bool:
    """Give a Deny no doubt: it counts where it is unconditional and covers the whole of *resource*."""
    if each.conditional or not _names(each, action):
        return False
    if each.but_resources:
        patterns = [_VARIABLE.sub("*", pattern) for pattern in each.resources]
        return not any(overlap(pattern, resource) for pattern in patterns)
    # A variable stands for what is not known, so a pattern with one covers nothing for certain.
    plain = [pattern for pattern in each.resources if not _VARIABLE.search(pattern)]
    return any(covers(pattern, resource) for pattern in plain)


def _names(each: Statement, action: str) -> bool:
    named = any(covers(pattern.lower(), action.lower()) for pattern in each.actions)
    return named != each.but_actions


def _read(statement: Mapping[str, Any]) -> Statement:
    but_actions, but_resources = "NotAction" in statement, "NotResource" in statement
    return Statement(
        allow=statement.get("Effect") == "Allow",
        actions=tuple(_many(statement.get("NotAction" if but_actions else "Action"))),
        resources=tuple(_many(statement.get("NotResource" if but_resources else "Resource"))),
        but_actions=but_actions,
        but_resources=but_resources,
        conditional=bool(statement.get("Condition")),
    )


def _many(value: Any) -> list[Any]:
    """Return a list for what may be written as one or as many."""
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple)) else [value]
