"""Connect's side: its events, as EventBridge sends them, and the gate, as a flow invokes a Lambda."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from ringproof.api.auth.callers import Operator
from ringproof.api.route import Ask, Audience, Route
from ringproof.api.wire.connect import BatchTaken, ItemFailure
from ringproof.functions.event import Reply
from ringproof.functions.events import take_contact_event
from ringproof.functions.gate import gate
from ringproof.functions.inbound import inbound
from ringproof.functions.ledger import ledger
from ringproof.functions.records import take_batch
from ringproof.functions.stop import stop
from ringproof.usecases.desk import Desk

Json = Ask[Operator, dict[str, Any]]
Function = Callable[[Desk, Mapping[str, Any]], Awaitable[Reply]]


async def take_event(ask: Json) -> None:
    """
    Follow a contact event, or hear the feed's heartbeat.

    What cannot be stored now is answered with 503, so that EventBridge sends it again; what means
    nothing to us is taken and dropped, because nobody could do better with it later.
    """
    await take_contact_event(ask.service.desk, ask.said)


async def take_records(ask: Json) -> BatchTaken:
    """
    Take a batch of contact records, as Lambda gets it from Kinesis.

    Answers which ones to send again (`batchItemFailures`), so that one that cannot be stored now does
    not hold up, or repeat, the others.
    """
    again = await take_batch(ask.service.desk, ask.said)
    return BatchTaken(batch_item_failures=[ItemFailure(item_identifier=each) for each in again])


def _invoked(name: str, function: Function) -> Route:
    async def invoke(ask: Json) -> Reply:
        return await function(ask.service.desk, ask.said)

    invoke.__name__ = f"invoke_{name}"  # the description's operationId
    invoke.__doc__ = f"Invoke {name}, as a flow invokes a Lambda."
    return Route(
        method="POST", path=f"/2015-03-31/functions/{name}/invocations",
        audience=Audience.CONNECT, handle=invoke, body=dict[str, Any], answer=Reply,
        takes=("application/json", ""), summary=f"Invoke {name}, as a flow invokes a Lambda",
    )  # fmt: skip


ROUTES = (
    Route(
        method="POST", path="/connect/events", audience=Audience.CONNECT, handle=take_event,
        body=dict[str, Any], status=204, summary="Take an event from EventBridge",
    ),
    Route(
        method="POST", path="/connect/records", audience=Audience.CONNECT, handle=take_records,
        body=dict[str, Any], answer=BatchTaken, large=True, summary="Take contact records from Kinesis",
    ),
    _invoked("gate", gate),
    _invoked("stop", stop),
    _invoked("ledger", ledger),
    _invoked("inbound", inbound),
)  # fmt: skip
