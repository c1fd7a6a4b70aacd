"""Every path of the flows of answered calls."""

import pytest

from ringproof.simulators.connect.flow.effects import (
    Aim,
    Disconnect,
    Hold,
    Invoke,
    Play,
    Transfer,
)
from ringproof.simulators.connect.flow.lambdas import function_name
from tests.flows.walk import ANSWERS, VALUES, facts, program, walk

API = program("api-call")
OURS = facts(verified_call="true", agent_id="somebody else")


def test_only_a_call_of_the_ledger_is_greeted_and_brought_to_the_ledgers_agent():
    greeted = [m for m in walk(API, OURS) if isinstance(m.effect, Play) and "Bank" in m.effect.text]
    brought = [m for m in walk(API, OURS) if isinstance(m.effect, Transfer)]
    known = {"allow", "allow without a number", "allow with an empty number"}
    assert {moment.path.answer for moment in greeted} == known
    assert {moment.path.answer for moment in brought} == known
    assert Transfer(Aim("AgentId", "a1")) in [moment.effect for moment in brought]


def test_a_call_that_the_ledger_does_not_know_ends_without_a_word():
    for answer in ("deny", "nothing", "another word"):
        moments = [m for m in walk(API, OURS) if m.path.answer == answer]
        assert [moment.effect for moment in moments] == [Disconnect()]


def test_a_call_without_the_attribute_ends_before_the_ledger_is_asked():
    for about in (facts(), facts(verified_call="false")):
        assert [moment.effect for moment in walk(API, about)] == [Disconnect()]


def test_where_the_ledger_cannot_say_or_the_agent_is_lost_the_customer_hears_a_word_and_an_end():
    failed = [m for m in walk(API, OURS) if m.path.answer == "no answer"]
    words = [m.effect.text for m in failed if isinstance(m.effect, Play)]
    assert len(words) == 1
    assert "sorry" in words[0]
    assert "Bank" not in words[0]
    assert failed[-1].effect == Disconnect()
    lost = [m for m in walk(API, OURS) if m.path.answer == "allow" and m.path.done]
    assert Disconnect() in [moment.effect for moment in lost]


def test_a_waiting_customer_is_let_go_with_an_apology():
    moments = list(walk(program("api-wait"), facts()))
    done = {tuple(map(type, moment.path.done)) for moment in moments}
    assert {type(moment.effect) for moment in moments} == {Hold, Play, Disconnect}
    assert max(done, key=len) == (Hold, Play)


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_caller_goes_on_to_the_queue_whatever_the_report_comes_to(answer):
    moments = [m for m in walk(program("inbound-caller"), facts()) if m.path.answer == answer]
    assert Transfer(Aim("QueueId", VALUES["QueueArn"])) in [moment.effect for moment in moments]


def test_the_report_names_the_caller():
    first = next(walk(program("inbound-caller"), facts()))
    assert isinstance(first.effect, Invoke)
    assert function_name(first.effect.function_arn) == "inbound"
    assert first.effect.parameters == {"number": "+447400100001"}
