"""Read the four tables of an import: every row is checked before any is stored."""

import base64
import binascii
import hashlib
from collections.abc import Sequence
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ringproof.api.pictures import media_type
from ringproof.api.wire import admin as wire
from ringproof.core.call import Assurance
from ringproof.core.errors import Code, Refused
from ringproof.core.people import Agent, BankNumber, Customer
from ringproof.core.phone import parse_number
from ringproof.core.reasons import Reason, check_text
from ringproof.ports import Bank


def read_bank(tables: wire.BankIn) -> Bank:
    """Turn the tables into what the store takes in; Refused names the first cell that is wrong."""
    photos: dict[str, bytes] = {}
    return Bank(
        customers=[_customer(row, f"customers[{n}]") for n, row in enumerate(tables.customers)],
        agents=[_agent(row, f"agents[{n}]", photos) for n, row in enumerate(tables.agents)],
        numbers=[_number(row, f"numbers[{n}]") for n, row in enumerate(tables.numbers)],
        reasons=_reasons(tables.reasons),
        photos=photos,
    )


def _customer(row: wire.CustomerIn, at: str) -> Customer:
    return Customer(
        id=row.customer_id,
        crm_ids=row.crm_ids,
        name=row.name,
        phones=tuple(
            parse_number(phone, field=f"{at}.phones[{n}]") for n, phone in enumerate(row.phones)
        ),
        time_zone=_zone(row.time_zone, f"{at}.timeZone"),
        language=row.language,
    )


def _zone(name: str, at: str) -> str:
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise _wrong("There is no such time zone.", at) from error


def _agent(row: wire.AgentIn, at: str, photos: dict[str, bytes]) -> Agent:
    return Agent(
        id=row.agent_id,
        crm_user_id=row.crm_user_id,
        subject=row.subject,
        name=row.name,
        display_name=row.display_name,
        employee_id=row.employee_id,
        photo=_photo(row.photo, f"{at}.photo", photos) if row.photo else None,
        connect_user_arn=row.connect_user_arn,
    )


def _photo(text: str, at: str, photos: dict[str, bytes]) -> str:
    try:
        image = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise _wrong("The photo is not base64.", at) from error
    if media_type(image) is None:
        raise _wrong("The photo is not a PNG, JPEG or WebP image.", at)
    name = hashlib.sha256(image).hexdigest()
    photos[name] = image
    return name


def _number(row: wire.NumberIn, at: str) -> BankNumber:
    return BankNumber(
        parse_number(row.phone, field=f"{at}.phone"), row.display_name, row.inbound_only
    )


def _reasons(rows: Sequence[wire.ReasonIn]) -> list[Reason]:
    texts: dict[str, dict[str, str]] = {}
    minimum: dict[str, Assurance | None] = {}
    for n, row in enumerate(rows):
        level = Assurance.of(row.minimum_assurance) if row.minimum_assurance else None
        if minimum.setdefault(row.code, level) != level:
            raise _wrong("A reason has one minimum.", f"reasons[{n}].minimumAssurance")
        text = check_text(row.text, field=f"reasons[{n}].text")
        if texts.setdefault(row.code, {}).setdefault(row.language, text) != text:
            raise _wrong("A reason has one text in a language.", f"reasons[{n}].text")
    return [Reason(code, by_language, minimum[code]) for code, by_language in texts.items()]


def _wrong(what: str, at: str) -> Refused:
    return Refused(Code.INVALID_REQUEST, what, field=at)
