"""
The audit chain: each call's events, each bound to all before it by SHA-256.

Whoever holds a later hash can tell that nothing before it was altered, removed or put in between.
Checkpoints bind the heads of all chains together, so that a whole call cannot vanish either.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ringproof.core.call import CallEvent, CallId
from ringproof.core.jws import canonical


@dataclass(frozen=True, slots=True)
class Link:
    """An event with its place in the chain; *hash* covers the event and the link before it."""

    event: CallEvent
    hash: bytes


def genesis(call_id: CallId) -> bytes:
    """Return the hash that a call's first event follows."""
    return hashlib.sha256(f"ringproof/1|chain|{call_id}".encode()).digest()


def link(before: bytes, event: CallEvent) -> bytes:
    """Return the hash of *event* after *before*."""
    return hashlib.sha256(before + canonical(_written(event))).digest()


def first_break(call_id: CallId, links: Sequence[Link]) -> int | None:
    """Return the index of the first link that does not follow from those before it, or None."""
    before = genesis(call_id)
    for index, each in enumerate(links):
        if each.event.seq != index + 1 or each.hash != link(before, each.event):
            return index
        before = each.hash
    return None


def checkpoint(before: bytes, heads: Iterable[tuple[CallId, bytes]]) -> bytes:
    """Return one hash over the checkpoint before and the head of every chain, in the order of ids."""
    digest = hashlib.sha256(before)
    for call_id, head in sorted(heads):
        digest.update(call_id.encode() + b"\n" + head)
    return digest.digest()


def _written(event: CallEvent) -> dict[str, Any]:
    written = {
        "at": event.at, "detail": event.detail, "device": event.device_id,
        "kind": event.kind, "seq": event.seq, "state": event.state,
    }  # fmt: skip
    return {name: value for name, value in written.items() if value is not None}
