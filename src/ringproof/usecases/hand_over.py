"""Hand one sealed message to a device's push service."""

from ringproof import metrics
from ringproof.core import seal
from ringproof.core.people import Device
from ringproof.core.seal import SealedType
from ringproof.core.time import Millis
from ringproof.ports import Push, PushOutcome, PushVerdict
from ringproof.usecases.desk import Desk


def sealed_push(
    kind: SealedType,
    device: Device,
    token: str,
    *,
    push_id: str,
    collapse: str,
    expires_at: Millis,
    deadline: Millis,
) -> Push:
    """Seal *token* for *device* and address it; the adapter may try until *deadline*."""
    context = seal.info(kind, device.push_service, device.id)
    return Push(
        id=push_id,
        type=kind,
        device_id=device.id,
        token=device.push_token or "",
        app_id=device.app_id,
        kind=device.push_kind,
        sandbox=device.sandbox,
        sealed=seal.seal(token, device.sealing_key, context),
        collapse=collapse,
        expires_at=expires_at,
        deadline=deadline,
    )


async def hand_over(desk: Desk, device: Device, push: Push) -> PushOutcome:
    """Give one push to the device's push service."""
    channel = desk.ports.push.get(device.push_service)
    if channel is None:
        outcome = PushOutcome(
            PushVerdict.UNAVAILABLE, "no channel for this push service", attempts=0
        )
    else:
        outcome = await channel.push(push)
    metrics.PUSHES.labels(device.push_service, push.type, outcome.verdict).inc()
    return outcome
