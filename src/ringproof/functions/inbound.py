"""`inbound`: an inbound flow says who calls the bank, for the answer `you_called_us`."""

from collections.abc import Mapping
from typing import Any

from ringproof.core.contact_record import number_of
from ringproof.functions.event import Reply, read_flow_event
from ringproof.usecases.desk import Desk


async def inbound(desk: Desk, event: Mapping[str, Any]) -> Reply:
    """Answer nothing: whoever calls is served, whatever is known of them."""
    said = read_flow_event(event)
    number = number_of(said.number) if said else None
    if said and said.contact_id and number:
        await desk.ports.store.inbound_began(said.contact_id, number, desk.now())
    return {}
