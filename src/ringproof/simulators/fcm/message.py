"""The body of `messages:send`, read and checked as Google's API front end and FCM do.

Source: "REST Resource: projects.messages",
firebase.google.com/docs/reference/fcm/rest/v1/projects.messages.
"""

import re
from dataclasses import dataclass
from typing import Any

import msgspec

from ringproof.simulators.fcm.errors import invalid, malformed

MAX_DATA_BYTES = 4096
MAX_TTL_S = 28 * 24 * 3600
DURATION = re.compile(r"(\d{1,12}(?:\.\d{1,9})?)s")
RESERVED_KEYS = re.compile(r"from|message_type|google.*|gcm.*")
TARGETS = frozenset({"token", "topic", "condition"})
REQUEST_FIELDS = frozenset({"message", "validate_only"})
MESSAGE_FIELDS = TARGETS | {
    "name",
    "data",
    "notification",
    "android",
    "webpush",
    "apns",
    "fcm_options",
}
ANDROID_FIELDS = frozenset(
    {
        "collapse_key",
        "priority",
        "ttl",
        "restricted_package_name",
        "data",
        "notification",
        "fcm_options",
        "direct_boot_ok",
        "bandwidth_constrained_ok",
        "restricted_satellite_ok",
    }
)
BOOLEANS = frozenset({"direct_boot_ok", "bandwidth_constrained_ok", "restricted_satellite_ok"})


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that FCM takes; *token* is None for a topic, *ttl* in seconds."""

    token: str | None
    data: dict[str, str]
    priority: str
    ttl: float
    collapse_key: str | None
    validate_only: bool


def read_message(body: bytes) -> Sent:
    """Read a request's body, or raise Refused."""
    request = _object(body)
    _no_unknown(request, REQUEST_FIELDS, "")
    message = _record(request.get("message", {}), "message")
    _no_unknown(message, MESSAGE_FIELDS, "message")
    android = _record(message.get("android", {}), "message.android")
    _no_unknown(android, ANDROID_FIELDS, "message.android")
    _check_booleans(android)
    data = _data(android, "message.android.data") or _data(message, "message.data")
    _check_size(data)
    return Sent(
        token=_target(message),
        data=data,
        priority=_priority(android),
        ttl=_ttl(android),
        collapse_key=_text(android, "collapse_key", "message.android"),
        validate_only=request.get("validate_only") is True,
    )


def _object(body: bytes) -> dict[str, Any]:
    try:
        request = msgspec.json.decode(body)
    except msgspec.MsgspecError as error:
        raise malformed("", f"Invalid JSON payload received. {error}") from None
    return _record(request, "")


def _record(value: object, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise malformed(where, f"Invalid value at '{where}' (type.googleapis.com), {value!r}")
    # Protocol buffers take both spellings of a field's name in JSON.
    return {_snake(name): field for name, field in value.items()}


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])([A-Z])", lambda letter: f"_{letter[1].lower()}", name)


def _no_unknown(record: dict[str, Any], known: frozenset[str], where: str) -> None:
    for name in record:
        if name not in known:
            place = f" at '{where}'" if where else ""
            raise malformed(
                where,
                f'Invalid JSON payload received. Unknown name "{name}"{place}: Cannot find field.',
            )


def _data(record: dict[str, Any], where: str) -> dict[str, str]:
    data = record.get("data", {})
    if not isinstance(data, dict):
        raise malformed(where, f"Invalid value at '{where}' (Map), {data!r}")
    for index, (key, value) in enumerate(data.items()):
        if not isinstance(value, str):
            field = f"{where}[{index}].value"
            raise malformed(field, f"Invalid value at '{field}' (TYPE_STRING), {value!r}")
        if RESERVED_KEYS.fullmatch(key):
            raise invalid(f"{where}[{index}].key", f"Invalid data payload key: {key}")
    return data


def _check_size(data: dict[str, str]) -> None:
    if sum(len(key.encode()) + len(value.encode()) for key, value in data.items()) > MAX_DATA_BYTES:
        raise invalid("message.data", "Android message is too big")


def _target(message: dict[str, Any]) -> str | None:
    targets = TARGETS.intersection(message)
    if not targets:
        raise invalid("message", "Recipient of the message is not set.")
    if len(targets) > 1:
        raise malformed("message", "Invalid value (oneof), oneof field 'target' is already set.")
    (target,) = targets
    value = _text(message, target, "message")
    return value if target == "token" else None


def _text(record: dict[str, Any], name: str, where: str) -> str | None:
    value = record.get(name)
    if value is not None and not isinstance(value, str):
        field = f"{where}.{name}"
        raise malformed(field, f"Invalid value at '{field}' (TYPE_STRING), {value!r}")
    return value


def _priority(android: dict[str, Any]) -> str:
    given = _text(android, "priority", "message.android")
    priority = "NORMAL" if given is None else given.upper()
    if priority not in {"NORMAL", "HIGH"}:
        field = "message.android.priority"
        kind = "type.googleapis.com/google.firebase.fcm.v1.AndroidMessagePriority"
        raise malformed(field, f"Invalid value at '{field}' ({kind}), \"{given}\"")
    return priority


def _ttl(android: dict[str, Any]) -> float:
    given = _text(android, "ttl", "message.android")
    if given is None:
        return MAX_TTL_S
    duration = DURATION.fullmatch(given)
    if duration is None:
        field = "message.android.ttl"
        raise malformed(
            field,
            f"Invalid value at '{field}' (type.googleapis.com/google.protobuf.Duration), "
            "Field 'ttl', Illegal duration format; duration must end with 's'",
        )
    if (ttl := float(duration[1])) > MAX_TTL_S:
        raise invalid("message.android.ttl", "Invalid ttl: must be at most 4 weeks")
    return ttl


def _check_booleans(android: dict[str, Any]) -> None:
    for name in BOOLEANS.intersection(android):
        if not isinstance(android[name], bool):
            field = f"message.android.{name}"
            raise malformed(field, f"Invalid value at '{field}' (TYPE_BOOL), {android[name]!r}")
