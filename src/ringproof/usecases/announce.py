"""Tell every device of a customer that the bank is about to call, and learn whether one was told."""

from collections.abc import Sequence

import structlog

from ringproof import metrics
from ringproof.core import jws, passport, seal
from ringproof.core.call import Assurance, Call, CallState
from ringproof.core.errors import Code, DependencyDown
from ringproof.core.passport import LIFETIME_SECONDS, Announcement
from ringproof.core.people import Agent, Device
from ringproof.core.seal import SealedType
from ringproof.core.time import SECOND, Millis
from ringproof.ports import KeyUse, Push, PushOutcome, PushVerdict
from ringproof.usecases.desk import Desk

_log = structlog.get_logger()


class Told:
    """What the push services have said so far of one announcement to *devices* devices."""

    def __init__(self, devices: int) -> None:
        self._open = devices
        self.assurance = Assurance.NONE

    def add(self, outcome: PushOutcome) -> None:
        """Count one service's answer."""
        self._open -= 1
        if outcome.verdict is PushVerdict.ACCEPTED:
            self.assurance = Assurance.ACCEPTED

    @property
    def in_vain(self) -> bool:
        """True when every service has answered, and none has taken the push."""
        return self._open == 0 and self.assurance is Assurance.NONE


async def announce(desk: Desk, call: Call, agent: Agent, devices: Sequence[Device]) -> Call:
    """
    Push a proof to each device at once, wait for the first good receipt, and move the call.

    The wait ends at the receipt, when every push has failed, or after the policy's `announce_wait`.
    The call is then ANNOUNCED with the assurance it has, or REFUSED; or wherever a customer's or an
    agent's no has put it meanwhile.
    """
    jtis = {each.device_id: each.jti for each in await desk.ports.store.announced_to(call.id)}
    reached = [device for device in devices if device.id in jtis]
    told = Told(len(reached))
    for device in reached:
        work = _tell(
            desk, call, device, announcement_for(desk, call, agent, device, jtis[device.id]), told
        )
        desk.background.start(work, f"push {call.id}")
    return await _conclude(desk, await _hear(desk, call, told), told)


async def _hear(desk: Desk, call: Call, told: Told) -> Call:
    until = min(desk.now() + desk.deployment.policy.announce_wait, call.dial_before)
    current = call
    while current.state is CallState.REQUESTED and current.assurance < Assurance.ACKNOWLEDGED:
        left = until - desk.now()
        if left <= 0 or told.in_vain:
            break
        # Each push's outcome is noted in the ledger, which ends this wait as a receipt does.
        heard = await desk.ports.store.wait(current.id, current.version, left / SECOND)
        current = heard or current
    return current


async def _conclude(desk: Desk, call: Call, told: Told) -> Call:
    if call.state is not CallState.REQUESTED:
        return call
    now, assurance = desk.now(), max(call.assurance, told.assurance)
    code = _shortfall(call, assurance, now)
    moved = await desk.ports.store.advance(
        call.id,
        at={CallState.REQUESTED},
        to=CallState.REFUSED if code else CallState.ANNOUNCED,
        now=now,
        assurance=assurance,
        code=code,
    )
    # Whoever was faster, a customer's decline or an agent's cancel, has decided.
    return moved or await desk.ports.store.call(call.id) or call


def _shortfall(call: Call, assurance: Assurance, now: Millis) -> Code | None:
    if now >= call.dial_before:
        return Code.ANNOUNCED_TOO_LATE
    if assurance is Assurance.NONE:
        return Code.NOT_ANNOUNCED
    return Code.ASSURANCE_TOO_LOW if assurance < call.minimum else None


async def _tell(desk: Desk, call: Call, device: Device, proof: Announcement, told: Told) -> None:
    """Sign, seal and hand over one announcement, and put down what the service said."""
    try:
        kid = await desk.ports.signer.kid(KeyUse.PROOF)
        signed = passport.signing_input(proof, kid)
        token = jws.compact(signed, await desk.ports.signer.sign(kid, signed.encode()))
    except DependencyDown as down:
        _log.error("not_signed", call=call.id, device=device.id, why=down.detail)
        token, outcome = "", PushOutcome(PushVerdict.UNAVAILABLE, "signer", attempts=0)
    if token:
        push = sealed_push(
            SealedType.CALL_VERIFICATION, device, token, push_id=proof.jti, collapse=call.id,
            expires_at=call.dial_before, deadline=call.dial_before,
        )  # fmt: skip
        metrics.REQUEST_TO_PUSH.observe((desk.now() - call.requested_at) / SECOND)
        outcome = await hand_over(desk, device, push)
    told.add(outcome)
    await put_down(desk, call, device, "push", outcome)


def announcement_for(
    desk: Desk, call: Call, agent: Agent, device: Device, jti: str
) -> Announcement:
    """Say what this device is told; times count from the request, so that a re-send says the same."""
    deployment, iat = desk.deployment, call.requested_at // SECOND
    return Announcement(
        iss=deployment.iss,
        aud=device.app_id,
        iat=iat,
        exp=iat + LIFETIME_SECONDS,
        jti=jti,
        cid=call.id,
        dev=device.id,
        orig=call.orig,
        dest=call.dest,
        bank=deployment.bank,
        agent=agent.display_name,
        crn=call.crn,
        mc=call.match_code,
        photo=(f"{deployment.photos}/{agent.photo}", agent.photo) if agent.photo else None,
        employee_id=agent.employee_id if deployment.policy.disclose_employee_id else None,
    )


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


async def put_down(desk: Desk, call: Call, device: Device, kind: str, outcome: PushOutcome) -> None:
    """Note what the service said, and forget a token that it calls dead."""
    store, said = desk.ports.store, f"{outcome.verdict} {outcome.reason}".strip()
    try:
        await store.note(call.id, kind, desk.now(), device_id=device.id, detail=said)
        if outcome.verdict is PushVerdict.TOKEN_DEAD and device.push_token:
            await store.drop_token(device.id, device.push_token, outcome.dead_since or desk.now())
    except DependencyDown as down:
        # The customer was told all the same; what is missing is a line in the ledger.
        _log.error("push_not_noted", call=call.id, device=device.id, said=said, store=down.detail)
