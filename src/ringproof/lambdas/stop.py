"""`stop`: hang a denied contact up before it rings; a function of its own, so that it outlives the gate."""

from collections.abc import Mapping
from typing import Any

from ringproof.functions.event import Reply
from ringproof.functions.stop import stop
from ringproof.lambdas.environment import environment


def handler(event: Mapping[str, Any], _: object) -> Reply:
    """Answer a ContactFlowEvent."""
    return environment.run(lambda desk: stop(desk, event))
