"""When a call is over: tell the devices, so that no card goes on saying that we are calling."""

import uuid

import structlog

from ringproof import metrics
from ringproof.core import jws, update
from ringproof.core.call import Call, CallId, CallState
from ringproof.core.errors import DependencyDown
from ringproof.core.people import Device
from ringproof.core.seal import SealedType
from ringproof.core.time import SECOND
from ringproof.core.update import LIFETIME_SECONDS, CallUpdate
from ringproof.ports import KeyUse, PushOutcome, PushVerdict
from ringproof.usecases.desk import Desk
from ringproof.usecases.hand_over import hand_over, sealed_push

_TRY_FOR = 30 * SECOND
_MAY_GO_BETTER = frozenset({PushVerdict.UNAVAILABLE, PushVerdict.THROTTLED, PushVerdict.CREDENTIAL})

_log = structlog.get_logger()


def announcing(call_id: CallId) -> str:
    """Name the background work that announces a call."""
    return f"announce {call_id}"


def concluded(desk: Desk, call: Call) -> Call:
    """Record the end of *call* and send the end notices in the background; return the call."""
    metrics.CALLS.labels(call.state, call.outcome or "", call.code or "", call.assurance.wire).inc()
    _log.info("call_over", call=call.id, state=call.state, outcome=call.outcome, code=call.code)
    desk.background.start(_tell_all(desk, call), f"end notices {call.id}")
    return call


async def notify_again(desk: Desk, call_id: CallId, device_id: str) -> None:
    """Send one end notice that is still owed."""
    if call := await desk.ports.store.call(call_id):
        desk.background.start(_tell(desk, call, device_id), f"end notice {call_id}")


async def _tell_all(desk: Desk, call: Call) -> None:
    # An announcement that arrived after the end notice would leave a card that nobody takes away.
    await desk.background.stop(announcing(call.id))
    for each in await desk.ports.store.announced_to(call.id):
        desk.background.start(_tell(desk, call, each.device_id), f"end notice {call.id}")


async def _tell(desk: Desk, call: Call, device_id: str) -> None:
    try:
        device = await desk.ports.store.device(device_id)
        if device and device.push_token:
            outcome = await _handed_over(desk, call, device)
        else:
            outcome = PushOutcome(PushVerdict.TOKEN_DEAD, "not enrolled any more", attempts=0)
        settled = outcome.verdict not in _MAY_GO_BETTER
        said = f"{outcome.verdict} {outcome.reason}".strip()
        await desk.ports.store.end_noticed(call.id, device_id, said, desk.now(), settled=settled)
    except DependencyDown as down:
        # It stays owed: the sweep sends it.
        _log.error("end_notice_owed", call=call.id, device=device_id, down=down.what)


async def _handed_over(desk: Desk, call: Call, device: Device) -> PushOutcome:
    token = await _signed(desk, call, device.app_id, device.id)
    now = desk.now()
    push = sealed_push(
        SealedType.CALL_UPDATE, device, token, push_id=str(uuid.uuid4()), collapse=call.id,
        expires_at=now + LIFETIME_SECONDS * SECOND, deadline=now + _TRY_FOR,
    )  # fmt: skip
    return await hand_over(desk, device, push)


async def _signed(desk: Desk, call: Call, aud: str, dev: str) -> str:
    iat = desk.now() // SECOND
    notice = CallUpdate(
        desk.deployment.iss, aud, dev, call.id, str(uuid.uuid4()), iat, iat + LIFETIME_SECONDS,
        said_to_customer(call),
    )  # fmt: skip
    kid = await desk.ports.signer.kid(KeyUse.PROOF)
    signed = update.signing_input(notice, kid)
    return jws.compact(signed, await desk.ports.signer.sign(kid, signed.encode()))


def said_to_customer(call: Call) -> str:
    """Name the outcome for the customer: the call's own once it was dialed, else the end state."""
    if call.state is CallState.ENDED and call.outcome:
        return call.outcome.value
    return call.state.value
