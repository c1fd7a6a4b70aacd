"""Emergency numbers, which nobody may ever block."""

import re

import phonenumbers

_FORMATTING = re.compile(r"[ ().\-/]")


def is_emergency(text: str, region: str | None) -> bool:
    """
    True for a number that reaches help, as it is dialed in *region* (ISO 3166), or from a mobile: 112.

    A softphone may put a country code before it, as in +44999.
    """
    number = _FORMATTING.sub("", text)
    if region is None:
        return number.removeprefix("+") == "112"
    code = str(phonenumbers.country_code_for_region(region))
    bare = number.removeprefix("+")
    spellings = {bare, bare.removeprefix(code)} if number.startswith("+") else {bare}
    return any(phonenumbers.is_emergency_number(each, region) for each in spellings)
