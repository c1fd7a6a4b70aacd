"""The service behind the connections: it judges a request and delivers to phones."""

import secrets
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from ringproof.simulators.apns.notification import (
    Asked,
    Notification,
    identify,
    read_notification,
    read_token,
)
from ringproof.simulators.apns.provider_token import ProviderTokens, Standing
from ringproof.simulators.apns.refusals import Refused, Reply, id_header
from ringproof.simulators.faults import Faults
from ringproof.simulators.push_device import Installation, Installations, Message
from ringproof.simulators.push_socket import Declined, Register
from ringproof.simulators.recording import RequestLog

AT_ONCE = 10
TOKEN_BYTES = 32


@dataclass(frozen=True)
class ApnsService:
    """One APNs environment with its apps and phones."""

    topics: AbstractSet[str]
    now: Callable[[], float]
    tokens: ProviderTokens
    installations: Installations
    faults: Faults
    requests: RequestLog

    def serve(self, asked: Asked, standing: Standing) -> tuple[Reply, bool]:
        """Do what is asked; also tell whether the provider proved who it is."""
        proven = False
        try:
            identify(asked)
            token = read_token(asked)
            self.tokens.judge(asked.headers.get(b"authorization"), standing)
            proven = True
            notification = read_notification(asked, token, self.topics, self.now())
            self._deliver(notification, asked.apns_id)
        except Refused as refused:
            return refused.reply(asked.apns_id), proven
        return Reply(200, [(b":status", b"200"), id_header(asked.apns_id)]), True

    def admit(self, register: Register) -> Installation:
        """Register a phone's app; an app is known by its topic."""
        if register.app.removesuffix(".voip") not in self.topics:
            raise Declined("no such app")
        return self.installations.register(register.app, register.token)

    def _deliver(self, notification: Notification, apns_id: bytes) -> None:
        installation = self.installations.find(notification.token.lower())
        if installation is None:
            raise Refused("BadDeviceToken")
        if installation.app != notification.topic:
            raise Refused("DeviceTokenNotForTopic")
        if installation.ended:
            reason, at = installation.ended
            raise Refused(reason, timestamp=int(at * 1000))
        self.installations.push(installation, _message(notification, apns_id.decode("ascii")))


def new_token() -> str:
    """Make a device token."""
    return secrets.token_hex(TOKEN_BYTES)


def keep_newest(_: list[Message], message: Message) -> list[Message]:
    """Keep one notification: "APNs stores only one notification per bundle ID"."""
    return [message]


def _message(notification: Notification, apns_id: str) -> Message:
    frame = {
        "type": "push",
        "id": apns_id,
        "pushType": notification.push_type,
        "priority": notification.priority,
        "collapseId": notification.collapse_id,
        "payload": notification.payload,
    }
    return Message(
        frame,
        urgent=notification.priority == AT_ONCE,
        expires_at=notification.expires_at,
        collapse=notification.collapse_id,
    )
