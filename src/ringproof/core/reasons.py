"""The catalogue of reasons for calling. Free text would be phishing text with our signature on it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ringproof.core.call import Assurance
from ringproof.core.errors import Code, Refused

LONGEST = 64
"""Characters; what a lock screen and RFC 9795's `crn` both carry in one line."""

_LINK = re.compile(r"https?:|www\.|[\w-]+\.[^\W\d_]{2,}", re.IGNORECASE)
# Eight digits in a row, however grouped, can be an account (8), a card (12 to 19) or a phone number.
_NUMBER = re.compile(r"(?:\d[^\w]*){7,}\d")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the bank calls; *texts* by language (BCP 47), *minimum* when it may not go out with less."""

    code: str
    texts: Mapping[str, str]
    minimum: Assurance | None = None

    def text(self, language: str, default_language: str) -> str:
        """Return the text in the customer's language, else in the region-less one, else the default."""
        for wanted in (language, language.partition("-")[0], default_language):
            if wanted in self.texts:
                return self.texts[wanted]
        return next(iter(self.texts.values()))


def check_text(text: str, *, field: str = "text") -> str:
    """Return a text fit to be signed; Refused(REASON_UNSAFE) says what is wrong with it."""
    if not text.strip() or text != text.strip():
        raise _unsafe("must not be empty or begin or end with a space", field)
    if len(text) > LONGEST:
        raise _unsafe(f"has {len(text)} characters; {LONGEST} are allowed", field)
    if not text.isprintable():
        raise _unsafe("has a character that is not printable", field)
    if _LINK.search(text):
        raise _unsafe("looks as if it had a link in it; links are never allowed", field)
    if _NUMBER.search(text):
        raise _unsafe("has digits that look like a card, account or phone number", field)
    return text


def _unsafe(what: str, field: str) -> Refused:
    return Refused(Code.REASON_UNSAFE, f"The text {what}.", field=field)
