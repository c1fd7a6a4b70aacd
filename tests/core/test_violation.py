"""Whatever order the gate, the events and the records come in, one violation is left."""

from dataclasses import replace
from functools import reduce
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from ringproof.core.emergency import is_emergency
from ringproof.core.phone import E164
from ringproof.core.violation import Acknowledged, Done, FoundBy, Violation, merged

maybe = st.none() | st.sampled_from(["a", "b"])
violations = st.builds(
    Violation,
    contact_id=st.just("v"),
    code=st.sampled_from(["not_announced", "rang_all_the_same", "callback"]),
    at=st.integers(1, 3),
    method=st.just("OUTBOUND"),
    found_by=st.sampled_from(FoundBy),
    done=st.sampled_from(Done),
    agent_arn=maybe,
    number=st.none() | st.just(E164("+447700900123")),
    shown=st.none() | st.just(E164("+442079460123")),
    queue=maybe,
)


@given(st.lists(violations, min_size=1, max_size=4))
def test_disorder_and_repeats_change_nothing(said):
    told = {reduce(merged, order) for order in permutations(said)}

    assert len(told) == 1
    (one,) = told
    assert reduce(merged, said, one) == one


@given(violations, violations)
def test_what_was_done_is_the_worst_that_anybody_knows_of(one, other):
    assert merged(one, other).done is max(one.done, other.done)


@given(violations, violations)
def test_a_supervisors_word_stays(one, other):
    said = Acknowledged("boss", 5, "seen")

    assert merged(replace(one, acknowledged=said), other).acknowledged == said


def test_emergency_numbers_are_those_of_where_the_lines_are():
    assert all(is_emergency(each, "GB") for each in ("999", "112", "+44999", "+112", "9 9 9"))
    assert all(is_emergency(each, "US") for each in ("911", "+1911"))
    assert not any(is_emergency(each, "GB") for each in ("911", "+447700900999", "", "+", "1999"))
    assert is_emergency("112", None)
    assert not is_emergency("999", None)
