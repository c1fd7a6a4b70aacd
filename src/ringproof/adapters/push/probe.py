"""A push to no device, by which a channel is asked whether it is well."""

import uuid

from ringproof.core.errors import DependencyDown
from ringproof.core.people import PushKind, PushService
from ringproof.core.seal import SealedType
from ringproof.core.time import SECOND
from ringproof.ports import Clock, Push, PushOutcome, PushVerdict

_NOBODY = "0" * 64
_BUDGET = 4 * SECOND


def probe(service: PushService, app_id: str, clock: Clock) -> Push:
    """Write a push that no device can get, and that expires at once."""
    now = clock.now()
    return Push(
        id=str(uuid.uuid4()),
        type=SealedType.CALL_UPDATE,
        device_id=f"check-{service}",
        token=_NOBODY,
        app_id=app_id,
        kind=PushKind.ALERT,
        sandbox=False,
        sealed="",
        collapse="check",
        expires_at=now,
        deadline=now + _BUDGET,
    )


def require_well(what: str, outcome: PushOutcome) -> None:
    """Raise DependencyDown unless the service came as far as judging the device token."""
    if outcome.verdict is not PushVerdict.TOKEN_DEAD:
        raise DependencyDown(what, f"{outcome.verdict}: {outcome.reason}")
