"""Lists in pages: a token that means nothing to its reader, and a longest page."""

import base64
from collections.abc import Sequence
from typing import TypeVar

from ringproof.simulators.connect.refusals import Refused

T = TypeVar("T")


def page(
    items: Sequence[T], token: str | None, wanted: int, longest: int
) -> tuple[Sequence[T], str | None]:
    """Return the items that follow *token*, and the token for the rest if there is one."""
    start = _start(token)
    end = start + min(wanted, longest)
    return items[start:end], _token(end) if end < len(items) else None


def _token(start: int) -> str:
    return base64.urlsafe_b64encode(f"from:{start}".encode()).decode()


def _start(token: str | None) -> int:
    if token is None:
        return 0
    try:
        name, _, start = base64.urlsafe_b64decode(token).decode().partition(":")
        if name == "from":
            return int(start)
    except ValueError:
        pass
    raise Refused("InvalidParameterException", "The NextToken is not valid.")
