import asyncio
import hashlib
from typing import Any

import pytest

from ringproof.core.call import Assurance, Call, CallState, DialMode, Outcome
from ringproof.core.chain import first_break
from ringproof.core.errors import Code, Refused
from ringproof.core.people import Agent
from ringproof.core.reasons import Reason
from ringproof.core.seal import SealedType
from ringproof.ports import Bank, DialVerdict, PushOutcome, PushVerdict, RequestKey
from ringproof.usecases.place_call import CallRequest, carry_out, request_call
from tests.kit import ADA, ADAS, AYESHA, BEN, BOB, OURS, OURS_IN, House


def request(agent: Agent = AYESHA, mode: DialMode = DialMode.SERVER, **more: Any) -> CallRequest:
    return CallRequest(agent, more.pop("customer_id", ADA.id), mode, **more)


async def place(bank: House, asked: CallRequest | None = None) -> Call:
    asked = asked or request()
    call = await request_call(bank.desk, asked)
    return await carry_out(bank.desk, call, asked.agent)


async def settled(bank: House, call: Call) -> Call:
    """Return the call when everything that was begun has ended."""
    await bank.desk.background.drain()
    found = await bank.store.call(call.id)
    assert found is not None
    assert first_break(call.id, await bank.store.history(call.id)) is None
    return found


async def unreachable(_push: object) -> PushOutcome:
    return PushOutcome(PushVerdict.UNAVAILABLE, "down")


async def test_a_receipt_lets_the_call_be_dialed_from_the_number_that_was_announced(
    bank: House,
) -> None:
    phone = await bank.phone(ADA, "delivered")

    call = await place(bank)

    assert (call.state, call.assurance) == (CallState.DIALED, Assurance.ACKNOWLEDGED)
    (card,), (dial,) = phone.cards, bank.switchboard.dialed
    assert (card.orig, card.dest) == (dial.orig, dial.dest) == (OURS, ADAS)
    assert (card.cid, card.mc, card.agent) == (call.id, call.match_code, "Ayesha, Fraud team")
    assert call.contact_id


async def test_acceptance_alone_is_enough_after_the_wait_and_is_called_so(bank: House) -> None:
    await bank.phone(ADA)

    call = await place(bank)

    assert (call.state, call.assurance) == (CallState.DIALED, Assurance.ACCEPTED)


async def test_a_receipt_after_the_dial_still_raises_the_assurance(bank: House) -> None:
    phone = await bank.phone(ADA)
    call = await place(bank)

    await phone.receipt("opened", call.id, phone.cards[0].jti)

    assert (await settled(bank, call)).assurance is Assurance.ACKNOWLEDGED


async def test_one_dead_push_service_does_not_keep_the_other_device_from_knowing(
    bank: House,
) -> None:
    await bank.phone(ADA, "delivered")
    dark = await bank.phone(ADA)
    bank.post.instead[dark.id] = unreachable

    call = await place(bank)

    assert (call.state, call.assurance) == (CallState.DIALED, Assurance.ACKNOWLEDGED)


async def test_when_nobody_could_be_told_nothing_is_dialed(bank: House) -> None:
    phone = await bank.phone(ADA)
    bank.post.instead[phone.id] = unreachable

    call = await place(bank.with_policy(announce_wait=60_000))  # and it does not wait for that

    assert (call.state, call.code) == (CallState.REFUSED, Code.NOT_ANNOUNCED)
    assert bank.switchboard.dialed == []


async def test_a_reason_that_asks_for_a_receipt_is_not_dialed_without_one(bank: House) -> None:
    strict = Reason("strict", {"en": "About your loan"}, Assurance.ACKNOWLEDGED)
    await bank.store.import_bank(Bank(reasons=(strict,)))
    phone = await bank.phone(ADA)

    call = await settled(bank, await place(bank, request(reason="strict")))

    assert (call.state, call.code) == (CallState.REFUSED, Code.ASSURANCE_TOO_LOW)
    assert bank.switchboard.dialed == []
    assert [end.outcome for end in phone.ends] == ["refused"]


@pytest.mark.parametrize("evt", ["declined", "call_later", "reported"])
async def test_a_customers_no_before_the_ring_revokes_the_call(bank: House, evt: str) -> None:
    phone = await bank.phone(ADA, evt)
    other = await bank.phone(ADA)

    call = await settled(bank, await place(bank))

    assert (call.state, call.code) == (CallState.DECLINED, evt)
    assert bank.switchboard.dialed == []
    assert [end.outcome for end in phone.ends + other.ends] == ["declined", "declined"]


