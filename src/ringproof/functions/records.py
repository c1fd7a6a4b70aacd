"""`contact_records`: a batch of contact records from Kinesis."""

import base64
import binascii
from collections.abc import Mapping
from typing import Any

import msgspec
import structlog

from ringproof.core.contact_record import read_record
from ringproof.core.errors import DependencyDown
from ringproof.usecases.desk import Desk
from ringproof.usecases.take_record import take_record

_log = structlog.get_logger()


async def take_batch(desk: Desk, event: Mapping[str, Any]) -> list[str]:
    """
    Take each record of a batch; return the sequence number of the first that cannot be stored now.

    Kinesis begins again at the first one that failed, so nothing behind it is tried; what was taken
    before changes nothing when it comes again. What is no contact record is dropped, and said.
    """
    records = event.get("Records")
    for each in records if isinstance(records, list) else []:
        body = _body(each)
        record = read_record(body) if body else None
        if record is None:
            _log.warning("record_ignored", sequence=_sequence(each))
            continue
        try:
            await take_record(desk, record)
        except DependencyDown as down:
            _log.warning("record_not_taken", contact=record.contact_id, down=down.what)
            return [_sequence(each)]
    return []


def _body(each: Any) -> Mapping[str, Any] | None:
    try:
        # Not json: it takes lone surrogates, which no store does, and the record would come for ever.
        body = msgspec.json.decode(base64.b64decode(each["kinesis"]["data"], validate=True))
    except (KeyError, TypeError, ValueError, binascii.Error):
        return None
    return body if isinstance(body, dict) else None


def _sequence(each: Any) -> str:
    kinesis = each.get("kinesis") if isinstance(each, dict) else None
    return str(kinesis.get("sequenceNumber", "")) if isinstance(kinesis, dict) else ""
