import pytest

from ringproof.core.call import Call, CallState, DialMode, Outcome
from ringproof.core.contact_event import ContactEvent, ContactEventType
from ringproof.core.errors import Code, Refused
from ringproof.ports import Contact, DialVerdict
from ringproof.usecases.cancel import cancel
from ringproof.usecases.follow_contact import follow_contact
from ringproof.usecases.place_call import CallRequest, carry_out, request_call
from ringproof.usecases.sweep import sweep
from tests.kit import ADA, ADAS, AYESHA, BOBS, OURS, House

ANSWERED, OVER = ContactEventType.CONNECTED_TO_SYSTEM, ContactEventType.DISCONNECTED


async def dialed(bank: House, mode: DialMode = DialMode.SERVER) -> Call:
    await bank.phone(ADA, "delivered")
    call = await request_call(bank.desk, CallRequest(AYESHA, ADA.id, mode))
    return await carry_out(bank.desk, call, AYESHA)


def event(contact: str | None, kind: ContactEventType | None, reason: str = "") -> ContactEvent:
    return ContactEvent(contact or "", kind, "API", reason)


async def test_connect_says_when_it_was_answered_and_when_it_ended(bank: House) -> None:
    call = await dialed(bank)

    answered = await follow_contact(bank.desk, event(call.contact_id, ANSWERED))
    ended = await follow_contact(bank.desk, event(call.contact_id, OVER))

    assert answered is not None
    assert ended is not None
    assert answered.state is CallState.CONNECTED
    assert (ended.state, ended.outcome) == (CallState.ENDED, Outcome.ANSWERED)


async def test_events_out_of_order_and_repeated_change_nothing_more(bank: House) -> None:
    call = await dialed(bank)

    for kind in (OVER, ANSWERED, OVER, None, ANSWERED):
        await follow_contact(bank.desk, event(call.contact_id, kind, "TELECOM_BUSY"))

    ended = await bank.store.call(call.id)
    assert ended is not None
    assert (ended.state, ended.outcome) == (CallState.ENDED, Outcome.BUSY)


async def test_the_agents_own_leg_is_not_the_customers_answer(bank: House) -> None:
    call = await dialed(bank)

    await follow_contact(bank.desk, event(call.contact_id, ContactEventType.CONNECTED_TO_AGENT))

    current = await bank.store.call(call.id)
    assert current is not None
    assert current.state is CallState.DIALED


async def test_a_call_that_connect_took_in_silence_is_found_by_its_contact(bank: House) -> None:
    bank.switchboard.answers = [DialVerdict.UNCONFIRMED]
    call = await dialed(bank)
    bank.switchboard.contacts["late"] = Contact(
        "late", "API", call.id, None, ADAS, OURS, ended=False
    )

    answered = await follow_contact(bank.desk, event("late", ANSWERED))

    assert answered is not None
    assert (answered.id, answered.state) == (call.id, CallState.CONNECTED)
    assert (answered.outcome, answered.code) == (None, None)


async def test_an_event_without_a_reason_has_connect_asked_for_it(bank: House) -> None:
    call = await dialed(bank)
    contact = call.contact_id or ""
    bank.switchboard.contacts[contact] = Contact(
        contact, "API", call.id, None, ADAS, OURS, ended=True, disconnect_reason="TELECOM_BUSY"
    )

    ended = await follow_contact(bank.desk, event(contact, OVER))

    assert ended is not None
    assert ended.outcome is Outcome.BUSY


async def test_a_foreign_contact_moves_nothing_and_is_remembered_until_it_ends(bank: House) -> None:
    foreign = Contact("foreign", "API", None, None, ADAS, OURS, ended=False)
    bank.switchboard.contacts["foreign"] = foreign
    assert await follow_contact(bank.desk, event("foreign", ANSWERED)) is None
    assert await bank.store.unmatched([ADAS], 0)
    assert not await bank.store.unmatched([BOBS], 0)

    await follow_contact(bank.desk, event("foreign", OVER))
    assert not await bank.store.unmatched([ADAS], 0)


