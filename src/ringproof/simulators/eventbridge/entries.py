"""
What PutEvents takes, entry by entry.

Sources: botocore's service model (events/2015-10-07); API_PutEvents and API_PutEventsResultEntry in the
API reference; "Calculating PutEvents event entry size" in the EventBridge user guide.
"""

import json
import re
import uuid
from typing import Any

from ringproof.simulators.connect.refusals import Refused

MOST = 10
LARGEST = 1024 * 1024
TIME_BYTES = 14
LONGEST_DETAIL_TYPE = 128
RESERVED = "aws."
BUS = re.compile(
    r"(arn:aws[\w-]*:events:[a-z]+-[a-z]+-[\w-]+:[0-9]{12}:event-bus/)?[.\-_A-Za-z0-9]+"
)
NEEDED = ("Source", "DetailType", "Detail")
OPTIONAL = ("EventBusName", "Resources", "Time", "TraceHeader")


def read_entries(params: dict[str, Any]) -> list[dict[str, Any]]:
    """Read a request's entries; Refused for one that is refused as a whole."""
    entries = params.get("Entries")
    if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
        raise Refused("SerializationException", "Entries is a list of entries.")
    if not 1 <= len(entries) <= MOST:
        raise _invalid(f"1 to {MOST} entries are allowed")
    for entry in entries:
        _check_form(entry)
    if sum(map(size, entries)) > LARGEST:
        raise _invalid("Total size of the entries in the request is over the limit.")
    if not any(all(entry.get(name) for name in NEEDED) for entry in entries):
        raise _invalid("Source, DetailType and Detail are needed.")
    return entries


def result(entry: dict[str, Any], buses: frozenset[str]) -> dict[str, str]:
    """Say what became of one entry: its event's id, or its error."""
    for name in NEEDED:
        if not entry.get(name):
            return _failed(
                "InvalidArgument", f"Parameter {name} is not valid. Reason: it is needed."
            )
    if entry["Source"].startswith(RESERVED):
        return _failed("NotAuthorizedForSourceException", "Not authorized for the source.")
    if len(entry["DetailType"]) > LONGEST_DETAIL_TYPE:
        return _failed("InvalidArgument", "Parameter DetailType is too long.")
    if not _is_object(entry["Detail"]):
        return _failed("MalformedDetail", "Detail is malformed.")
    if entry.get("EventBusName", "default").rpartition("/")[2] not in buses:
        # No page says what becomes of it. Here it fails, so that a test finds a wrong name.
        return _failed("InvalidArgument", "The event bus does not exist.")
    return {"EventId": str(uuid.uuid4())}


def size(entry: dict[str, Any]) -> int:
    """Count an entry's bytes as the user guide does."""
    texts = [*(entry.get(name) or "" for name in NEEDED), *(entry.get("Resources") or [])]
    return sum(len(text.encode()) for text in texts) + (TIME_BYTES if entry.get("Time") else 0)


def _check_form(entry: dict[str, Any]) -> None:
    if unknown := set(entry) - {*NEEDED, *OPTIONAL}:
        raise Refused("SerializationException", f"{min(unknown)} is no member of an entry.")
    texts = (entry.get(name) for name in (*NEEDED, "EventBusName", "TraceHeader"))
    resources = entry.get("Resources") or []
    if not isinstance(resources, list) or not all(
        each is None or isinstance(each, str) for each in (*texts, *resources)
    ):
        raise Refused("SerializationException", "A member has the wrong type.")
    if "EventBusName" in entry and not BUS.fullmatch(entry["EventBusName"] or ""):
        raise _invalid("EventBusName does not match its pattern")


def _is_object(detail: str) -> bool:
    try:
        return isinstance(json.loads(detail), dict)
    except ValueError:
        return False


def _failed(code: str, message: str) -> dict[str, str]:
    return {"ErrorCode": code, "ErrorMessage": message}


def _invalid(message: str) -> Refused:
    return Refused("ValidationException", message)
