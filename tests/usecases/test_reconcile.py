"""Every contact that Connect tells of is one of ours, or is found, however it is told."""

import asyncio
import random
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ringproof.core.call import Call, CallState, DialMode, Outcome
from ringproof.core.contact_event import ContactEventType
from ringproof.core.judge import Enforcement
from ringproof.core.violation import Done, FoundBy, Violation
from ringproof.ports import Standing, ViolationFilter
from ringproof.usecases.enforce import Dialed, enforce
from ringproof.usecases.follow_contact import follow_contact
from ringproof.usecases.place_call import CallRequest, carry_out, request_call
from ringproof.usecases.reconcile import reconcile
from ringproof.usecases.take_record import take_record
from tests.kit import ADA, AYESHA, BEN, BOBS, OURS, OURS_IN, QUEUE, House, house
from tests.usecases.contacts import STRANGER, Heard, a_day, record

KINDS = (
    ContactEventType.INITIATED, ContactEventType.CONNECTED_TO_SYSTEM, ContactEventType.DISCONNECTED,
)  # fmt: skip


async def genuine(bank: House) -> Call:
    await bank.phone(ADA, "delivered")
    asked = CallRequest(AYESHA, ADA.id, DialMode.SERVER)
    return await carry_out(bank.desk, await request_call(bank.desk, asked), AYESHA)


async def found(bank: House) -> dict[str, Violation]:
    await bank.desk.background.drain()
    return {v.contact_id: v for v in await bank.store.violations(ViolationFilter(), 99)}


async def told(bank: House, heard: Heard, kind: ContactEventType | None) -> None:
    """Tell of a contact by an event, or by its record."""
    if kind is None:
        await take_record(bank.desk, heard.record)
        return
    ended = kind is ContactEventType.DISCONNECTED
    bank.switchboard.contacts[heard.record.contact_id] = heard.contact(ended=ended)
    await follow_contact(bank.desk, heard.event(kind))


async def a_disordered_day(seed: int, lost: float) -> None:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        async with house(Path(folder)) as bank:
            bank.with_policy(manual_contacts=True)
            call = await genuine(bank)
            day = a_day(call, bank.clock.now())
            events = [(h, k) for h in day for k in KINDS if chance.random() >= lost]
            again = chance.choices(events or [(day[0], None)], k=9)
            said = [*events, *((heard, None) for heard in day), *again]
            chance.shuffle(said)
            for heard, kind in said:
                await told(bank, heard, kind)

            codes = {contact: v.code for contact, v in (await found(bank)).items()}
            assert codes == {h.record.contact_id: h.code for h in day if h.code}
            for heard in day:
                seen = await bank.store.contact_seen(heard.record.contact_id)
                assert seen is not None
                assert (seen.standing is Standing.VIOLATION) == (heard.code is not None)
            ended = await bank.store.call(call.id)
            assert ended is not None
            assert (ended.state, ended.outcome) == (CallState.ENDED, Outcome.ANSWERED)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32), st.sampled_from([0.0, 0.5, 1.0]))
def test_lost_repeated_and_disordered_words_come_to_the_same(seed: int, lost: float) -> None:
    asyncio.run(a_disordered_day(seed, lost))


async def test_one_event_is_enough_to_find_a_dial_on_another_queue(bank: House) -> None:
    ungated = Heard(record("other", bank.clock.now(), queue="arn:other", answered=False))

    await told(bank, ungated, ContactEventType.INITIATED)

    violation = (await found(bank))["other"]
    assert (violation.code, violation.done, violation.agent_id) == (
        "ungated_dial", Done.STOPPED, BEN.id,
    )  # fmt: skip
    assert bank.switchboard.stopped == ["other"]
    assert bank.switchboard.marked == {"other": "ungated_dial"}


@pytest.mark.parametrize(
    ("mode", "done"), [(Enforcement.WARN, Done.WARNED), (Enforcement.MONITOR, Done.RECORDED)]
)
async def test_only_a_bank_that_blocks_hangs_up(bank: House, mode: Enforcement, done: Done) -> None:
    bank.with_deployment(enforcement=mode)
    ungated = Heard(record("other", bank.clock.now(), queue="arn:other"))

    await told(bank, ungated, ContactEventType.INITIATED)

    assert (await found(bank))["other"].done is done
    assert bank.switchboard.stopped == []


async def test_what_connect_does_not_stop_is_not_said_to_be_stopped(bank: House) -> None:
    external = Heard(record("x", bank.clock.now(), method="EXTERNAL_OUTBOUND"))

    await told(bank, external, ContactEventType.CONNECTED_TO_SYSTEM)

    assert (await found(bank))["x"].done is Done.NOT_STOPPED
    assert bank.switchboard.stopped == []


