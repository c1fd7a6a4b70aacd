from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringproof.core.call import Assurance
from ringproof.core.errors import Code, Refused
from ringproof.core.policy import Policy, check_caps, check_hours, minimum_for, quiet_at
from ringproof.core.reasons import Reason

LONDON, TOKYO = ZoneInfo("Europe/London"), ZoneInfo("Asia/Tokyo")


def at(hour: int, minute: int = 0) -> int:
    return int(datetime(2026, 1, 15, hour, minute, tzinfo=UTC).timestamp() * 1_000)


def test_quiet_hours_are_those_of_the_customer() -> None:
    policy = Policy(quiet_from=time(21), quiet_until=time(8))

    assert not quiet_at(policy, LONDON, at(14))
    assert quiet_at(policy, TOKYO, at(14))
    assert quiet_at(policy, LONDON, at(21))
    assert quiet_at(policy, LONDON, at(7, 59))
    assert not quiet_at(policy, LONDON, at(8))


def test_quiet_hours_within_one_day() -> None:
    policy = Policy(quiet_from=time(12), quiet_until=time(14))

    assert quiet_at(policy, LONDON, at(13))
    assert not quiet_at(policy, LONDON, at(23))


@given(st.integers(0, 23), st.integers(0, 59))
def test_equal_ends_mean_that_no_hour_is_quiet(hour: int, minute: int) -> None:
    assert not quiet_at(Policy(quiet_from=time(9), quiet_until=time(9)), LONDON, at(hour, minute))


def test_the_refusal_says_when_to_call() -> None:
    with pytest.raises(Refused, match="08:00") as refused:
        check_hours(Policy(), LONDON, at(3))

    assert refused.value.code is Code.QUIET_HOURS


@pytest.mark.parametrize(
    ("to_customer", "by_agent", "code"), [(5, 0, Code.CUSTOMER_CAP), (0, 60, Code.AGENT_CAP)]
)
def test_one_call_too_many_is_refused(to_customer: int, by_agent: int, code: Code) -> None:
    check_caps(Policy(), to_customer=4, by_agent=59)

    with pytest.raises(Refused) as refused:
        check_caps(Policy(), to_customer=to_customer, by_agent=by_agent)

    assert refused.value.code is code


def test_a_cap_of_nought_is_no_cap() -> None:
    check_caps(Policy(calls_per_customer=0, calls_per_agent=0), to_customer=999, by_agent=999)


def test_a_reason_may_ask_for_more_assurance_and_never_for_less() -> None:
    accepted = Policy(minimum=Assurance.ACCEPTED)

    assert minimum_for(accepted, Reason("a", {"en": "a"})) is Assurance.ACCEPTED
    assert (
        minimum_for(accepted, Reason("a", {"en": "a"}, Assurance.ACKNOWLEDGED))
        is Assurance.ACKNOWLEDGED
    )
    assert minimum_for(accepted, Reason("a", {"en": "a"}, Assurance.FALLBACK)) is Assurance.ACCEPTED
    assert minimum_for(Policy(minimum=Assurance.NONE), Reason("a", {})) is Assurance.FALLBACK
