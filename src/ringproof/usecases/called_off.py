"""Somebody may call a call off while it is already being dialed."""

from ringproof.core.call import Call, Outcome
from ringproof.core.errors import Code
from ringproof.core.receipt import Evt
from ringproof.usecases.desk import Desk

CANCEL = "cancel"
"""The kind of the event by which an agent's wish is noted."""
BY_AGENT = "agent"
"""The code of a call that its agent cancelled."""

_NO = frozenset(evt.value for evt in Evt if evt.refuses_call)


async def called_off(desk: Desk, call: Call) -> str | None:
    """Return the code of whoever wants this call no longer: its customer, its agent, the kill switch."""
    store = desk.ports.store
    if said := [each.evt for each in await store.receipts(call.id) if each.evt in _NO]:
        return said[0]
    if any(event.kind == CANCEL for event in await store.events(call.id)):
        return BY_AGENT
    return Code.KILL_SWITCH.value if (await store.posture()).killed else None


def outcome_called_off(code: str) -> Outcome:
    """Name the outcome of a call that was called off before anybody answered."""
    return Outcome.DECLINED if code in _NO else Outcome.FAILED
