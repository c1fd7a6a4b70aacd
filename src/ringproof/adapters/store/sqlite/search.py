"""Finding customers by words: the beginnings of names and ids, and any part of a number from four digits."""

import re
import unicodedata

from ringproof.core.people import Customer

_SHORTEST_PART = 4
_WHOLE = 6
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"[+\d ().\-/]+")


def words(text: str) -> list[str]:
    """Fold case and accents, and split where something is neither a letter nor a digit."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))


def indexed(customer: Customer) -> str:
    """Return the words under which a customer is found."""
    found = words(" ".join((customer.name, customer.id, *customer.crm_ids)))
    for phone in customer.phones:
        digits = phone.removeprefix("+")
        # Every end of the number is a word, so that the beginning of a word is any part of it.
        found += [digits[begin:] for begin in range(len(digits) - _SHORTEST_PART + 1)]
    return " ".join(found)


def query(text: str) -> str | None:
    """
    Write what somebody typed as an FTS5 query, all words of it as beginnings; None if it has none.

    A number is one word however it is grouped, without the zeros that are dialed at home or abroad.
    """
    if _NUMBER.fullmatch(text.strip()):
        digits = "".join(re.findall(r"\d", text.replace("(0)", "")))
        bare = digits.lstrip("0")
        # So many digits after a zero are a whole number; fewer are the middle of one, zero and all.
        return f'"{bare if len(bare) >= _WHOLE else digits}"*' if bare else None
    return " ".join(f'"{word}"*' for word in words(text)) or None
