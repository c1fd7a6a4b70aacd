"""Call a call off, on its agent's word."""

from ringproof.core.call import Call, CallState
from ringproof.core.errors import Code, Refused
from ringproof.usecases.called_off import BY_AGENT, CANCEL
from ringproof.usecases.conclude import concluded
from ringproof.usecases.desk import Desk


async def cancel(desk: Desk, call: Call) -> Call:
    """
    Cancel a call on the agent's word.

    Before the dial that revokes the authorisation. A phone that is ringing is hung up; while Connect
    is still being asked, the wish is noted, and whoever asks it acts on it. Once the customer has
    answered it is too late (TOO_LATE_TO_CANCEL): end the call in the softphone.
    """
    store = desk.ports.store
    moved = await store.advance(
        call.id,
        at={CallState.REQUESTED, CallState.ANNOUNCED},
        to=CallState.CANCELLED,
        now=desk.now(),
        code=BY_AGENT,
    )
    if moved:
        return concluded(desk, moved)
    current = await store.call(call.id) or call
    if current.state.final:
        return current
    if current.state is not CallState.DIALED:
        raise Refused(Code.TOO_LATE_TO_CANCEL, "The call is under way. Hang up in the softphone.")
    noted = await store.note(call.id, CANCEL, desk.now()) or current
    if noted.contact_id:
        await desk.ports.dialer.stop(noted.contact_id)
    return noted
