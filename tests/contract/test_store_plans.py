"""Every statement finds its rows by an index: ten million devices must not cost more than ten thousand."""

import pytest

from ringproof.adapters.store.sqlite import SqliteStore
from ringproof.core.call import CallState
from ringproof.core.judge import GateQuestion
from ringproof.core.violation import Acknowledged
from ringproof.ports import ContactSeen, Standing, ViolationFilter
from tests.contract.store_kit import (
    ADA,
    ANNOUNCED,
    BANK,
    JOHN,
    NOW,
    QUEUE,
    a_call,
    a_device,
    a_key,
    a_receipt,
    enrolled,
    live,
)
from tests.contract.test_store_violations import a_violation

ONE_ROW_OR_A_HANDFUL = ("SCAN posture", "SCAN numbers", "SCAN reasons", "SCAN api_keys")
# The partial index has only what is owed, and the sweep keeps it so.
# A subquery is scanned once it has found its few rows by an index.
BY_INDEX = (
    "(subquery-",
    "USING INDEX end_notices_owed",
    "VIRTUAL TABLE INDEX",
    "SCAN CONSTANT ROW",
)


@pytest.fixture
async def store():
    opened = await SqliteStore.open(None)
    await opened.import_bank(BANK)
    yield opened
    await opened.aclose()


async def all_of_enforcement(store: SqliteStore) -> None:
    await store.has_customer(JOHN.phones[0])
    await store.seen_contact(ContactSeen("x", "API", Standing.CALL, NOW, NOW))
    await store.contact_seen("x")
    await store.add_violation(a_violation(), ("hook",), NOW)
    await store.violation("x")
    for wanted in (
        ViolationFilter(), ViolationFilter(since=1, until=NOW), ViolationFilter(agent_id="ada"),
        ViolationFilter(code="callback"), ViolationFilter(acknowledged=False),
    ):  # fmt: skip
        await store.violations(wanted, 9, (NOW, "x"))
    await store.alerts_due(NOW, 9)
    await store.dead_alerts(9)
    await store.alert_failed(1, "down", None)
    await store.revive_alert(1, NOW)
    await store.alert_told(1)
    await store.acknowledge_violation("v", Acknowledged("boss", NOW, "seen"))
    await store.inbound_began("i", JOHN.phones[0], NOW)
    await store.inbound([JOHN.phones[0]], NOW)
    await store.inbound_ended("i")
    await store.gaps(1, NOW)


async def everything(store: SqliteStore) -> None:
    call = await live(store, 1, ANNOUNCED)
    await store.open_call(a_call(2), [], a_key())
    await store.open_call(a_call(3, customer_id=call.customer_id), [], a_key("other"))
    await store.repeated(a_key())
    await store.consume(GateQuestion(ADA.connect_user_arn, call.dest, QUEUE, "contact"), NOW)
    await store.record_receipt(a_receipt(call), NOW)
    await store.advance(call.id, at={CallState.DIALED}, to=CallState.ENDED, now=NOW)
    await store.checkpoint(NOW)
    await store.call_of_contact("contact")
    await store.concerning("one", [JOHN.phones[1]], NOW)
    await store.unmatched([JOHN.phones[1]], NOW)
    await store.end_notices_owed((0, NOW), 10)
    await store.forgive_end_notices(NOW)
    await store.unfinished(NOW)
    await store.count_calls(customer_id="one", agent_id="ada", since=(NOW, NOW))
    await store.recent_calls("one", 9)
    for look_up in (store.events, store.receipts, store.announced_to):
        await look_up(call.id)
    await store.audit(0, 9)
    await store.customer("x")
    await store.find_customers("jo mu", 9)
    await store.agent("ada")
    await store.agent_by_subject("tid/ada")
    await store.agent_by_connect_user("arn:ada")
    await store.photo("00")
    await enrolled(store, a_device())
    await store.devices(JOHN.id)
    await store.update_device("d1", NOW, push_token="t2")
    await store.drop_token("d1", "t2", NOW)
    await store.use_nonce("d1", "n", NOW, NOW + 1)
    await store.remove_device("d1")
    await store.api_key(b"")
    await store.api_keys()
    await store.posture()
    await store.numbers()
    await store.reasons()
    await store.import_bank(BANK)


async def test_no_statement_scans_a_table(store):
    said: set[str] = set()
    connections = (store._reader._db, store._writer._db)
    for db in connections:
        db.set_trace_callback(said.add)
    await everything(store)
    await all_of_enforcement(store)
    for db in connections:
        db.set_trace_callback(None)

    ours = [sql for sql in said if "customer_words_" not in sql]  # the rest is FTS5's own business
    asked = [sql for sql in ours if sql.split()[0] in {"SELECT", "UPDATE", "DELETE", "INSERT"}]
    plans = {
        sql: store._writer._db.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall() for sql in asked
    }
    scans = {
        sql: step[3]
        for sql, plan in plans.items()
        for step in plan
        if step[3].startswith("SCAN")
        and not step[3].startswith(ONE_ROW_OR_A_HANDFUL)
        and not any(index in step[3] for index in BY_INDEX)
    }

    assert len(asked) > 50
    assert scans == {}
