"""Read the four tables of an import: every row is checked before any is stored."""

import base64
import binascii
import hashlib
from collections.abc import Callable, Sequence
from typing import TypeVar

from ringproof.api.pictures import media_type
from ringproof.api.wire import admin as wire
from ringproof.core import cells
from ringproof.core.call import Assurance
from ringproof.core.errors import Code, Refused
from ringproof.core.people import Agent, BankNumber, Customer
from ringproof.core.phone import parse_number
from ringproof.core.reasons import Reason, check_text
from ringproof.ports import Bank

_T = TypeVar("_T")


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
        id=_read(cells.identifier, row.customer_id, f"{at}.customerId"),
        crm_ids=tuple(
            _read(cells.identifier, each, f"{at}.crmIds[{n}]") for n, each in enumerate(row.crm_ids)
        ),
        name=_read(cells.text, row.name, f"{at}.name"),
        phones=tuple(
            parse_number(phone, field=f"{at}.phones[{n}]") for n, phone in enumerate(row.phones)
        ),
        time_zone=_read(cells.time_zone, row.time_zone, f"{at}.timeZone"),
        language=_read(cells.language, row.language, f"{at}.language"),
    )


def _agent(row: wire.AgentIn, at: str, photos: dict[str, bytes]) -> Agent:
    return Agent(
        id=_read(cells.identifier, row.agent_id, f"{at}.agentId"),
        crm_user_id=_read(_maybe_id, row.crm_user_id, f"{at}.crmUserId"),
        subject=_read(cells.subject, row.subject, f"{at}.subject"),
        name=_read(cells.text, row.name, f"{at}.name"),
        # It is signed and shown on a locked phone, as a reason is.
        display_name=check_text(row.display_name, field=f"{at}.displayName"),
        employee_id=_read(cells.maybe, row.employee_id, f"{at}.employeeId"),
        photo=_photo(row.photo, f"{at}.photo", photos) if row.photo else None,
        connect_user_arn=_read(cells.agent_arn, row.connect_user_arn, f"{at}.connectUserArn"),
    )


def _photo(text: str, at: str, photos: dict[str, bytes]) -> str:
    try:
        image = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise _wrong("The photo is not base64.", at) from error
    if media_type(image) is None:
        raise _wrong("The photo is not a PNG, JPEG or WebP image.", at)
    if len(image) > cells.LARGEST_PHOTO:
        raise _wrong(f"The photo has more than {cells.LARGEST_PHOTO} bytes.", at)
    name = hashlib.sha256(image).hexdigest()
    photos[name] = image
    return name


def _number(row: wire.NumberIn, at: str) -> BankNumber:
    name = _read(cells.text, row.display_name, f"{at}.displayName")
    return BankNumber(parse_number(row.phone, field=f"{at}.phone"), name, row.inbound_only)


def _reasons(rows: Sequence[wire.ReasonIn]) -> list[Reason]:
    texts: dict[str, dict[str, str]] = {}
    minimum: dict[str, Assurance | None] = {}
    for n, row in enumerate(rows):
        level = Assurance.of(row.minimum_assurance) if row.minimum_assurance else None
        code = _read(cells.reason_code, row.code, f"reasons[{n}].code")
        language = _read(cells.language, row.language, f"reasons[{n}].language")
        if minimum.setdefault(code, level) != level:
            raise _wrong("A reason has one minimum.", f"reasons[{n}].minimumAssurance")
        text = check_text(row.text, field=f"reasons[{n}].text")
        if texts.setdefault(code, {}).setdefault(language, text) != text:
            raise _wrong("A reason has one text in a language.", f"reasons[{n}].text")
    return [Reason(code, by_language, minimum[code]) for code, by_language in texts.items()]


def _read(parse: Callable[[str], _T], written: str, at: str) -> _T:
    try:
        return parse(written)
    except ValueError as error:
        raise _wrong(f"Write {error}.", at) from error


def _maybe_id(written: str) -> str:
    return cells.identifier(written) if written else ""


def _wrong(what: str, at: str) -> Refused:
    return Refused(Code.INVALID_REQUEST, what, field=at)
