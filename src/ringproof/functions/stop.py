"""`stop`: hang a contact up before it rings anybody; a function of its own, so that it outlives the gate."""

from collections.abc import Mapping
from typing import Any

import structlog

from ringproof.functions.event import Reply, read_flow_event
from ringproof.usecases.desk import Desk
from ringproof.usecases.enforce import emergency

_log = structlog.get_logger()


async def stop(desk: Desk, event: Mapping[str, Any]) -> Reply:
    """Answer `{stopped}`; a call for help is never stopped."""
    said = read_flow_event(event)
    if said is None or not said.contact_id or emergency(desk, said.number):
        return {"stopped": "false"}
    stopped = await desk.ports.dialer.stop(said.contact_id)
    _log.info("stop", contact=said.contact_id, stopped=stopped, code=said.parameter("code"))
    return {"stopped": "true" if stopped else "false"}
