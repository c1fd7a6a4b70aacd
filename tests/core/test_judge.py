"""The gate's one rule, whatever the ledger holds."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ringproof.core.call import CallState, DialMode
from ringproof.core.judge import Candidate, Denial, GateQuestion, judge
from ringproof.core.phone import E164
from ringproof.core.time import SECOND
from tests.contract.store_kit import NOW, QUEUE, a_call

AGENTS = ("arn:ada", "arn:bea", "")
NUMBERS = (E164("+447700900001"), E164("+447700900002"))
QUEUES = (QUEUE, "arn:other")
CONTACTS = (None, "c1", "c2")


@st.composite
def candidates(draw: st.DrawFn) -> Candidate:
    call = a_call(
        draw(st.integers(1, 9)),
        dest=draw(st.sampled_from(NUMBERS)),
        queue=draw(st.sampled_from(QUEUES)),
        mode=draw(st.sampled_from(DialMode)),
        state=draw(st.sampled_from(CallState)),
        contact_id=draw(st.sampled_from(CONTACTS)),
        dial_before=NOW + draw(st.sampled_from([-1, 0, 1, 30 * SECOND])),
    )
    return Candidate(call, draw(st.sampled_from(AGENTS)))


questions = st.builds(
    GateQuestion,
    agent_arn=st.sampled_from(AGENTS),
    number=st.sampled_from(NUMBERS),
    queue=st.sampled_from(QUEUES),
    contact_id=st.sampled_from(["c1", "c2"]),
)


@given(questions, st.lists(candidates(), max_size=5), st.booleans())
def test_what_is_allowed_was_announced_for_exactly_this_dial(question, known, killed):
    ruling = judge(question, known, NOW, killed=killed)

    assert (ruling.call is None) == (ruling.denial is not None)
    if ruling.call is None:
        return
    allowed = next(each for each in known if each.call is ruling.call)
    assert allowed.agent_arn == question.agent_arn != ""
    assert (allowed.call.dest, allowed.call.queue) == (question.number, question.queue)
    if ruling.spend:
        assert not killed
        assert allowed.call.state is CallState.ANNOUNCED
        assert allowed.call.mode is DialMode.AGENT
        assert allowed.call.dial_before > NOW
    else:
        assert allowed.call.contact_id == question.contact_id


@given(questions, st.lists(candidates(), max_size=5))
def test_a_contact_that_was_ruled_on_is_ruled_on_the_same_way_for_ever(question, known):
    first = judge(question, known, NOW, killed=False)
    if not first.spend or first.call is None:
        return
    dialed = replace(first.call, state=CallState.DIALED, contact_id=question.contact_id)
    later = [replace(c, call=dialed) if c.call is first.call else c for c in known]

    again = judge(question, later, NOW + 10**6, killed=True)

    assert (again.call, again.spend) == (dialed, False)


@given(st.lists(candidates(), max_size=5))
def test_with_the_switch_thrown_nothing_is_spent(known):
    question = GateQuestion("arn:ada", NUMBERS[0], QUEUE, "a new contact")

    assert judge(question, known, NOW, killed=True).denial is Denial.SWITCHED_OFF


def test_the_nearest_miss_is_the_reason():
    def denial(*calls: dict[str, Any], **asked: Any) -> Denial | None:
        known = [
            Candidate(a_call(n, **{"state": CallState.ANNOUNCED, "dest": NUMBERS[0], **each}), arn)
            for n, (arn, each) in enumerate(
                ((each.pop("by", "arn:ada"), each) for each in calls), start=1
            )
        ]
        named = {"agent_arn": "arn:ada", "number": NUMBERS[0], "queue": QUEUE, "contact_id": "c"}
        return judge(GateQuestion(**{**named, **asked}), known, NOW, killed=False).denial

    assert denial() is Denial.NOT_ANNOUNCED
    assert denial({"by": "arn:bea"}) is Denial.ANOTHER_AGENT
    assert denial({"dest": NUMBERS[1]}) is Denial.ANOTHER_NUMBER
    assert denial({"by": "arn:bea"}, {"dest": NUMBERS[1]}) is Denial.ANOTHER_AGENT
    assert denial({}, queue="arn:other") is Denial.ANOTHER_QUEUE
    assert denial({"dial_before": NOW}) is Denial.TOO_LATE
    assert denial({"mode": DialMode.SERVER}) is Denial.SERVER_DIALS
    assert denial({"state": CallState.DECLINED}) is Denial.REVOKED
    assert denial({"state": CallState.DIALED, "contact_id": "x"}) is Denial.ALREADY_USED
    assert denial({"state": CallState.REQUESTED}) is Denial.NOT_ANNOUNCED
    assert denial({"contact_id": "c", "by": "arn:bea"}) is Denial.CONTACT_REUSED
