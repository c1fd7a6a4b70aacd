"""Tell every device of a customer that the bank is about to call, and learn whether one was told."""

import uuid
from collections.abc import Sequence

import structlog

from ringproof import metrics
from ringproof.core import jws, passport
from ringproof.core.call import Assurance, Call, CallState
from ringproof.core.errors import Code, DependencyDown
from ringproof.core.passport import LIFETIME_SECONDS, Announcement
from ringproof.core.people import Agent, Device
from ringproof.core.seal import SealedType
from ringproof.core.time import SECOND, Millis
from ringproof.ports import KeyUse, PushOutcome, PushVerdict
from ringproof.usecases.conclude import announcing, concluded
from ringproof.usecases.desk import Desk
from ringproof.usecases.hand_over import hand_over, sealed_push

_PUSH = "push"

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
        desk.background.start(work, announcing(call.id))
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
    now, store = desk.now(), desk.ports.store
    assurance = max(call.assurance, told.assurance, await _told_before(desk, call))
    code = _shortfall(call, assurance, now)
    moved = await store.advance(
        call.id,
        at={CallState.REQUESTED},
        to=CallState.REFUSED if code else CallState.ANNOUNCED,
        now=now,
        assurance=assurance,
        code=code,
    )
    if moved is None:  # whoever was faster, a decline, a cancel or another run, has decided
        return await store.call(call.id) or call
    return concluded(desk, moved) if code else moved


async def _told_before(desk: Desk, call: Call) -> Assurance:
    """Look whether an earlier run of the same announcement, in whatever process, has told a device."""
    taken = any(
        event.kind == _PUSH and (event.detail or "").startswith(PushVerdict.ACCEPTED)
        for event in await desk.ports.store.events(call.id)
    )
    return Assurance.ACCEPTED if taken else Assurance.NONE


def _shortfall(call: Call, assurance: Assurance, now: Millis) -> Code | None:
    if now >= call.dial_before:
        return Code.ANNOUNCED_TOO_LATE
    if assurance is Assurance.NONE:
        return Code.NOT_ANNOUNCED
    return Code.ASSURANCE_TOO_LOW if assurance < call.minimum else None


async def _tell(desk: Desk, call: Call, device: Device, proof: Announcement, told: Told) -> None:
    """Sign, seal and hand over one announcement, and put down what the service said."""
    try:
        outcome = await _handed_over(desk, call, device, await _signed(desk, proof), proof.jti)
    except DependencyDown as down:
        _log.error("not_signed", call=call.id, device=device.id, why=down.detail)
        outcome = PushOutcome(PushVerdict.UNAVAILABLE, "signer", attempts=0)
    told.add(outcome)
    await _put_down(desk, call, device, outcome)


async def _signed(desk: Desk, proof: Announcement) -> str:
    kid = await desk.ports.signer.kid(KeyUse.PROOF)
    signed = passport.signing_input(proof, kid)
    return jws.compact(signed, await desk.ports.signer.sign(kid, signed.encode()))


async def _handed_over(desk: Desk, call: Call, device: Device, token: str, jti: str) -> PushOutcome:
    if len(token) > jws.MAX_BYTES:
        # Every device would refuse it, and the phone would ring unannounced.
        return PushOutcome(PushVerdict.REJECTED, "the proof is too long", attempts=0)
    push = sealed_push(
        SealedType.CALL_VERIFICATION, device, token,
        push_id=str(uuid.uuid5(uuid.NAMESPACE_OID, jti)), collapse=call.id,
        expires_at=call.dial_before, deadline=call.dial_before,
    )  # fmt: skip
    metrics.REQUEST_TO_PUSH.observe((desk.now() - call.requested_at) / SECOND)
    return await hand_over(desk, device, push)


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


async def _put_down(desk: Desk, call: Call, device: Device, outcome: PushOutcome) -> None:
    """Note what the service said, and forget a token that it calls dead."""
    store, said = desk.ports.store, f"{outcome.verdict} {outcome.reason}".strip()
    try:
        await store.note(call.id, _PUSH, desk.now(), device_id=device.id, detail=said)
        if outcome.verdict is PushVerdict.TOKEN_DEAD and device.push_token:
            await store.drop_token(device.id, device.push_token, outcome.dead_since or desk.now())
    except DependencyDown as down:
        # The customer was told all the same; what is missing is a line in the ledger.
        _log.error("push_not_noted", call=call.id, device=device.id, said=said, store=down.detail)
