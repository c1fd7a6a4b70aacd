"""What a provider asks for, read and checked in the order in which APNs does it.

Source: "Sending notification requests to APNs", developer.apple.com.
"""

import re
import uuid
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

import msgspec

from ringproof.simulators.apns.refusals import Refused

PATH = "/3/device/"
MAX_PAYLOAD = 4096
MAX_VOIP_PAYLOAD = 5120
MAX_COLLAPSE_ID = 64
DEFAULT_EXPIRATION_S = 30 * 24 * 3600
UUID = re.compile(rb"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
BUNDLE_ID = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
HEX = re.compile(r"[0-9a-fA-F]{64,200}")
PRIORITIES = {b"10": 10, b"5": 5, b"1": 1}
ALERTING = frozenset({"alert", "badge", "sound"})
# The push type that each kind of topic takes; plain bundle ids take the rest.
SUFFIX_OF_TYPE = {
    "alert": "",
    "background": "",
    "controls": ".push-type.controls",
    "complication": ".complication",
    "fileprovider": ".pushkit.fileprovider",
    "liveactivity": ".push-type.liveactivity",
    "location": ".location-query",
    "mdm": "",
    "pushtotalk": ".voip-ptt",
    "voip": ".voip",
    "widgets": ".push-type.widgets",
}
SUFFIXES = sorted(set(SUFFIX_OF_TYPE.values()), key=len, reverse=True)


@dataclass(slots=True)
class Asked:
    """One request as it came off its stream; *headers* hold pseudo-headers too."""

    headers: dict[bytes, bytes]
    duplicates: bool
    body: bytearray
    apns_id: bytes = b""
    complete: bool = False

    @property
    def path(self) -> str:
        """The request's path."""
        return self.headers.get(b":path", b"").decode("latin-1")


@dataclass(frozen=True, slots=True)
class Notification:
    """A well-formed request to notify."""

    token: str
    topic: str
    push_type: str
    priority: int
    expires_at: float
    collapse_id: str | None
    payload: str


def identify(asked: Asked) -> None:
    """Take over the request's apns-id, or give it one; raise Refused for a malformed one."""
    given = asked.headers.get(b"apns-id")
    if given is not None and UUID.fullmatch(given):
        asked.apns_id = given
        return
    asked.apns_id = str(uuid.uuid4()).upper().encode("ascii")
    if given is not None:
        raise Refused("BadMessageId")


def read_token(asked: Asked) -> str:
    """Return the device token in the path."""
    path = asked.path
    if not path.startswith(PATH):
        raise Refused("BadPath")
    if asked.headers.get(b":method") != b"POST":
        raise Refused("MethodNotAllowed")
    if path == PATH:
        raise Refused("MissingDeviceToken")
    if asked.duplicates:
        raise Refused("DuplicateHeaders")
    return path.removeprefix(PATH)


def read_notification(
    asked: Asked, token: str, topics: AbstractSet[str], now: float
) -> Notification:
    """Read the rest of the request; *topics* are those that the provider's key may use."""
    topic, suffix = _topic(asked, topics)
    push_type = _push_type(asked, suffix)
    priority = _priority(asked, push_type)
    expires_at = _expiration(asked, now)
    collapse_id = _collapse_id(asked)
    payload = _payload(asked, push_type)
    if not HEX.fullmatch(token):
        raise Refused("BadDeviceToken")
    return Notification(token, topic, push_type, priority, expires_at, collapse_id, payload)


def _topic(asked: Asked, topics: AbstractSet[str]) -> tuple[str, str]:
    topic = asked.headers.get(b"apns-topic", b"").decode("latin-1")
    if not topic:
        raise Refused("MissingTopic")
    if not BUNDLE_ID.fullmatch(topic):
        raise Refused("BadTopic")
    suffix = next(suffix for suffix in SUFFIXES if topic.endswith(suffix))
    if topic not in topics and topic.removesuffix(suffix) not in topics:
        raise Refused("TopicDisallowed")
    return topic, suffix


def _push_type(asked: Asked, suffix: str) -> str:
    given = asked.headers.get(b"apns-push-type")
    if given is None:  # required only since watchOS 6: older providers send none
        return next(kind for kind, wanted in SUFFIX_OF_TYPE.items() if wanted == suffix)
    push_type = given.decode("latin-1")
    if SUFFIX_OF_TYPE.get(push_type) != suffix:
        raise Refused("InvalidPushType")
    return push_type


def _priority(asked: Asked, push_type: str) -> int:
    given = asked.headers.get(b"apns-priority")
    if given is None:
        return 5 if push_type == "background" else 10
    priority = PRIORITIES.get(given)
    # "Specify 10 … it's an error to use this priority" for a background push.
    if priority is None or (push_type == "background" and priority != 5):  # noqa: PLR2004
        raise Refused("BadPriority")
    return priority


def _expiration(asked: Asked, now: float) -> float:
    given = asked.headers.get(b"apns-expiration")
    if given is None:
        return now + DEFAULT_EXPIRATION_S
    if not given.isdigit():
        raise Refused("BadExpirationDate")
    return min(float(given), now + DEFAULT_EXPIRATION_S)


def _collapse_id(asked: Asked) -> str | None:
    given = asked.headers.get(b"apns-collapse-id")
    if given is None:
        return None
    if len(given) > MAX_COLLAPSE_ID:
        raise Refused("BadCollapseId")
    return given.decode("utf-8", errors="replace")


def _payload(asked: Asked, push_type: str) -> str:
    if not asked.body:
        raise Refused("PayloadEmpty")
    if len(asked.body) > (MAX_VOIP_PAYLOAD if push_type == "voip" else MAX_PAYLOAD):
        raise Refused("PayloadTooLarge")
    try:
        payload = msgspec.json.decode(asked.body, type=dict[str, Any])
    except msgspec.MsgspecError:
        raise Refused("PayloadEmpty") from None
    if not _fits(push_type, payload.get("aps")):
        raise Refused("InvalidPushType")
    return asked.body.decode()


def _fits(push_type: str, aps: object) -> bool:
    """Tell whether what the push type announces is in the payload."""
    shown = ALERTING.intersection(aps) if isinstance(aps, dict) else frozenset()
    if push_type == "alert":
        return bool(shown)
    if push_type == "background":
        return not shown and isinstance(aps, dict) and aps.get("content-available") == 1
    return True
