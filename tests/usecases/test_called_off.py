"""A no that crosses with the dial."""

import asyncio
import dataclasses
from typing import Any

import pytest

from ringproof.core.call import Call, CallState, DialMode, Outcome
from ringproof.core.errors import Code, DependencyDown
from ringproof.core.seal import SealedType
from ringproof.ports import DialVerdict, PushOutcome, PushVerdict
from ringproof.usecases.acknowledge import report
from ringproof.usecases.cancel import cancel
from ringproof.usecases.place_call import CallRequest, carry_out, request_call
from ringproof.usecases.sweep import sweep
from tests.kit import ADA, AYESHA, House, Phone


async def dialing(bank: House) -> tuple[Phone, "asyncio.Task[Call]"]:
    """Take a call so far that Connect is being asked, and hold the answer back."""
    phone = await bank.phone(ADA, "delivered")
    bank.switchboard.hold = asyncio.Event()
    call = await request_call(bank.desk, CallRequest(AYESHA, ADA.id, DialMode.SERVER))
    task = asyncio.create_task(carry_out(bank.desk, call, AYESHA))
    while not bank.switchboard.dialed:
        await bank.store.wait(call.id, 0, 0)
        await asyncio.sleep(0)
    return phone, task


async def nos(bank: House, phone: Phone, how: str) -> None:
    card = phone.cards[0]
    if how == "cancel":
        current = await bank.store.call(card.cid)
        assert current is not None
        await cancel(bank.desk, current)
    else:
        await phone.receipt(how, card.cid, card.jti)


@pytest.mark.parametrize("how", ["declined", "call_later", "reported", "cancel"])
async def test_a_no_while_connect_is_being_asked_hangs_up(bank: House, how: str) -> None:
    phone, task = await dialing(bank)
    await nos(bank, phone, how)
    assert bank.switchboard.hold

    bank.switchboard.hold.set()
    call = await task

    assert bank.switchboard.stopped == [call.contact_id]


@pytest.mark.parametrize(
    ("how", "outcome"), [("declined", Outcome.DECLINED), ("cancel", Outcome.FAILED)]
)
async def test_a_no_while_connect_throttles_ends_the_asking(
    bank: House, how: str, outcome: Outcome
) -> None:
    bank.switchboard.answers = [DialVerdict.THROTTLED] * 9
    phone, task = await dialing(bank)
    await nos(bank, phone, how)
    assert bank.switchboard.hold

    bank.switchboard.hold.set()
    call = await task

    assert (call.state, call.outcome) == (CallState.ENDED, outcome)
    assert len(bank.switchboard.dialed) == 1


async def test_the_kill_switch_ends_the_asking(bank: House) -> None:
    bank.switchboard.answers = [DialVerdict.THROTTLED] * 9
    _, task = await dialing(bank)
    await bank.store.set_killed(killed=True, by="admin", now=bank.clock.now())
    assert bank.switchboard.hold

    bank.switchboard.hold.set()
    call = await task

    assert (call.state, call.code) == (CallState.ENDED, Code.KILL_SWITCH)


async def test_the_kill_switch_stops_a_call_that_was_only_stored(bank: House) -> None:
    phone = await bank.phone(ADA, "delivered")
    call = await request_call(bank.desk, CallRequest(AYESHA, ADA.id, DialMode.SERVER))
    await bank.store.set_killed(killed=True, by="admin", now=bank.clock.now())

    ended = await carry_out(bank.desk, call, AYESHA)

    assert (ended.state, ended.code) == (CallState.CANCELLED, Code.KILL_SWITCH)
    assert phone.cards == []


async def test_a_report_about_a_card_is_a_no_to_its_call_and_has_one_reference(bank: House) -> None:
    phone = await bank.phone(ADA, "delivered")
    call = await request_call(bank.desk, CallRequest(AYESHA, ADA.id, DialMode.AGENT))
    await carry_out(bank.desk, call, AYESHA)
    card = phone.cards[0]
    iat = bank.clock.now() // 1_000
    token = phone.signed("report+jwt", iat=iat, what="not mine", cid=card.cid, jti=card.jti)

    references = {await report(bank.desk, token) for _ in range(3)}

    ended = await bank.store.call(call.id)
    assert ended is not None
    assert (ended.state, ended.code) == (CallState.DECLINED, "reported")
    assert len(references) == 1


