"""`gate`: the outbound whisper flow asks before the call is made."""

from collections.abc import Mapping
from typing import Any

from ringproof.core.judge import Enforcement
from ringproof.functions.event import FlowEvent, Reply, read_flow_event
from ringproof.usecases.desk import Desk
from ringproof.usecases.enforce import Dialed, enforce

_MODES = {each.value: each for each in Enforcement}


async def gate(desk: Desk, event: Mapping[str, Any]) -> Reply:
    """
    Answer `{decision, callId, callerId, code, verified}`; whatever is not clearly yes is no.

    A failure is a no as well: the flow's error branch leads to `stop`.
    """
    said = read_flow_event(event)
    dialed = _dialed(said) if said else None
    if dialed is None:
        return {
            "decision": "deny",
            "callId": "",
            "callerId": "",
            "code": "invalid_request",
            "verified": "false",
        }
    answer = await enforce(desk, dialed)
    return {
        "decision": "allow" if answer.allow else "deny",
        "callId": answer.call.id if answer.call else "",
        "callerId": answer.shown or "",
        "code": answer.code,
        "verified": "true" if answer.call else "false",
    }


def _dialed(said: FlowEvent) -> Dialed | None:
    asked = (said.parameter("agentArn"), said.number, said.queue, said.contact_id)
    # An unknown mode is a flow that nobody here wrote: the strictest counts.
    mode = _MODES.get(said.parameter("mode"), Enforcement.BLOCK)
    return Dialed(*asked, mode) if all(asked) else None
