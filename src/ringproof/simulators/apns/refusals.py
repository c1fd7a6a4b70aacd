"""Why APNs refuses a request: the reasons of Apple's table, with their status codes.

Source: "Handling notification responses from APNs", developer.apple.com.
"""

from dataclasses import dataclass

import msgspec
from hpack import NeverIndexedHeaderTuple

STATUS = {
    "BadCollapseId": 400,
    "BadDeviceToken": 400,
    "BadExpirationDate": 400,
    "BadMessageId": 400,
    "BadPriority": 400,
    "BadTopic": 400,
    "DeviceTokenNotForTopic": 400,
    "DuplicateHeaders": 400,
    "InvalidPushType": 400,
    "MissingDeviceToken": 400,
    "MissingTopic": 400,
    "PayloadEmpty": 400,
    "TopicDisallowed": 400,
    "ExpiredProviderToken": 403,
    "InvalidProviderToken": 403,
    "MissingProviderToken": 403,
    "BadPath": 404,
    "MethodNotAllowed": 405,
    "ExpiredToken": 410,
    "Unregistered": 410,
    "PayloadTooLarge": 413,
    "TooManyProviderTokenUpdates": 429,
}


class Refused(Exception):  # noqa: N818 (an answer, not an error)
    """APNs says no; *timestamp*, in milliseconds, goes with a 410."""

    def __init__(self, reason: str, timestamp: int | None = None) -> None:
        super().__init__(reason)
        self.reason, self.timestamp = reason, timestamp

    def reply(self, apns_id: bytes) -> "Reply":
        """Make the answer out of it."""
        return error_reply(STATUS[self.reason], self.reason, self.timestamp, apns_id)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it goes on the wire."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes = b""


def id_header(apns_id: bytes) -> tuple[bytes, bytes]:
    """Make the header that echoes an id, kept out of HPACK's table: it never comes again."""
    return NeverIndexedHeaderTuple(b"apns-id", apns_id)


def error_reply(
    status: int, reason: str, timestamp: int | None = None, apns_id: bytes | None = None
) -> Reply:
    """Make an answer in the shape of APNs's errors."""
    told: dict[str, str | int] = {"reason": reason} if reason else {}
    if timestamp is not None:
        told["timestamp"] = timestamp
    headers = [(b":status", b"%d" % status)]
    if apns_id is not None:
        headers.append(id_header(apns_id))
    return Reply(status, headers, msgspec.json.encode(told) if told else b"")
