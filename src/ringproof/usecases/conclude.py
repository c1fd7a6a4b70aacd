"""When a call is over: tell the devices, so that no card goes on saying that we are calling."""

import asyncio
import uuid

import structlog

from ringproof import metrics
from ringproof.core import jws, update
from ringproof.core.call import Call, CallState
from ringproof.core.people import Device
from ringproof.core.seal import SealedType
from ringproof.core.time import SECOND
from ringproof.core.update import LIFETIME_SECONDS, CallUpdate
from ringproof.ports import KeyUse
from ringproof.usecases.announce import hand_over, put_down, sealed_push
from ringproof.usecases.desk import Desk

_TRY_FOR = 30 * SECOND

_log = structlog.get_logger()


def concluded(desk: Desk, call: Call) -> Call:
    """Record the end of *call* and send the end notices in the background; return the call."""
    metrics.CALLS.labels(call.state, call.code or "").inc()
    _log.info("call_over", call=call.id, state=call.state, outcome=call.outcome, code=call.code)
    desk.background.start(_tell_all(desk, call), f"end notice {call.id}")
    return call


async def _tell_all(desk: Desk, call: Call) -> None:
    store = desk.ports.store
    devices = [await store.device(each.device_id) for each in await store.announced_to(call.id)]
    async with asyncio.TaskGroup() as group:
        for device in devices:
            if device and device.push_token:
                group.create_task(_tell(desk, call, device))


async def _tell(desk: Desk, call: Call, device: Device) -> None:
    token = await _signed(desk, call, device.app_id, device.id)
    now = desk.now()
    push = sealed_push(
        SealedType.CALL_UPDATE, device, token, push_id=str(uuid.uuid4()), collapse=call.id,
        expires_at=now + LIFETIME_SECONDS * SECOND, deadline=now + _TRY_FOR,
    )  # fmt: skip
    await put_down(desk, call, device, "end_notice", await hand_over(desk, device, push))


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