async def test_an_announcement_carries_the_reason_in_the_customers_language(bank: House) -> None:
    phone = await bank.phone(BOB, "delivered")

    await place(bank, request(customer_id=BOB.id))

    assert phone.cards[0].crn == "Zu Ihrem Konto"


async def test_two_agents_calling_one_customer_make_one_call(bank: House) -> None:
    await bank.phone(ADA, "delivered")

    results = await asyncio.gather(
        *(request_call(bank.desk, request(agent)) for agent in (AYESHA, BEN) * 5),
        return_exceptions=True,
    )

    refused = [each for each in results if isinstance(each, Refused)]
    assert len(refused) == len(results) - 1
    assert {each.code for each in refused} == {Code.CALL_IN_PROGRESS}


async def test_the_same_request_fifty_times_at_once_is_one_call_and_one_dial(bank: House) -> None:
    phone = await bank.phone(ADA, "delivered")
    key = RequestKey(AYESHA.id, "place", "k", hashlib.sha256(b"same").digest())

    calls = await asyncio.gather(*(place(bank, request(key=key)) for _ in range(50)))

    assert len({call.id for call in calls}) == 1
    assert len(bank.switchboard.dialed) == 1
    assert len({card.jti for card in phone.cards}) == 1


async def test_the_same_key_for_another_request_is_a_mistake(bank: House) -> None:
    await bank.phone(ADA, "delivered")
    same = {"agent_id": AYESHA.id, "route": "place", "key": "k"}
    await place(bank, request(key=RequestKey(**same, digest=b"1" * 32)))

    with pytest.raises(Refused) as refused:
        await place(bank, request(key=RequestKey(**same, digest=b"2" * 32)))

    assert refused.value.code is Code.IDEMPOTENCY_MISMATCH


@pytest.mark.parametrize(
    ("asked", "code", "field"),
    [
        (request(customer_id="nobody"), Code.UNKNOWN_CUSTOMER, "customerId"),
        (request(reason="because"), Code.UNKNOWN_REASON, "reason"),
        (request(phone="+447700900999"), Code.NUMBER_NOT_CUSTOMERS, "phone"),
        (request(phone="rubbish"), Code.NUMBER_INVALID, "phone"),
        (request(customer_id=BOB.id), Code.NO_REACHABLE_DEVICE, None),
    ],
)
async def test_what_cannot_be_called_is_refused_before_anything_is_stored(
    bank: House, asked: CallRequest, code: Code, field: str | None
) -> None:
    await bank.phone(ADA, "delivered")

    with pytest.raises(Refused) as refused:
        await place(bank, asked)

    assert (refused.value.code, refused.value.field) == (code, field)
    assert bank.post.pushed == []


async def test_the_number_is_read_as_the_customers_country_writes_it(bank: House) -> None:
    await bank.phone(ADA, "delivered")

    assert (await place(bank, request(phone="07700 900123"))).dest == ADAS


async def test_the_cap_per_customer_counts_what_was_announced(bank: House) -> None:
    await bank.phone(ADA, "declined")
    bank.with_policy(calls_per_customer=2)
    for _ in range(2):
        assert (await place(bank)).state is CallState.DECLINED

    with pytest.raises(Refused) as refused:
        await place(bank)

    assert refused.value.code is Code.CUSTOMER_CAP


async def test_without_an_outbound_number_there_is_no_call(bank: House) -> None:
    await bank.phone(ADA, "delivered")
    bank.with_deployment(caller_id=OURS_IN)

    with pytest.raises(Refused) as refused:
        await place(bank)

    assert refused.value.code is Code.NO_CALLER_ID


async def test_the_kill_switch_stops_announcing(bank: House) -> None:
    await bank.phone(ADA, "delivered")
    await bank.store.set_killed(killed=True, by="admin", now=bank.clock.now())

    with pytest.raises(Refused) as refused:
        await place(bank)

    assert refused.value.code is Code.KILL_SWITCH


async def test_the_kill_switch_thrown_after_the_announcement_stops_the_dial(bank: House) -> None:
    phone = await bank.phone(ADA, "delivered")

    async def thrown_meanwhile(push: Any) -> PushOutcome:
        await bank.store.set_killed(killed=True, by="admin", now=bank.clock.now())
        await phone.take(push)
        return PushOutcome(PushVerdict.ACCEPTED)

    bank.post.instead[phone.id] = thrown_meanwhile

    call = await place(bank)

    assert (call.state, call.code) == (CallState.CANCELLED, Code.KILL_SWITCH)
    assert bank.switchboard.dialed == []


