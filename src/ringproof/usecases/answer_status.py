"""Answer "is my bank calling me now?", truthfully, to the device that asks."""

from typing import Any

from ringproof import metrics
from ringproof.core import jws, seal
from ringproof.core.call import Call
from ringproof.core.errors import Code, Refused
from ringproof.core.passport import claims_of
from ringproof.core.people import Device
from ringproof.core.seal import SealedType
from ringproof.core.status import (
    ANSWER_SECONDS,
    LONGEST_CALL,
    NONCE_LIFETIME,
    Answer,
    Facts,
    Question,
    answer,
    read_question,
    signing_input,
)
from ringproof.core.time import SECOND, Millis
from ringproof.ports import KeyUse
from ringproof.usecases.acknowledge import device_behind
from ringproof.usecases.announce import announcement_for
from ringproof.usecases.desk import Desk


async def answer_status(desk: Desk, token: bytes) -> str:
    """Return the answer, signed by the status key and sealed to the device that asked."""
    now, store = desk.now(), desk.ports.store
    device = await device_behind(desk, token)
    question = read_question(token, device.id, device.receipt_key, device.app_id, now)
    if not await store.use_nonce(device.id, question.nonce, now, now + NONCE_LIFETIME):
        raise Refused(Code.REPLAYED, "This question has been asked before.")
    said, call = answer(await _facts(desk, device.customer_id, now), now)
    metrics.STATUS.labels(said).inc()
    claims = _claims(desk, device, question, said) | await _about(desk, device, call)
    return await _sealed(desk, device, claims)


async def _facts(desk: Desk, customer_id: str, now: Millis) -> Facts:
    """Collect all that the answer may rest on: about this customer, and about their numbers."""
    store = desk.ports.store
    posture, customer = await store.posture(), await store.customer(customer_id)
    numbers, lately = customer.phones if customer else (), now - LONGEST_CALL
    calls = await store.concerning(customer_id, numbers, lately)
    own = [call for call in calls if call.customer_id == customer_id]
    return Facts(
        calls=own,
        feed_at=posture.feed_at,
        covered=posture.covered,
        killed=posture.killed,
        unmatched=len(own) < len(calls) or await store.unmatched(numbers, lately),
        inbound=await store.inbound(numbers, lately),
    )


async def _sealed(desk: Desk, device: Device, claims: dict[str, Any]) -> str:
    kid = await desk.ports.signer.kid(KeyUse.STATUS)
    signed = signing_input(claims, kid)
    signature = await desk.ports.signer.sign(kid, signed.encode())
    context = seal.info(SealedType.STATUS, device.push_service, device.id)
    return seal.seal(jws.compact(signed, signature), device.sealing_key, context)


def _claims(desk: Desk, device: Device, question: Question, said: Answer) -> dict[str, Any]:
    iat = desk.now() // SECOND
    return {
        "answer": said, "aud": device.app_id, "dev": device.id, "exp": iat + ANSWER_SECONDS,
        "iat": iat, "iss": desk.deployment.iss, "nonce": question.nonce,
    }  # fmt: skip


async def _about(desk: Desk, device: Device, call: Call | None) -> dict[str, Any]:
    """Say of the call what the announcement says; a phone that got no push learns it here."""
    agent = await desk.ports.store.agent(call.agent_id) if call else None
    if call is None or agent is None:
        return {}
    told = claims_of(announcement_for(desk, call, agent, device, ""))
    about = {
        name: told[name]
        for name in ("agt", "cid", "crn", "mc", "orig", "rcd", "rcdi")
        if name in told
    }
    return about | {"since": (call.connected_at or call.requested_at) // SECOND}
