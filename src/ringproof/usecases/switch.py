"""The kill switch: nobody is told of a call any more, and what was told and not dialed is called off."""

from ringproof.core.call import Call, CallState
from ringproof.core.errors import Code
from ringproof.usecases.conclude import concluded
from ringproof.usecases.desk import Desk


async def throw_switch(desk: Desk, *, on: bool, by: str) -> None:
    """
    Throw or release the kill switch.

    Thrown, it revokes every authorisation to dial: agents and devices hear of it at once, and do not
    have to wait until the calls lapse.
    """
    await desk.ports.store.set_killed(killed=on, by=by, now=desk.now())
    if not on:
        return
    for call in await desk.ports.store.unfinished(desk.now() + 1):
        if call.state.announcing:
            await kill(desk, call)


async def kill(desk: Desk, call: Call) -> Call:
    """Cancel a call that is not dialed yet, because the switch is thrown; return it as it then stands."""
    moved = await desk.ports.store.advance(
        call.id,
        at={CallState.REQUESTED, CallState.ANNOUNCED},
        to=CallState.CANCELLED,
        now=desk.now(),
        code=Code.KILL_SWITCH,
    )
    return concluded(desk, moved) if moved else await desk.ports.store.call(call.id) or call
