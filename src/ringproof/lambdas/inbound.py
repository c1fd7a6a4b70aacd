"""`inbound`: an inbound flow says who calls the bank."""

from collections.abc import Mapping
from typing import Any

from ringproof.functions.event import Reply
from ringproof.functions.inbound import inbound
from ringproof.lambdas.environment import environment


def handler(event: Mapping[str, Any], _: object) -> Reply:
    """Answer a ContactFlowEvent."""
    return environment.run(lambda desk: inbound(desk, event))
