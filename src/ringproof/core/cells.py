"""
What one cell of a bank's tables may hold, whichever way they come in.

Each function returns the value, or raises ValueError with what is allowed.
"""

import re
from functools import cache
from zoneinfo import available_timezones

from ringproof.core.call import Assurance
from ringproof.core.errors import Refused
from ringproof.core.phone import E164, parse_number
from ringproof.core.reasons import check_text

# ISO 639-1 (https://www.loc.gov/standards/iso639-2/php/code_list.php), and two of ISO 639-3.
_LANGUAGES = (
    " aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da "
    "de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy "
    "hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg "
    "li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or "
    "os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta "
    "te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu fil yue "
)
_TAG = re.compile(r"([a-z]{2,3})(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
_REASON_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_SUBJECT = re.compile(r"[^\s/]{1,128}/[^\s/]{1,128}")
_AGENT_ARN = re.compile(
    r"arn:aws[a-z-]*:connect:[a-z0-9-]+:[0-9]{12}:instance/[0-9a-f-]{36}/agent/[A-Za-z0-9-]{1,100}"
)
LARGEST_PHOTO = 20_000
"""Bytes. A phone loads it between the push and the ring, and takes no larger one."""

_LONGEST = 256
_YES, _NO = {"true", "yes", "1"}, {"false", "no", "0", ""}


def text(cell: str) -> str:
    """Read a name: something, in one line."""
    if not 0 < len(cell) <= _LONGEST or not cell.isprintable():
        raise ValueError(f"1 to {_LONGEST} printable characters")
    return cell


def identifier(cell: str) -> str:
    """Read an id: something without spaces."""
    if not 0 < len(cell) <= _LONGEST or not cell.isprintable() or " " in cell or ";" in cell:
        raise ValueError(f"1 to {_LONGEST} printable characters without spaces or semicolons")
    return cell


def maybe(cell: str) -> str:
    """Read a text that may be left out."""
    return text(cell) if cell else ""


def phone(cell: str) -> E164:
    """Read a number with its country code."""
    try:
        return parse_number(cell)
    except Refused as refused:
        raise ValueError(refused.detail) from refused


def time_zone(cell: str) -> str:
    """Read the name of a zone of the IANA database."""
    if cell not in _zones():
        raise ValueError("an IANA time zone, such as Europe/London")
    return cell


def language(cell: str) -> str:
    """Read a language tag (BCP 47): language, and script and region where they matter."""
    tag = _TAG.fullmatch(cell)
    if not tag or f" {tag[1]} " not in _LANGUAGES:
        raise ValueError("a language tag (BCP 47), such as en, pt-BR or zh-Hant")
    return cell


def signed_text(cell: str) -> str:
    """Read a text that the bank will sign."""
    try:
        return check_text(cell)
    except Refused as refused:
        raise ValueError(refused.detail) from refused


def reason_code(cell: str) -> str:
    """Read a reason's code."""
    if not _REASON_CODE.fullmatch(cell):
        raise ValueError("a small letter, then small letters, digits and _; at most 40")
    return cell


def assurance(cell: str) -> Assurance | None:
    """Read the least assurance that a reason asks for, if any."""
    if not cell:
        return None
    allowed = [level.wire for level in Assurance if level is not Assurance.NONE]
    if cell not in allowed:
        raise ValueError("nothing, or one of " + ", ".join(allowed))
    return Assurance.of(cell)


def subject(cell: str) -> str:
    """Read who somebody is to the identity provider."""
    if not _SUBJECT.fullmatch(cell):
        raise ValueError("tid/oid: the tenant's id, a slash, and the user's object id")
    return cell


def agent_arn(cell: str) -> str:
    """Read the ARN of a user of Amazon Connect."""
    if not _AGENT_ARN.fullmatch(cell):
        raise ValueError("arn:aws:connect:<region>:<account>:instance/<id>/agent/<id>")
    return cell


def yes_or_no(cell: str) -> bool:
    """Read a boolean; nothing means no."""
    folded = cell.lower()
    if folded not in _YES | _NO:
        raise ValueError("true or false")
    return folded in _YES


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