async def test_a_contact_that_only_claims_to_be_a_call_does_not_become_it(bank: House) -> None:
    bank.switchboard.answers = [DialVerdict.UNCONFIRMED]
    call = await dialed(bank)
    bank.switchboard.contacts["x"] = Contact("x", "API", call.id, None, BOBS, OURS, ended=False)

    assert await follow_contact(bank.desk, event("x", ANSWERED)) is None

    current = await bank.store.call(call.id)
    assert current is not None
    assert current.contact_id is None


async def test_an_answer_whose_event_was_lost_is_still_an_answer(bank: House) -> None:
    call = await dialed(bank)
    contact = call.contact_id or ""
    bank.switchboard.contacts[contact] = Contact(
        contact, "API", call.id, None, ADAS, OURS, ended=True, answered=True
    )

    ended = await follow_contact(bank.desk, event(contact, OVER))

    assert ended is not None
    assert ended.outcome is Outcome.ANSWERED


async def test_hours_old_events_do_not_make_the_feed_alive(bank: House) -> None:
    old = bank.clock.now() - 3_600_000

    await follow_contact(bank.desk, ContactEvent("x", None, "API", at=old))

    assert (await bank.store.posture()).feed_at == old


async def test_the_feed_is_heard(bank: House) -> None:
    await follow_contact(bank.desk, event("foreign", None))

    assert (await bank.store.posture()).feed_at is not None


async def test_an_agent_may_cancel_before_the_dial(bank: House) -> None:
    call = await dialed(bank, DialMode.AGENT)

    assert (await cancel(bank.desk, call)).state is CallState.CANCELLED
    assert (await cancel(bank.desk, call)).state is CallState.CANCELLED


async def test_cancelling_a_ringing_call_hangs_it_up(bank: House) -> None:
    call = await dialed(bank)

    await cancel(bank.desk, call)

    assert bank.switchboard.stopped == [call.contact_id]


async def test_a_call_that_was_answered_is_not_cancelled(bank: House) -> None:
    call = await dialed(bank)
    await follow_contact(bank.desk, event(call.contact_id, ANSWERED))

    with pytest.raises(Refused) as refused:
        await cancel(bank.desk, call)

    assert refused.value.code is Code.TOO_LATE_TO_CANCEL


async def test_a_customers_no_while_it_rings_hangs_up(bank: House) -> None:
    call = await dialed(bank)
    phone = next(iter(bank.post.phones.values()))

    await phone.receipt("reported", call.id, phone.cards[0].jti)

    assert bank.switchboard.stopped == [call.contact_id]


async def test_the_sweep_abandons_what_was_announced_and_never_dialed(bank: House) -> None:
    call = await dialed(bank, DialMode.AGENT)
    assert await sweep(bank.desk) == 0
    bank.clock.ahead = 36_000

    assert await sweep(bank.desk) == 1

    swept = await bank.store.call(call.id)
    await bank.desk.background.drain()
    assert swept is not None
    assert swept.state is CallState.ABANDONED
    assert [end.outcome for p in bank.post.phones.values() for end in p.ends] == ["abandoned"]


async def test_a_dialed_call_that_connect_knows_nothing_of_ends_unconfirmed(bank: House) -> None:
    bank.switchboard.answers = [DialVerdict.UNCONFIRMED]
    call = await dialed(bank)
    bank.clock.ahead = 16 * 60_000

    assert await sweep(bank.desk) == 1

    swept = await bank.store.call(call.id)
    assert swept is not None
    assert (swept.state, swept.outcome) == (CallState.ENDED, Outcome.UNCONFIRMED)


@pytest.mark.parametrize("over", [True, False])
async def test_a_call_whose_events_were_lost_is_asked_of_connect(
    bank: House, *, over: bool
) -> None:
    call = await dialed(bank)
    await follow_contact(bank.desk, event(call.contact_id, ANSWERED))
    contact = call.contact_id or ""
    bank.switchboard.contacts[contact] = Contact(
        contact, "API", call.id, None, ADAS, OURS, ended=over
    )
    bank.clock.ahead = 16 * 60_000

    assert await sweep(bank.desk) == int(over)

    swept = await bank.store.call(call.id)
    assert swept is not None
    assert swept.state is (CallState.ENDED if over else CallState.CONNECTED)
