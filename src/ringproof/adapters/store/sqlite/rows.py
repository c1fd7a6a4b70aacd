"""Rows to core types and back: plain functions over tuples, in the order of the columns named here."""

from typing import Any, Final

import msgspec

from ringproof.core.call import Assurance, Call, CallEvent, CallState, DialMode, Outcome
from ringproof.core.keys import PublicKey
from ringproof.core.people import Agent, Customer, Device, Platform, PushKind, PushService
from ringproof.core.phone import E164

Row = tuple[Any, ...]

CALL: Final = (
    "calls.id, calls.customer_id, calls.agent_id, calls.mode, calls.orig, calls.dest, calls.queue,"
    " calls.reason, calls.crn, calls.match_code, calls.minimum, calls.requested_at,"
    " calls.dial_before, calls.state, calls.assurance, calls.version, calls.outcome, calls.code,"
    " calls.contact_id, calls.dialed_at, calls.connected_at, calls.ended_at"
)
EVENT: Final = (
    "events.seq, events.at, events.kind, events.state, events.device_id, events.detail, events.hash"
)
AGENT: Final = (
    "agents.id, agents.crm_user_id, agents.subject, agents.name, agents.display_name,"
    " agents.employee_id, agents.photo, agents.connect_user_arn"
)
CUSTOMER: Final = (
    "customers.id, customers.crm_ids, customers.name, customers.phones, customers.time_zone,"
    " customers.language"
)
DEVICE: Final = (
    "id, customer_id, platform, app_id, push_service, push_token, sealing_key, receipt_key,"
    " enrolled_at, registered_at, push_kind, sandbox, notifications, app_version, last_seen_at"
)

# A look-up in a dictionary costs a tenth of calling an enumeration.
_MODES = {each.value: each for each in DialMode}
_STATES = {each.value: each for each in CallState}
_LEVELS = {each.value: each for each in Assurance}
_OUTCOMES = {each.value: each for each in Outcome}
_PLATFORMS = {each.value: each for each in Platform}
_SERVICES = {each.value: each for each in PushService}
_KINDS = {each.value: each for each in PushKind}

_texts = msgspec.json.Decoder(tuple[str, ...]).decode


def call_of(row: Row) -> Call:
    """Read the columns CALL."""
    # fmt: off
    (id_, customer, agent, mode, orig, dest, queue, reason, crn, match_code, minimum, requested,
     before, state, assurance, version, outcome, code, contact, dialed, connected, ended) = row
    return Call(
        id_, customer, agent, _MODES[mode], orig, dest, queue, reason, crn, match_code,
        _LEVELS[minimum], requested, before, _STATES[state], _LEVELS[assurance], version,
        _OUTCOMES[outcome] if outcome else None, code, contact, dialed, connected, ended,
    )
    # fmt: on


def call_values(call: Call) -> Row:
    """Write the columns CALL."""
    return (
        call.id, call.customer_id, call.agent_id, call.mode, call.orig, call.dest, call.queue,
        call.reason, call.crn, call.match_code, call.minimum, call.requested_at, call.dial_before,
        call.state, call.assurance, call.version, call.outcome, call.code, call.contact_id,
        call.dialed_at, call.connected_at, call.ended_at,
    )  # fmt: skip


def event_of(row: Row) -> CallEvent:
    """Read the columns EVENT, but for the hash."""
    seq, at, kind, state, device_id, detail, _ = row
    return CallEvent(seq, at, kind, _STATES[state] if state else None, device_id, detail)


def agent_of(row: Row) -> Agent:
    """Read the columns AGENT."""
    return Agent(*row)


def customer_of(row: Row) -> Customer:
    """Read the columns CUSTOMER."""
    id_, crm_ids, name, phones, time_zone, language = row
    numbers = tuple(map(E164, _texts(phones)))
    return Customer(id_, _texts(crm_ids), name, numbers, time_zone, language)


def device_of(row: Row) -> Device:
    """Read the columns DEVICE."""
    # fmt: off
    (id_, customer, platform, app, service, token, sealing, receipt, enrolled, registered,
     kind, sandbox, notifications, version, seen) = row
    return Device(
        id_, customer, _PLATFORMS[platform], app, _SERVICES[service], token,
        PublicKey.from_bytes(sealing), PublicKey.from_bytes(receipt), enrolled, registered,
        _KINDS[kind], bool(sandbox), bool(notifications), version, seen,
    )
    # fmt: on


def device_values(device: Device) -> Row:
    """Write the columns DEVICE."""
    return (
        device.id, device.customer_id, device.platform, device.app_id, device.push_service,
        device.push_token, device.sealing_key.to_bytes(), device.receipt_key.to_bytes(),
        device.enrolled_at, device.registered_at, device.push_kind, device.sandbox,
        device.notifications, device.app_version, device.last_seen_at,
    )  # fmt: skip


def texts_value(texts: tuple[str, ...]) -> str:
    """Write a list of texts as JSON."""
    return msgspec.json.encode(texts).decode()


def texts_of(written: str) -> tuple[str, ...]:
    """Read a list of texts."""
    return _texts(written)


def marks(columns: str) -> str:
    """Return as many question marks as there are columns."""
    return ", ".join("?" * (columns.count(",") + 1))


def names(columns: str) -> str:
    """Return the columns without their table, as INSERT wants them."""
    return ", ".join(column.strip().rpartition(".")[2] for column in columns.split(","))
