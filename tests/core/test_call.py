from hypothesis import given
from hypothesis import strategies as st

from ringproof.core.call import LIVE, MOVES, Assurance, CallState, allowed

states = st.sampled_from(list(CallState))


def test_only_an_announced_call_can_be_dialed() -> None:
    assert [state for state in CallState if allowed(state, CallState.DIALED)] == [
        CallState.ANNOUNCED
    ]


def test_only_a_requested_call_can_be_announced() -> None:
    assert [s for s in CallState if allowed(s, CallState.ANNOUNCED)] == [CallState.REQUESTED]


def test_a_decline_or_a_cancel_comes_before_the_dial_only() -> None:
    for end in (CallState.DECLINED, CallState.CANCELLED, CallState.ABANDONED):
        assert {s for s in CallState if allowed(s, end)} == {
            CallState.REQUESTED,
            CallState.ANNOUNCED,
        }


def test_nothing_follows_an_end_state() -> None:
    assert {s for s in CallState if s.final} == set(CallState) - LIVE
    assert all(not MOVES[s] for s in CallState if s.final)


@given(st.lists(states, min_size=1, max_size=30))
def test_whatever_is_tried_a_call_ends_at_most_once_and_is_dialed_only_when_announced(
    tried: list[CallState],
) -> None:
    at, walked = CallState.REQUESTED, [CallState.REQUESTED]
    for to in tried:
        if allowed(at, to):
            at = to
            walked.append(to)

    assert len(set(walked)) == len(walked)
    assert sum(state.final for state in walked) <= 1
    if CallState.DIALED in walked:
        assert walked[walked.index(CallState.DIALED) - 1] is CallState.ANNOUNCED


def test_assurance_is_ordered_and_reads_back() -> None:
    assert Assurance.NONE < Assurance.FALLBACK < Assurance.ACCEPTED < Assurance.ACKNOWLEDGED
    assert all(Assurance.of(level.wire) is level for level in Assurance)
