"""What holds whatever goes wrong, judged by what the other companies have on record, not by our word."""

import json
import re
from collections.abc import Iterator, Sequence

from ringproof.adapters.store.sqlite import SqliteStore
from ringproof.commands import handset
from ringproof.commands.handset import Handset
from ringproof.core import jws, seal
from ringproof.core.call import CallId, CallState
from ringproof.core.chain import first_break
from ringproof.core.errors import Refused
from ringproof.core.people import PushService
from ringproof.core.seal import SealedType
from ringproof.simulators.connect.contacts import Contact, Stage
from tests.api.bank import Reply
from tests.faults.world import World

OK = 200
_WHOLE_SENTENCES = re.compile(r"[A-Z][^{}<>_]*[.)]")
_FOR_ENGINEERS = re.compile(
    r"Exception|Error|Traceback|None|sqlite|HTTP|[a-z]+_[a-z]+|\d{3}\b", re.IGNORECASE
)


async def check(
    world: World, store: SqliteStore, phones: Sequence[Handset], replies: Sequence[Reply]
) -> None:
    """Prove, then dial; never twice; account for everything; and say so in plain words."""
    dialed = [each for each in world.connect.contacts.all() if Stage.DIALED in each.timeline]
    told = first_told(world, phones)
    for contact in dialed:
        call_id = call_of(contact)
        assert call_id in told, "a call was dialed that no phone had been told of"
        assert told[call_id] <= contact.timeline[Stage.DIALED], "dialed before it was announced"
    of = [call_of(each) for each in world.connect.contacts.all() if call_of(each)]
    assert len(of) == len(set(of)), "a call has two contacts"
    await _account(store)
    for reply in replies:
        sentence = said(reply)
        assert sentence is None or is_plain(sentence), sentence


async def _account(store: SqliteStore) -> None:
    by_call: dict[CallId, list[str]] = {}
    for each in await store.audit(0, 10_000):
        by_call.setdefault(each.call_id, []).append(each.link.event.state or "")
    for call_id, states in by_call.items():
        call = await store.call(call_id)
        assert call is not None
        assert call.state.final, f"the call is still {call.state}"
        ends = [state for state in states if state and CallState(state).final]
        assert ends == [call.state], "a call has exactly one end"
        assert first_break(call_id, await store.history(call_id)) is None


def call_of(contact: Contact) -> CallId | None:
    """The call that a contact carries in its attributes."""
    call_id = contact.attributes.get("ringproof_call_id")
    return CallId(call_id) if call_id else None


def first_told(world: World, phones: Sequence[Handset]) -> dict[CallId, int]:
    """When a call was first announced: accepted by a push service, or verified by a phone (ms)."""
    told: dict[CallId, int] = {}
    for at, call_id in [*_accepted(world, phones), *_verified(phones)]:
        told[call_id] = min(at, told.get(call_id, at))
    return told


def _accepted(world: World, phones: Sequence[Handset]) -> Iterator[tuple[int, CallId]]:
    for received in [*world.apns.requests.describe(), *world.fcm.requests.describe()]:
        body = received["body"]
        if received["answer"] == OK and isinstance(body, dict):
            content = body.get("message", {}).get("data", body)
            if content.get("type") == SealedType.CALL_VERIFICATION:
                yield from ((received["at"], cid) for cid in _inside(content["sealed"], phones))


def _inside(sealed: str, phones: Sequence[Handset]) -> Iterator[CallId]:
    """Open what was pushed with the key of the phone it is for."""
    for phone in phones:
        for service in (PushService.APNS, PushService.FCM):
            context = seal.info(SealedType.CALL_VERIFICATION, service, phone.enrolled.device_id)
            try:
                token = seal.unseal(sealed, phone._keys.sealing, context)
            except Refused:
                continue
            yield CallId(jws.claims_of(jws.parse(token).payload)["cid"])


def _verified(phones: Sequence[Handset]) -> Iterator[tuple[int, CallId]]:
    for phone in phones:
        for entry in phone.diary.entries:
            if entry.what == handset.VERIFIED:
                yield entry.at, CallId(entry.about)


def said(reply: Reply) -> str | None:
    """What a reply says to the agent: a problem always says something, a call while something is amiss."""
    if reply.status < 300 and not reply.raw:
        return None
    body = json.loads(reply.raw)
    if reply.status >= 400:
        assert reply.code == body["code"]
        return str(body["detail"])
    return body.get("detail") if isinstance(body, dict) else None


def is_plain(sentence: str) -> bool:
    """True for whole sentences without a word that only we understand."""
    return bool(_WHOLE_SENTENCES.fullmatch(sentence)) and not _FOR_ENGINEERS.search(sentence)
