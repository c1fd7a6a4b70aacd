"""Contacts, violations and who is told of them."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from ringproof.core.time import SECOND
from ringproof.core.violation import Acknowledged, Done, FoundBy, Violation
from ringproof.ports import Bank, ContactSeen, Standing, ViolationFilter
from tests.contract.store_kit import ANNOUNCED, BANK, DIALED, JOHN, MARY, NOW, live

HOOKS = ("webhook", "eventbridge")


def a_violation(contact: str = "v", **changed: Any) -> Violation:
    found = Violation(
        contact, "not_announced", NOW, "OUTBOUND", FoundBy.GATE, Done.BLOCKED,
        agent_arn="arn:ada", agent_id="ada", number=JOHN.phones[0], queue="arn:queue",
    )  # fmt: skip
    return replace(found, **changed)


def a_contact(contact: str = "v", **changed: Any) -> ContactSeen:
    return replace(ContactSeen(contact, "OUTBOUND", Standing.CALL, NOW, NOW), **changed)


async def test_a_violation_is_news_once(store):
    first = await store.add_violation(a_violation(), HOOKS, NOW)
    again = await store.add_violation(a_violation(), HOOKS, NOW)

    assert (first, again) == ((a_violation(), True), (a_violation(), False))
    assert [each.channel for each in await store.alerts_due(NOW, 9)] == list(HOOKS)


async def test_of_twenty_reports_at_once_one_is_news(store):
    told = await asyncio.gather(
        *(store.add_violation(a_violation(), HOOKS, NOW) for _ in range(20))
    )

    assert sum(news for _, news in told) == 1


async def test_what_turns_out_to_be_graver_is_news_again(store):
    await store.add_violation(a_violation(), HOOKS, NOW)
    worse = a_violation(
        code="rang_all_the_same", done=Done.NOT_STOPPED, found_by=FoundBy.RECORD, agent_id=None
    )

    stored, news = await store.add_violation(worse, HOOKS, NOW)

    assert news
    assert (stored.code, stored.agent_id) == ("rang_all_the_same", "ada")
    assert await store.violation("v") == stored


async def test_violations_are_found_by_time_agent_code_and_whether_somebody_has_looked(store):
    for n in range(6):
        each = a_violation(
            f"v{n}", at=NOW + n, agent_id=("ada", "bea")[n % 2], code=("a", "b")[n // 3]
        )
        await store.add_violation(each, (), NOW)
    await store.acknowledge_violation("v0", Acknowledged("boss", NOW, "spoke to Ada"))

    async def ids(**wanted: Any) -> list[str]:
        found = await store.violations(ViolationFilter(**wanted), 9)
        return [each.contact_id for each in found]

    assert await ids() == ["v5", "v4", "v3", "v2", "v1", "v0"]
    assert await ids(since=NOW + 1, until=NOW + 3) == ["v2", "v1"]
    assert await ids(agent_id="bea", code="a") == ["v1"]
    assert await ids(acknowledged=True) == ["v0"]
    assert len(await ids(acknowledged=False)) == 5


async def test_pages_of_violations_join_without_gap_or_repeat(store):
    for n in range(7):
        await store.add_violation(a_violation(f"v{n}", at=NOW + n // 3), (), NOW)
    seen, before = [], None
    while page := await store.violations(ViolationFilter(), 2, before):
        seen += [each.contact_id for each in page]
        before = (page[-1].at, page[-1].contact_id)

    assert seen == [f"v{n}" for n in reversed(range(7))]


async def test_the_first_supervisor_who_looks_is_the_one_who_looked(store):
    await store.add_violation(a_violation(), (), NOW)
    said = Acknowledged("boss", NOW, "a mistake")

    looked = await store.acknowledge_violation("v", said)
    later = await store.acknowledge_violation("v", Acknowledged("other", NOW + 1, "me too"))

    assert looked.acknowledged == later.acknowledged == said
    assert await store.acknowledge_violation("unknown", said) is None
    stored, _ = await store.add_violation(a_violation(done=Done.NOT_STOPPED), (), NOW)
    assert stored.acknowledged == said


async def test_an_alert_is_tried_until_it_is_told_or_dead(store):
    await store.add_violation(a_violation(), ("webhook",), NOW)
    (alert,) = await store.alerts_due(NOW, 9)

    await store.alert_failed(alert.number, "503", NOW + SECOND)
    assert await store.alerts_due(NOW, 9) == []
    (again,) = await store.alerts_due(NOW + SECOND, 9)
    assert (again.tries, again.error, again.violation) == (1, "503", a_violation())

    await store.alert_failed(alert.number, "410", None)
    (dead,) = await store.dead_alerts(9)
    assert (dead.dead, dead.error) == (True, "410")
    assert await store.alerts_due(NOW + 10**9, 9) == []

    assert await store.revive_alert(alert.number, NOW)
    assert not await store.revive_alert(alert.number, NOW)
    await store.alert_told(alert.number)
    assert await store.alerts_due(NOW, 9) == await store.dead_alerts(9) == []


async def test_alerts_of_one_channel_are_found_whatever_is_due_to_others(store):
    for n in range(3):
        await store.add_violation(a_violation(f"v{n}"), HOOKS, NOW)

    due = await store.alerts_due(NOW, 2, "eventbridge")

    assert [(each.channel, each.violation.contact_id) for each in due] == [
        ("eventbridge", "v0"), ("eventbridge", "v1"),
    ]  # fmt: skip
    assert await store.alerts_due(NOW, 9, "unknown") == []


@pytest.mark.parametrize(
    ("first", "then", "stays"),
    [
        (Standing.VIOLATION, Standing.CALL, Standing.CALL),
        (Standing.VIOLATION, Standing.MANUAL, Standing.VIOLATION),
        (Standing.MANUAL, Standing.VIOLATION, Standing.VIOLATION),
        (Standing.MANUAL, Standing.CHAIN, Standing.MANUAL),
        (Standing.CHAIN, Standing.CALL, Standing.CALL),
    ],
)
async def test_what_a_contact_is_known_to_be(store, first, then, stays):
    await store.seen_contact(a_contact(standing=first))
    await store.seen_contact(a_contact(standing=then, updated_at=NOW + 1))

    assert (await store.contact_seen("v")).standing is stays


async def test_an_old_or_repeated_word_on_a_contact_is_no_news(store):
    newer = a_contact(updated_at=NOW + 5, recorded=True)

    assert await store.seen_contacts([newer, a_contact("w")]) == 2
    assert not await store.seen_contact(a_contact())
    assert not await store.seen_contact(newer)
    assert await store.contact_seen("v") == newer
    assert await store.contact_seen("unknown") is None


async def test_a_period_shows_what_is_missing(store):
    for n in (1, 2):
        await live(store, n, ANNOUNCED, DIALED)
    await store.bind_contact((await live(store, 3, ANNOUNCED, DIALED)).id, "c3", NOW)
    await store.seen_contacts(
        [
            a_contact("c3", recorded=True),
            a_contact("m", standing=Standing.MANUAL),
            a_contact("outside", at=NOW + 10),
        ]
    )
    await store.add_violation(a_violation(), (), NOW)

    found = await store.gaps(NOW, NOW + 10)

    assert found.standings == {Standing.CALL: 1, Standing.MANUAL: 1}
    assert (found.unrecorded, found.dialed, found.without_contact) == (1, 3, 2)
    assert found.violations_open == 1


async def test_a_number_is_a_customers_until_the_customer_has_another(store):
    await store.import_bank(BANK)
    assert await store.has_customer(MARY.phones[0])

    await store.import_bank(Bank(customers=(replace(MARY, phones=JOHN.phones),)))

    assert not await store.has_customer(MARY.phones[0])
    assert await store.has_customer(JOHN.phones[0])


async def test_somebody_calls_from_a_number_until_they_hang_up(store):
    number, other = JOHN.phones
    await store.inbound_began("in", number, NOW)
    await store.inbound_began("in", number, NOW)

    assert await store.inbound([other, number], NOW)
    assert not await store.inbound([other], NOW)
    assert not await store.inbound([number], NOW + 1)
    await store.inbound_ended("in")
    assert not await store.inbound([number], NOW)
