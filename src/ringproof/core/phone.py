"""Telephone numbers: E.164 inside, digits only in a PASSporT."""

import re
from typing import NewType

import phonenumbers

from ringproof.core.errors import Code, Refused

E164 = NewType("E164", str)
"""A plus sign and 7 to 15 digits, as ITU-T E.164 has it."""

_WRITTEN = re.compile(r"\+?[0-9 ().\-/]{3,40}")


def parse_number(text: str, region: str | None = None, *, field: str = "phone") -> E164:
    """
    Read a number as people write it; *region* (ISO 3166) is assumed when it has no plus sign.

    Raise Refused(NUMBER_INVALID) for anything but a possible number. Possible, not valid: regulators
    reserve ranges for drama and tests (Ofcom's +44 7700 900xxx) which libphonenumber calls invalid.
    """
    # libphonenumber also takes Arabic-Indic digits, letters and ";ext=": one spelling is enough.
    if not _WRITTEN.fullmatch(text.strip()):
        raise Refused(
            Code.NUMBER_INVALID, "Write a phone number such as +44 20 7946 0123.", field=field
        )
    try:
        number = phonenumbers.parse(text.strip(), region)
    except phonenumbers.NumberParseException as error:
        hint = (
            "Start the number with + and the country code." if region is None else "Not a number."
        )
        raise Refused(Code.NUMBER_INVALID, hint, field=field) from error
    if number.extension or not phonenumbers.is_possible_number(number):
        raise Refused(Code.NUMBER_INVALID, "This number is too short or too long.", field=field)
    return E164(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def tn(number: E164) -> str:
    """Write a number as RFC 8225 §5.2.1 wants `tn`: digits only."""
    return number.removeprefix("+")


def masked(number: str) -> str:
    """Keep the country code and the last three digits: enough to recognise, too little to call."""
    if len(number) < 8:  # noqa: PLR2004
        return "•" * len(number)
    return number[:3] + "•" * (len(number) - 6) + number[-3:]


def region_of(number: E164) -> str | None:
    """Name the number's region (ISO 3166), or None for a non-geographic one."""
    parsed = phonenumbers.parse(number)
    region = phonenumbers.region_code_for_number(parsed)
    if region is None and parsed.country_code is not None:
        # A number that is possible, but in no assigned range, still has a country code.
        region = phonenumbers.region_code_for_country_code(parsed.country_code)
    return None if region in {"001", "ZZ"} else region
