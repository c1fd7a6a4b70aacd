"""A flow's content, reduced to what it does, and the hash of that."""

import hashlib
import json
from typing import Any

from ringproof.core.jws import canonical


def content_hash(content: str) -> str:
    """
    Hash a flow's content (SHA-256, hex), whatever the order of its blocks and their place on the canvas.

    Content that is not a flow in JSON, or that names something twice, is hashed as it stands.
    """
    try:
        written = canonical(_effective(json.loads(content, object_pairs_hook=_once)))
    except (ValueError, RecursionError):
        written = content.encode("utf-8", "surrogatepass")
    return hashlib.sha256(written).hexdigest()


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a name that comes twice: of the two, we might read one and Connect the other."""
    read = dict(pairs)
    if len(read) != len(pairs):
        raise ValueError("a name comes twice")
    return read


def _effective(flow: Any) -> dict[str, Any]:
    """Leave out the canvas, which the console rewrites, and put the blocks into one order."""
    if not isinstance(flow, dict):
        raise ValueError("not a flow")  # noqa: TRY004  (it is the content that is wrong)
    kept = {name: value for name, value in flow.items() if name != "Metadata"}
    actions = kept.get("Actions")
    if isinstance(actions, list):
        kept["Actions"] = sorted(actions, key=lambda action: json.dumps(action, sort_keys=True))
    return kept