async def test_a_dial_that_the_gate_blocked_is_one_violation_and_asks_connect_nothing(
    bank: House,
) -> None:
    dialed = Dialed(BEN.connect_user_arn, BOBS, QUEUE, "blocked")
    assert not (await enforce(bank.desk, dialed)).allow
    blocked = Heard(record("blocked", bank.clock.now(), answered=False))
    for kind in (ContactEventType.INITIATED, ContactEventType.DISCONNECTED):
        await follow_contact(bank.desk, blocked.event(kind))
    await take_record(bank.desk, blocked.record)

    (one,) = (await found(bank)).values()

    assert (one.code, one.done, one.found_by) == ("not_announced", Done.BLOCKED, FoundBy.GATE)


async def test_a_blocked_dial_that_rings_all_the_same_is_the_gravest_of_all(bank: House) -> None:
    await enforce(bank.desk, Dialed(BEN.connect_user_arn, BOBS, QUEUE, "edited flow"))

    await take_record(bank.desk, record("edited flow", bank.clock.now()))

    one = (await found(bank))["edited flow"]
    assert (one.code, one.done) == ("rang_all_the_same", Done.NOT_STOPPED)


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"shown": OURS_IN}, "caller_id_differs"), ({"number": STRANGER}, "number_differs")],
)
async def test_our_own_call_with_another_number_on_it_is_found(
    bank: House, changed: dict[str, Any], code: str
) -> None:
    call = await genuine(bank)
    ours = a_day(call, bank.clock.now())[0].record
    await take_record(bank.desk, replace(ours, **changed))

    one = (await found(bank))[ours.contact_id]
    assert (one.code, one.call_id) == (code, call.id)


async def test_a_customer_added_to_a_conference_is_found_and_a_partner_is_not(bank: House) -> None:
    bank.with_policy(manual_contacts=True)
    call = await genuine(bank)
    both = (
        record(f"to {number}", 1, method="EXTERNAL_OUTBOUND", number=number, dialed=number,
               initial_id=call.contact_id)
        for number in (BOBS, STRANGER)
    )  # fmt: skip
    judged = [await reconcile(bank.desk, each, FoundBy.RECORD) for each in both]

    assert [each and each.standing for each in judged] == [Standing.VIOLATION, Standing.MANUAL]
    assert (await found(bank))[f"to {BOBS}"].call_id == call.id


async def test_a_manual_contact_that_the_gate_let_pass_is_manual_for_good(bank: House) -> None:
    bank.with_policy(manual_contacts=True)
    await enforce(bank.desk, Dialed(BEN.connect_user_arn, STRANGER, QUEUE, "manual"))
    bank.with_policy(manual_contacts=False)

    await take_record(
        bank.desk, record("manual", bank.clock.now(), number=STRANGER, dialed=STRANGER)
    )

    assert await found(bank) == {}


async def test_a_record_ends_a_call_whose_events_were_all_lost(bank: House) -> None:
    call = await genuine(bank)
    ours = a_day(call, bank.clock.now())[0].record

    await take_record(bank.desk, ours)
    await take_record(bank.desk, ours)

    ended = await bank.store.call(call.id)
    assert ended is not None
    assert (ended.state, ended.outcome) == (CallState.ENDED, Outcome.ANSWERED)


async def test_a_transfer_of_our_call_belongs_to_it_and_any_other_to_nobody(bank: House) -> None:
    call = await genuine(bank)
    ours, other = (
        record(f"of {initial}", 1, method="TRANSFER", initial_id=initial)
        for initial in (call.contact_id, "a customer's own call")
    )

    judged = [await take_record(bank.desk, each) for each in (ours, ours, other)]

    assert [each and (each.standing, each.call) for each in judged] == [
        (Standing.CHAIN, call), (Standing.CHAIN, call), None,
    ]  # fmt: skip
    assert await found(bank) == {}
    assert await bank.store.call(call.id) == call
    seen = await bank.store.contact_seen(ours.contact_id)
    assert seen is not None
    assert (seen.standing, seen.call_id) == (Standing.CHAIN, call.id)


async def test_an_inbound_contact_is_nobodys_violation(bank: House) -> None:
    assert await take_record(bank.desk, record("in", 1, method="INBOUND", shown=OURS)) is None
    assert await found(bank) == {}


async def test_a_call_for_help_keeps_nobody_from_hearing_that_it_is_not_us(bank: House) -> None:
    now = bank.clock.now()
    helped = Heard(record("for help", now, number=None, dialed="112"))
    stranger = Heard(record("ungated", now, number=None, dialed=""))

    await told(bank, helped, ContactEventType.CONNECTED_TO_SYSTEM)
    assert not await bank.store.unmatched([BOBS], now - 1)

    await told(bank, stranger, ContactEventType.CONNECTED_TO_SYSTEM)
    assert await bank.store.unmatched([BOBS], now - 1)
