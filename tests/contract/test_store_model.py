"""Whatever happens to calls, in whichever order: the store agrees with a dictionary, and chains verify."""

import asyncio
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from ringproof.adapters.store.sqlite import SqliteStore
from ringproof.core.call import LIVE, MOVES, Assurance, Call, CallId, CallState
from ringproof.core.chain import first_break
from ringproof.core.judge import GateQuestion
from ringproof.core.phone import E164
from ringproof.core.receipt import Evt
from ringproof.ports import OpenVerdict, ReceiptVerdict
from tests.contract.store_kit import (
    ADA,
    ANNOUNCED,
    BANK,
    DIALED,
    NOW,
    QUEUE,
    a_call,
    a_receipt,
    opened,
)

CUSTOMERS = st.sampled_from(["one", "two"])
NUMBERS = st.sampled_from([E164("+447700900001"), E164("+447700900002")])
CONTACTS = st.sampled_from(["contact a", "contact b", "contact c"])
ASSURANCES = st.none() | st.sampled_from(Assurance)
EDGES = st.sampled_from([(at, to) for at, tos in MOVES.items() for to in sorted(tos)])


class Ledger(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.store = self.runner.run(SqliteStore.open(None))
        self.runner.run(self.store.import_bank(BANK))
        self.calls: dict[CallId, Call] = {}
        self.counted: set[tuple[CallId, Evt]] = set()

    def some(self, data: st.DataObject) -> Call:
        return self.calls[data.draw(st.sampled_from(sorted(self.calls)))]

    def put(self, call: Call, **changed: Any) -> Call:
        self.calls[call.id] = replace(call, version=call.version + 1, **changed)
        return self.calls[call.id]

    @rule(customer=CUSTOMERS, dest=NUMBERS)
    def open(self, customer, dest):
        call = a_call(len(self.calls), customer_id=customer, dest=dest)
        live = [each for each in self.calls.values() if each.state in LIVE]

        verdict = self.runner.run(opened(self.store, call, "j1")).verdict

        if any(each.customer_id == customer for each in live):
            assert verdict is OpenVerdict.CUSTOMER_BUSY
        elif any(each.dest == dest for each in live):
            assert verdict is OpenVerdict.NUMBER_BUSY
        else:
            assert verdict is OpenVerdict.OPENED
            self.calls[call.id] = call

    @precondition(lambda self: self.calls)
    @rule(data=st.data(), edge=EDGES, assurance=ASSURANCES)
    def advance(self, data, edge, assurance):
        call, (at, to) = self.some(data), edge

        got = self.runner.run(
            self.store.advance(call.id, at={at}, to=to, now=NOW, assurance=assurance)
        )

        if call.state is not at:
            assert got is None
            return
        reached = {
            CallState.DIALED: {"dialed_at": NOW},
            CallState.CONNECTED: {"connected_at": NOW},
        }.get(to, {"ended_at": NOW} if to.final else {})
        assurance = max(call.assurance, assurance or Assurance.NONE)
        assert got == self.put(call, state=to, assurance=assurance, **reached)

    @rule(dest=NUMBERS, contact=CONTACTS)
    def consume(self, dest, contact):
        question = GateQuestion(ADA.connect_user_arn, dest, QUEUE, contact)
        got = self.runner.run(self.store.consume(question, NOW)).call

        calls = [each for each in self.calls.values() if each.dest == dest]
        spent = [each for each in self.calls.values() if each.contact_id == contact]
        ready = [each for each in calls if each.state is ANNOUNCED]
        if spent:
            assert got == (spent[0] if spent[0].dest == dest else None)
        elif ready:
            changed = {"state": DIALED, "contact_id": contact, "dialed_at": NOW}
            assert got == self.put(ready[0], **changed)
        else:
            assert got is None

    @precondition(lambda self: self.calls)
    @rule(data=st.data(), contact=CONTACTS)
    def bind(self, data, contact):
        call = self.some(data)

        got = self.runner.run(self.store.bind_contact(call.id, contact, NOW))

        if call.contact_id == contact:
            assert got == call
        elif (
            call.contact_id
            or call.dialed_at is None
            or any(each.contact_id == contact for each in self.calls.values())
        ):
            assert got is None
        else:
            assert got == self.put(call, contact_id=contact)

    @precondition(lambda self: self.calls)
    @rule(data=st.data(), evt=st.sampled_from(Evt))
    def receive(self, data, evt):
        call = self.some(data)

        verdict = self.runner.run(self.store.record_receipt(a_receipt(call, evt), NOW))

        first = (call.id, evt) not in self.counted
        assert verdict is (ReceiptVerdict.FIRST if first else ReceiptVerdict.REPEATED)
        self.counted.add((call.id, evt))
        if first:
            raised = evt.acknowledges and call.state in LIVE
            self.put(call, assurance=Assurance.ACKNOWLEDGED if raised else call.assurance)

    @invariant()
    def agrees_and_verifies(self):
        for call in self.calls.values():
            assert self.runner.run(self.store.call(call.id)) == call
            chain = self.runner.run(self.store.history(call.id))
            assert first_break(call.id, chain) is None
            assert len(chain) == call.version

    def teardown(self):
        self.runner.run(self.store.aclose())
        self.runner.close()


TestLedger = Ledger.TestCase
TestLedger.settings = settings(
    max_examples=40,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
