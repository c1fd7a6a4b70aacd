"""Placeholders, `${Name}`, and what takes their place at deployment."""

import json
import re
from collections.abc import Mapping

PLACEHOLDER = re.compile(r"\$\{([^}]*)\}?")
KNOWN = frozenset({
    "GateFunctionArn",
    "StopFunctionArn",
    "LedgerFunctionArn",
    "InboundFunctionArn",
    "WaitFlowArn",
    "StaticCallerId",
    "QueueArn",
    "BankName",
})  # fmt: skip


class PlaceholderRefused(ValueError):  # noqa: N818
    """A flow would be deployed with a hole in it, or a name was mistyped."""


def fill(text: str, values: Mapping[str, str]) -> str:
    """
    Fill the placeholders of a flow file, escaped as JSON wants it.

    One map serves all files, so a value may be left over. PlaceholderRefused if a placeholder is: if
    it has no value, an empty one, or a name that is not KNOWN; and if a value's name is not.
    """
    wanted = set(PLACEHOLDER.findall(text))
    if unknown := sorted((wanted | set(values)) - KNOWN):
        raise PlaceholderRefused(f"no placeholder is called {', '.join(unknown)}")
    if missing := sorted(name for name in wanted if not values.get(name)):
        raise PlaceholderRefused(f"nothing to fill in for {', '.join(missing)}")
    return PLACEHOLDER.sub(lambda found: json.dumps(values[found[1]])[1:-1], text)
