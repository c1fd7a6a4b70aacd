"""`gate`: the outbound whisper flow asks before the call is made."""

from collections.abc import Mapping
from typing import Any

from ringproof.functions.event import Reply
from ringproof.functions.gate import gate
from ringproof.lambdas.environment import environment


def handler(event: Mapping[str, Any], _: object) -> Reply:
    """Answer a ContactFlowEvent."""
    # An agent waits. What the gate leaves undone is owed in the store, and the sweep sees to it.
    return environment.run(lambda desk: gate(desk, event), drain=False)