async def test_a_report_about_a_card_that_was_never_issued_moves_nothing(bank: House) -> None:
    phone = await bank.phone(ADA, "delivered")
    call = await request_call(bank.desk, CallRequest(AYESHA, ADA.id, DialMode.AGENT))
    await carry_out(bank.desk, call, AYESHA)
    iat = bank.clock.now() // 1_000

    await report(bank.desk, phone.signed("report+jwt", iat=iat, what="x", cid=call.id, jti="no"))

    current = await bank.store.call(call.id)
    assert current is not None
    assert current.state is CallState.ANNOUNCED


async def test_no_announcement_follows_its_end_notice(bank: House) -> None:
    first, slow = await bank.phone(ADA), await bank.phone(ADA)
    held, begun = asyncio.Event(), asyncio.Event()

    async def later(push: Any) -> PushOutcome:
        if push.type is SealedType.CALL_VERIFICATION:
            begun.set()
            await held.wait()
        await slow.take(push)
        return PushOutcome(PushVerdict.ACCEPTED)

    bank.post.instead[slow.id] = later
    call = await request_call(bank.desk, CallRequest(AYESHA, ADA.id, DialMode.SERVER))
    task = asyncio.create_task(carry_out(bank.desk, call, AYESHA))
    await begun.wait()
    await cancel(bank.desk, call)
    await task
    held.set()
    await bank.desk.background.drain()

    assert slow.cards == []
    assert [end.outcome for end in slow.ends] == ["cancelled"]
    assert len(first.ends) == 1


async def test_an_end_notice_that_was_lost_is_sent_by_the_sweep(bank: House) -> None:
    phone = await bank.phone(ADA, "declined")

    async def only_announcements(push: Any) -> PushOutcome:
        if push.type is SealedType.CALL_UPDATE:
            return PushOutcome(PushVerdict.UNAVAILABLE, "down")
        await phone.take(push)
        return PushOutcome(PushVerdict.ACCEPTED)

    bank.post.instead[phone.id] = only_announcements
    call = await request_call(bank.desk, CallRequest(AYESHA, ADA.id, DialMode.SERVER))
    await carry_out(bank.desk, call, AYESHA)
    await bank.desk.background.drain()
    assert phone.ends == []

    del bank.post.instead[phone.id]
    bank.clock.ahead = 61_000
    for _ in range(2):
        await sweep(bank.desk)
        await bank.desk.background.drain()

    assert [end.outcome for end in phone.ends] == ["declined"]


async def test_one_call_that_connect_does_not_settle_keeps_no_other_waiting(bank: House) -> None:
    await bank.phone(ADA, "delivered")
    call = await request_call(bank.desk, CallRequest(AYESHA, ADA.id, DialMode.SERVER))
    call = await carry_out(bank.desk, call, AYESHA)

    async def refuses(_contact: str) -> None:
        raise DependencyDown("connect", "no permission")

    bank.switchboard.describing = refuses
    bank.clock.ahead = 16 * 60_000

    assert await sweep(bank.desk) == 0
    current = await bank.store.call(call.id)
    assert current is not None
    assert current.state is CallState.DIALED


async def test_two_runs_of_one_announcement_end_in_one_call_and_one_notice(bank: House) -> None:
    phone = await bank.phone(ADA, "declined")
    call = await request_call(bank.desk, CallRequest(AYESHA, ADA.id, DialMode.SERVER))

    await asyncio.gather(*(carry_out(bank.desk, call, AYESHA) for _ in range(2)))
    await bank.desk.background.drain()

    assert len(phone.ends) == 1


async def test_a_proof_that_no_device_would_take_is_not_sent_and_nothing_is_dialed(
    bank: House,
) -> None:
    await bank.phone(ADA, "delivered")
    wordy = dataclasses.replace(AYESHA, display_name="名" * 256)
    bank.with_deployment(bank="名" * 256)

    call = await request_call(bank.desk, CallRequest(wordy, ADA.id, DialMode.SERVER))
    ended = await carry_out(bank.desk, call, wordy)

    assert (ended.state, ended.code) == (CallState.REFUSED, Code.NOT_ANNOUNCED)
    assert bank.switchboard.dialed == []
