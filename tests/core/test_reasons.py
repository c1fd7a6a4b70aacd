import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringproof.core.errors import Code, Refused
from ringproof.core.reasons import LONGEST, Reason, check_text


@pytest.mark.parametrize(
    "text", ["About a card payment", "Ihr Termin um 10:30", "بخصوص بطاقتك", "Your 2 recent orders"]
)
def test_a_plain_text_is_fit_to_be_signed(text: str) -> None:
    assert check_text(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        " padded ",
        "x" * (LONGEST + 1),
        "Go to https://bank.example",
        "Visit www.bank.example now",
        "See bank.example",
        "Card 4111 1111 1111 1111",
        "Account 12345678",
        "Call 020-7946-0123",
        "two\nlines",
        "right\u202eto left",
    ],
)
def test_an_unsafe_text_is_refused_and_the_reason_said(text: str) -> None:
    with pytest.raises(Refused) as refused:
        check_text(text)

    assert refused.value.code is Code.REASON_UNSAFE
    assert refused.value.detail


@given(st.from_regex(r"\A[a-z ]{0,20}([0-9][ .-]?){8,19}[a-z ]{0,10}\Z"))
def test_no_run_of_eight_digits_passes_however_grouped(text: str) -> None:
    with pytest.raises(Refused):
        check_text(text)


def test_the_text_falls_back_from_region_to_language_to_default() -> None:
    reason = Reason("fraud", {"en": "Fraud check", "de": "Betrugsprüfung", "pt-BR": "Fraude"})

    assert reason.text("de-AT", "en") == "Betrugsprüfung"
    assert reason.text("pt-BR", "en") == "Fraude"
    assert reason.text("ur", "en") == "Fraud check"
