import pytest

from ringproof.simulators.faults import (
    HTTP2_FAULTS,
    Answer,
    Blackhole,
    FaultRefused,
    Faults,
    Garbage,
    Goaway,
    Latency,
)


def test_without_faults_no_request_meets_one():
    assert Faults().take("/anything") is None


def test_the_first_fault_that_matches_applies():
    faults = Faults()
    faults.inject(Garbage(path="/a"), Latency(ms=5), Blackhole())

    assert faults.take("/a/b") == Garbage(path="/a")
    assert faults.take("/b") == Latency(ms=5)


def test_a_fault_applies_as_often_as_its_times_says_and_the_next_takes_over():
    faults = Faults()
    faults.inject(Answer(status=503, times=2), Garbage())

    met = [faults.take("/") for _ in range(3)]

    assert met == [Answer(status=503, times=2), Answer(status=503, times=1), Garbage()]


def test_what_is_in_force_is_described_with_what_is_left_of_times():
    faults = Faults()
    faults.inject_json(b'[{"fault":"answer","status":429,"retryAfter":7,"times":2,"path":"x"}]')

    faults.take("/x")

    assert faults.describe() == [
        {
            "fault": "answer",
            "status": 429,
            "reason": "",
            "retryAfter": 7,
            "timestamp": None,
            "times": 1,
            "path": "x",
        }
    ]


def test_clearing_goes_back_to_health():
    faults = Faults()
    faults.inject(Blackhole())

    faults.clear()

    assert faults.take("/") is None


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        b"not json",
        b'[{"fault":"unheard_of"}]',
        b'[{"fault":"latency"}]',
        b'[{"fault":"latency","ms":-1}]',
        b'[{"fault":"garbage","times":0}]',
        b'[{"fault":"garbage","colour":"red"}]',
        b'[{"fault":"answer","status":42}]',
        b'[{"fault":"goaway"}]',
    ],
)
def test_a_list_that_cannot_be_shown_is_refused_and_changes_nothing(body):
    faults = Faults()
    faults.inject(Blackhole())

    with pytest.raises(FaultRefused):
        faults.inject_json(body)

    assert faults.take("/") == Blackhole()


def test_goaway_is_for_simulators_that_speak_http2():
    faults = Faults(HTTP2_FAULTS)

    faults.inject_json(b'[{"fault":"goaway","excluding":true,"reason":"Shutdown"}]')

    assert faults.take("/") == Goaway(excluding=True, reason="Shutdown")
