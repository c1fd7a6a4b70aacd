"""Running a flow on a contact: the effects of the machine, made real."""

import asyncio

from ringproof.simulators.connect.contacts import Contact, Stage, merge_attributes
from ringproof.simulators.connect.exchange import Exchange
from ringproof.simulators.connect.flow.effects import (
    Aim,
    Dial,
    Disconnect,
    Done,
    Effect,
    End,
    Failed,
    Hold,
    Hook,
    Invoke,
    Outcome,
    Play,
    SetAttributes,
    Transfer,
)
from ringproof.simulators.connect.flow.facts import facts_of, flow_event
from ringproof.simulators.connect.flow.lambdas import Lambdas
from ringproof.simulators.connect.flow.machine import begin, follow, wanted
from ringproof.simulators.connect.flow.program import Program
from ringproof.simulators.connect.refusals import Refused
from ringproof.simulators.connect.shapes import check_attributes

RING_TIMEOUT_S = 60
FAILED = "OUTBOUND_ATTEMPT_FAILED"
BY_FLOW = "CONTACT_FLOW_DISCONNECT"


async def run(exchange: Exchange, lambdas: Lambdas, contact: Contact, program: Program) -> None:
    """Run a flow until it or its contact has ended; a contact may end at any time."""
    at = begin(program)
    while contact.live and not (program.while_waiting and _is_taken(contact)):
        facts = facts_of(contact, exchange.options)
        effect = wanted(program, at, facts)
        outcome = await _perform(exchange, lambdas, contact, effect)
        if _over(effect, outcome):
            return _leave(exchange, contact, program, effect)
        at = follow(program, at, facts, outcome)
    return None


def _over(effect: Effect | None, outcome: Outcome) -> bool:
    handed_over = isinstance(effect, Transfer) and isinstance(outcome, Done)
    return handed_over or isinstance(effect, End | Disconnect)


def _leave(exchange: Exchange, contact: Contact, program: Program, effect: Effect | None) -> None:
    """Hang up where nobody is left: other flows leave the customer with the agent, or waiting."""
    if isinstance(effect, Disconnect) or (isinstance(effect, End) and program.hangs_up):
        exchange.finish(contact, BY_FLOW)


async def _perform(
    exchange: Exchange, lambdas: Lambdas, contact: Contact, effect: Effect | None
) -> Outcome:
    options = exchange.options
    match effect:
        case Invoke():
            event = flow_event(contact, options, effect.parameters)
            return await lambdas.invoke(effect.function_arn, event, effect.limit_ms)
        case SetAttributes():
            return _write(contact, dict(effect.attributes))
        case Dial():
            _call(exchange, contact, effect.caller_id)
        case Play():
            await contact.until(Stage.CONNECTED)
            contact.prompts.append(effect.text)
        case Hold():
            await _hold(exchange, contact, effect)
        case Hook():
            return _hook(exchange, contact, effect.flow.rpartition("/")[2])
        case Aim():
            return _aim(exchange, effect)
        case Transfer():
            return _transfer(exchange, contact, effect.target)
    return Done()


def _is_taken(contact: Contact) -> bool:
    return Stage.AGENT_CONNECTED in contact.timeline


async def _hold(exchange: Exchange, contact: Contact, hold: Hold) -> None:
    contact.prompts.append(hold.text)
    try:
        async with asyncio.timeout(exchange.pace.seconds(hold.for_ms)):
            await contact.until(Stage.AGENT_CONNECTED)
    except TimeoutError:
        return


def _hook(exchange: Exchange, contact: Contact, flow_id: str) -> Outcome:
    if not exchange.flows.has(flow_id):
        return Failed()
    contact.queue_flow_id = flow_id
    return Done()


def _write(contact: Contact, attributes: dict[str, str]) -> Outcome:
    try:
        check_attributes({**contact.attributes, **attributes})
    except Refused:
        return Failed()
    merge_attributes(contact, attributes)
    return Done()


def _call(exchange: Exchange, contact: Contact, wished: str | None) -> None:
    """Call the customer; "if no number is set …, the call attempt will fail" (queues-callerid)."""
    caller_id = exchange.options.caller_id(contact.queue, wished)
    if caller_id is None:
        exchange.finish(contact, FAILED)
    else:
        exchange.dial(contact, caller_id, RING_TIMEOUT_S)


def _aim(exchange: Exchange, aim: Aim) -> Outcome:
    options = exchange.options
    if aim.kind == "QueueId":
        return Done() if options.queue(aim.id) else Failed()
    known = {user.id for user in options.users} | {user.username for user in options.users}
    return Done() if aim.id and (aim.id in known or not known) else Failed()


def _transfer(exchange: Exchange, contact: Contact, target: Aim | None) -> Outcome:
    if target is None:
        return Failed()
    if target.kind == "QueueId":
        contact.queue = exchange.options.queue(target.id)
    exchange.enqueue(contact, target.id if target.kind == "AgentId" else None)
    return Done()