async def test_a_dead_token_is_forgotten(bank: House) -> None:
    await bank.phone(ADA, "delivered")
    dead = await bank.phone(ADA)

    async def gone(_push: object) -> PushOutcome:
        return PushOutcome(PushVerdict.TOKEN_DEAD, "Unregistered", bank.clock.now() + 1)

    bank.post.instead[dead.id] = gone

    await settled(bank, await place(bank))

    device = await bank.store.device(dead.id)
    assert device is not None
    assert not device.reachable


async def test_a_token_registered_again_outlives_an_older_invalidation(bank: House) -> None:
    await bank.phone(ADA, "delivered")
    renewed = await bank.phone(ADA)

    async def gone_before(_push: object) -> PushOutcome:
        return PushOutcome(PushVerdict.TOKEN_DEAD, "Unregistered", bank.clock.now() - 60_000)

    bank.post.instead[renewed.id] = gone_before

    await settled(bank, await place(bank))

    device = await bank.store.device(renewed.id)
    assert device is not None
    assert device.reachable


@pytest.mark.parametrize(
    ("verdict", "code"),
    [
        (DialVerdict.LIMIT, Code.DIALER_LIMIT),
        (DialVerdict.DESTINATION_NOT_ALLOWED, Code.DESTINATION_NOT_ALLOWED),
        (DialVerdict.NOT_PERMITTED, Code.OUTBOUND_NOT_PERMITTED),
        (DialVerdict.REFUSED, Code.DIALER_REFUSED),
        (DialVerdict.DOWN, Code.DIALER_DOWN),
    ],
)
async def test_what_connect_refuses_ends_and_the_devices_are_told(
    bank: House, verdict: DialVerdict, code: Code
) -> None:
    phone = await bank.phone(ADA, "delivered")
    bank.switchboard.answers = [verdict]

    call = await settled(bank, await place(bank))

    assert (call.state, call.outcome, call.code) == (CallState.ENDED, Outcome.FAILED, code)
    assert [end.outcome for end in phone.ends] == ["failed"]


async def test_a_throttled_dial_is_asked_for_again_inside_the_deadline(bank: House) -> None:
    await bank.phone(ADA, "delivered")
    bank.switchboard.answers = [DialVerdict.THROTTLED, DialVerdict.ACCEPTED]

    call = await place(bank)

    assert (call.state, call.code) == (CallState.DIALED, None)
    assert {each.call_id for each in bank.switchboard.dialed} == {call.id}
    assert len(bank.switchboard.dialed) == 2


async def test_throttled_until_the_deadline_the_call_ends(bank: House) -> None:
    await bank.phone(ADA, "delivered")
    bank.with_policy(dial_within=500)
    bank.switchboard.answers = [DialVerdict.THROTTLED] * 9

    call = await place(bank)

    assert (call.state, call.code) == (CallState.ENDED, Code.DIALER_THROTTLED)


async def test_no_answer_from_connect_leaves_the_call_dialed_and_says_so(bank: House) -> None:
    await bank.phone(ADA, "delivered")
    bank.switchboard.answers = [DialVerdict.UNCONFIRMED]

    call = await place(bank)

    assert (call.state, call.outcome) == (CallState.DIALED, Outcome.UNCONFIRMED)
    assert len(bank.switchboard.dialed) == 1


async def test_in_agent_mode_the_call_waits_announced_for_the_browser(bank: House) -> None:
    await bank.phone(ADA, "delivered")

    call = await place(bank, request(mode=DialMode.AGENT))

    assert call.state is CallState.ANNOUNCED
    assert bank.switchboard.dialed == []


async def test_a_call_whose_deadline_has_passed_is_not_dialed(bank: House) -> None:
    await bank.phone(ADA, "delivered")
    asked = request()
    call = await request_call(bank.desk, asked)
    bank.clock.ahead = 31_000

    ended = await carry_out(bank.desk, call, AYESHA)

    assert (ended.state, ended.code) == (CallState.REFUSED, Code.ANNOUNCED_TOO_LATE)
    assert bank.switchboard.dialed == []


async def test_the_end_notice_reaches_a_device_that_was_told(bank: House) -> None:
    phone = await bank.phone(ADA, "declined")

    await settled(bank, await place(bank))

    assert len(bank.post.of(SealedType.CALL_UPDATE)) == 1
    assert phone.ends[0].cid == phone.cards[0].cid
