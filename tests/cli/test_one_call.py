"""What one call is judged by: the order of the proof and the ring, on the customer's phone."""

from ringproof.commands import handset, telephone, timeline
from ringproof.commands.diary import Diary
from ringproof.commands.one_call import OneCall

CALL = {
    "callId": "c1", "state": "ended", "outcome": "no_answer", "assurance": "accepted",
    "requestedAt": "2026-11-22T10:00:00.000Z",
    "timeline": [
        {"state": "requested", "at": "2026-11-22T10:00:00.000Z"},
        {"state": "dialed", "at": "2026-11-22T10:00:00.250Z"},
        {"state": "ended", "at": "2026-11-22T10:00:45.000Z"},
    ],
    "pushes": [
        {"verdict": "throttled", "reason": "429", "at": "2026-11-22T10:00:00.100Z"},
        {"verdict": "accepted", "reason": "", "at": "2026-11-22T10:00:00.200Z"},
    ],
}  # fmt: skip


def lived(*what: tuple[str, str]) -> OneCall:
    diary = Diary()
    for name, about in what:
        diary.note(name, about)
    return OneCall(CALL, diary)


def test_a_proof_and_then_a_ring_is_proved_before_the_ring():
    assert lived((handset.VERIFIED, "c1"), (telephone.RINGING, "leg")).proved_before_ring


def test_a_ring_and_then_a_proof_is_not():
    assert not lived((telephone.RINGING, "leg"), (handset.VERIFIED, "c1")).proved_before_ring


def test_a_ring_without_a_proof_is_not():
    assert not lived((telephone.RINGING, "leg")).proved_before_ring


def test_a_proof_of_another_call_is_not():
    assert not lived((handset.VERIFIED, "c2"), (telephone.RINGING, "leg")).proved_before_ring


def test_a_proof_that_was_refused_is_not():
    assert not lived((handset.REFUSED, "c1"), (telephone.RINGING, "leg")).proved_before_ring


def test_a_proof_without_a_ring_is_not():
    assert not lived((handset.VERIFIED, "c1")).proved_before_ring


def test_instants_that_never_came_are_null():
    instants = timeline.instants(lived())
    assert instants["proofVerifiedAt"] is instants["ringAt"] is instants["connectedAt"] is None


def test_instants_are_milliseconds_and_a_push_counts_when_it_was_accepted():
    instants = timeline.instants(lived())
    assert instants["requestedAt"] == 1_795_341_600_000
    assert instants["pushedAt"] - instants["requestedAt"] == 200
    assert instants["dialedAt"] - instants["requestedAt"] == 250
    assert instants["endedAt"] - instants["requestedAt"] == 45_000
