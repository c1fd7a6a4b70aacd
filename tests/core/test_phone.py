import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringproof.core.errors import Code, Refused
from ringproof.core.phone import masked, parse_number, region_of, tn


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("+44 20 7946 0123", None),
        ("+44 (0)20 7946 0123", None),
        ("020 7946 0123", "GB"),
        ("+44-20-7946-0123", "US"),
    ],
)
def test_one_number_however_it_is_written(text: str, region: str | None) -> None:
    assert parse_number(text, region) == "+442079460123"


def test_a_number_reserved_for_drama_is_a_number() -> None:
    assert parse_number("07700 900123", "GB") == "+447700900123"


@pytest.mark.parametrize(
    "text",
    ["", "0123", "+44", "+44207946012345678", "02079460123", "+44 20 7946 0123;ext=5",
     "+44 20 7946 0123 x5", "tel:+442079460123", "+٤٤٢٠٧٩٤٦٠١٢٣", "1-800-FLOWERS", "+44207946\n0123"],
)  # fmt: skip
def test_anything_else_is_refused_and_the_field_named(text: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_number(text, field="dest")

    assert refused.value.code is Code.NUMBER_INVALID
    assert refused.value.field == "dest"


@given(st.text(max_size=50))
def test_parsing_never_fails_in_another_way(text: str) -> None:
    try:
        number = parse_number(text, "GB")
    except Refused:
        return
    assert parse_number(number) == number
    assert tn(number).isascii()
    assert tn(number).isdigit()


def test_a_masked_number_cannot_be_called() -> None:
    assert masked("+447700900123") == "+44•••••••123"
    assert masked("+4412") == "•••••"


def test_the_region_of_a_number() -> None:
    assert region_of(parse_number("+442079460123")) == "GB"
    assert region_of(parse_number("+447700900123")) == "GB"
    assert region_of(parse_number("+80012345678")) is None
