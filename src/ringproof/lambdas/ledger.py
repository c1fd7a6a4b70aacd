"""`ledger`: the flow behind StartOutboundVoiceContact asks whether its contact was announced."""

from collections.abc import Mapping
from typing import Any

from ringproof.functions.event import Reply
from ringproof.functions.ledger import ledger
from ringproof.lambdas.environment import environment


def handler(event: Mapping[str, Any], _: object) -> Reply:
    """Answer a ContactFlowEvent."""
    return environment.run(lambda desk: ledger(desk, event))
