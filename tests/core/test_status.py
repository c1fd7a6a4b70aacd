from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringproof.core.call import Assurance, Call, CallId, CallState, DialMode
from ringproof.core.phone import E164
from ringproof.core.status import FEED_SILENCE, Answer, Facts, answer
from ringproof.core.time import HOUR, SECOND

T = 1_800_000_000_000
CALL = Call(
    id=CallId("c"), customer_id="u", agent_id="a", mode=DialMode.SERVER,
    orig=E164("+442079460123"), dest=E164("+447700900123"), queue="q", reason="fraud",
    crn="About a card payment", match_code="47", minimum=Assurance.ACCEPTED,
    requested_at=T, dial_before=T + 30 * SECOND,
)  # fmt: skip
QUIET = Facts(calls=(), feed_at=T, covered=True, killed=False)


def with_call(**changed: object) -> Facts:
    return replace(QUIET, calls=(replace(CALL, **changed),))  # type: ignore[arg-type]


def test_not_us_needs_every_condition() -> None:
    assert answer(QUIET, T)[0] is Answer.NOT_US


@pytest.mark.parametrize(
    "lacking",
    [
        {"covered": False},
        {"feed_at": None},
        {"feed_at": T - FEED_SILENCE - 1},
        {"killed": True},
        {"unmatched": True},
    ],
)
def test_without_any_one_of_them_we_cannot_tell(lacking: dict[str, object]) -> None:
    assert answer(replace(QUIET, **lacking), T) == (Answer.CANNOT_TELL, None)  # type: ignore[arg-type]


@pytest.mark.parametrize("state", [CallState.REQUESTED, CallState.ANNOUNCED])
def test_calling_you_until_it_can_no_longer_be_dialed(state: CallState) -> None:
    facts = with_call(state=state)

    assert answer(facts, T + 30 * SECOND - 1)[0] is Answer.CALLING_YOU
    assert answer(facts, T + 30 * SECOND)[0] is not Answer.CALLING_YOU


def test_a_dialed_call_rings_for_a_minute_at_most_and_then_we_cannot_tell() -> None:
    facts = with_call(state=CallState.DIALED, dialed_at=T)

    assert answer(facts, T + 60 * SECOND - 1)[0] is Answer.CALLING_YOU
    assert answer(facts, T + 60 * SECOND) == (Answer.CANNOT_TELL, None)


def test_on_a_call_for_two_hours_and_while_the_feed_is_heard() -> None:
    facts = with_call(state=CallState.CONNECTED, dialed_at=T, connected_at=T)

    assert answer(facts, T + SECOND)[0] is Answer.ON_CALL_WITH_YOU
    assert answer(replace(facts, feed_at=None), T + SECOND)[0] is Answer.CANNOT_TELL
    heard = replace(facts, feed_at=T + 2 * HOUR)
    assert answer(heard, T + 2 * HOUR)[0] is Answer.CANNOT_TELL


def test_you_called_us_only_when_an_inbound_flow_says_so() -> None:
    assert answer(replace(QUIET, inbound=True, covered=False), T)[0] is Answer.YOU_CALLED_US


def test_the_kill_switch_silences_everything() -> None:
    facts = replace(with_call(state=CallState.CONNECTED, connected_at=T), killed=True)

    assert answer(facts, T) == (Answer.CANNOT_TELL, None)


@given(
    state=st.sampled_from(list(CallState)),
    age=st.integers(-HOUR, 3 * HOUR),
    feed=st.none() | st.integers(T - HOUR, T + 3 * HOUR),
    covered=st.booleans(),
)
def test_not_us_is_never_said_while_a_call_could_be_ringing_or_talking(
    state: CallState, age: int, feed: int | None, *, covered: bool
) -> None:
    facts = Facts(
        calls=(replace(CALL, state=state, dialed_at=T, connected_at=T),),
        feed_at=feed, covered=covered, killed=False,
    )  # fmt: skip

    said, call = answer(facts, T + age)

    if state in (CallState.DIALED, CallState.CONNECTED):
        assert said is not Answer.NOT_US
    assert (call is not None) == (said in (Answer.CALLING_YOU, Answer.ON_CALL_WITH_YOU))
