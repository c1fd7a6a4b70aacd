"""The gate: asked before an agent's dial becomes a call, it allows what was announced, and nothing else."""

from dataclasses import dataclass

import structlog

from ringproof.core.call import Call
from ringproof.core.errors import Refused
from ringproof.core.phone import E164, parse_number
from ringproof.usecases.desk import Desk
from ringproof.usecases.lead import observe_lead

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class GateQuestion:
    """What Connect says an agent is about to dial."""

    agent_arn: str
    number: str
    queue: str
    contact_id: str


async def enforce(desk: Desk, question: GateQuestion) -> Call | None:
    """
    Spend the authorisation for exactly this dial, and return its call; None means: do not dial.

    Connect repeats a Lambda that fails: the same contact gets the same answer.
    """
    number = _number(question.number)
    if number is None or not (question.contact_id and question.agent_arn and question.queue):
        return None
    call = await desk.ports.store.consume(
        question.agent_arn, number, question.queue, question.contact_id, desk.now()
    )
    _log.info(
        "gate", contact=question.contact_id, call=call.id if call else None, allow=call is not None
    )
    if call is not None:
        await observe_lead(desk, call)
    return call


def _number(text: str) -> E164 | None:
    try:
        return parse_number(text)
    except Refused:
        return None
