import pytest

from ringproof.core.call import Outcome
from ringproof.core.contact_event import ContactEventType, outcome_of, read_contact_event
from ringproof.core.errors import Code, Refused
from ringproof.core.people import Customer, same_id
from ringproof.core.phone import E164
from ringproof.core.time import rfc3339

ADA = Customer("c1", (), "Ada", (E164("+447700900123"),), "Europe/London", "en")


def test_a_crm_id_is_the_same_with_braces_and_in_capitals() -> None:
    assert same_id("{A1B2-C3}") == same_id("a1b2-c3") == "a1b2-c3"


def test_a_number_only_selects_among_the_customers_own() -> None:
    assert ADA.phone(None) == ADA.phone(E164("+447700900123"))
    with pytest.raises(Refused) as refused:
        ADA.phone(E164("+447700900999"))
    assert refused.value.code is Code.NUMBER_NOT_CUSTOMERS


def test_an_event_is_read_whatever_its_casing_and_whatever_is_new_in_it() -> None:
    event = read_contact_event(
        {"source": "aws.connect", "detail": {
            "ContactId": "c", "EventType": "disconnected", "InitiationMethod": "api",
            "disconnectReason": "TELECOM_BUSY", "somethingNew": {"x": 1},
        }}
    )  # fmt: skip

    assert event is not None
    assert event.type is ContactEventType.DISCONNECTED
    assert event.initiation_method == "API"
    assert outcome_of(event.disconnect_reason, answered=False) is Outcome.BUSY


@pytest.mark.parametrize(
    "body", [{}, {"source": "aws.events", "detail": {}}, {"source": "aws.connect"}]
)
def test_anything_else_is_no_contact_event(body: dict[str, object]) -> None:
    assert read_contact_event(body) is None


def test_a_kind_that_we_do_not_know_moves_nothing() -> None:
    event = read_contact_event(
        {"source": "aws.connect", "detail": {"contactId": "c", "eventType": "PAUSED"}}
    )

    assert event is not None
    assert event.type is None


def test_an_answered_call_stays_answered_however_it_ends() -> None:
    assert outcome_of("TELECOM_PROBLEM", answered=True) is Outcome.ANSWERED
    assert outcome_of("", answered=False) is Outcome.NO_ANSWER


def test_time_is_written_with_milliseconds() -> None:
    assert rfc3339(1_800_000_000_007) == "2027-01-15T08:00:00.007Z"
