"""Who calls whom, with what: agents, customers, their devices, the bank's numbers."""

from dataclasses import dataclass, field
from enum import StrEnum
from zoneinfo import ZoneInfo

from ringproof.core.errors import Code, Refused
from ringproof.core.keys import PublicKey
from ringproof.core.phone import E164
from ringproof.core.time import Millis


class Platform(StrEnum):
    """What kind of handset."""

    IOS = "ios"
    ANDROID = "android"
    WEB = "web"


class PushService(StrEnum):
    """Who carries the last hop to the handset."""

    APNS = "apns"
    FCM = "fcm"
    WEBPUSH = "webpush"


class PushKind(StrEnum):
    """How an iPhone is woken: a visible alert, or VoIP for apps that carry calls themselves."""

    ALERT = "alert"
    VOIP = "voip"


@dataclass(frozen=True, slots=True)
class Agent:
    """A person who may call customers; *subject* is `tid/oid` of the bank's identity provider."""

    id: str
    crm_user_id: str
    subject: str
    name: str
    display_name: str
    employee_id: str
    photo: str | None
    """SHA-256 of the photo in hex, or None."""
    connect_user_arn: str


@dataclass(frozen=True, slots=True)
class Customer:
    """A person the bank calls; *phones* in the order of preference."""

    id: str
    crm_ids: tuple[str, ...]
    name: str
    phones: tuple[E164, ...]
    time_zone: str
    language: str

    def phone(self, selected: E164 | None) -> E164:
        """Pick one of the stored numbers; Refused(NUMBER_NOT_CUSTOMERS) for any other."""
        if selected is None:
            return self.phones[0]
        if selected not in self.phones:
            raise Refused(
                Code.NUMBER_NOT_CUSTOMERS,
                "This number is not stored for the customer. Update the customer record first.",
                field="phone",
            )
        return selected

    @property
    def zone(self) -> ZoneInfo:
        """The customer's time zone."""
        return ZoneInfo(self.time_zone)


@dataclass(frozen=True, slots=True)
class BankNumber:
    """A number of the bank; one that is inbound-only never appears as `orig`."""

    phone: E164
    display_name: str
    inbound_only: bool = False


@dataclass(frozen=True, slots=True)
class Device:
    """
    A handset bound to one customer.

    *push_token* is None once the push service has called it dead. *registered_at* is when this token
    was last registered; an invalidation older than that is about a former life of the token.
    """

    id: str
    customer_id: str
    platform: Platform
    app_id: str
    push_service: PushService
    push_token: str | None = field(repr=False)
    sealing_key: PublicKey = field(repr=False)
    receipt_key: PublicKey = field(repr=False)
    enrolled_at: Millis
    registered_at: Millis
    push_kind: PushKind = PushKind.ALERT
    sandbox: bool = False
    notifications: bool = True
    app_version: str = ""
    last_seen_at: Millis | None = None

    @property
    def reachable(self) -> bool:
        """True when a push would be shown."""
        return self.push_token is not None and self.notifications


def same_id(written: str) -> str:
    """Fold the ways in which CRMs write an id (braces, case) into one."""
    return written.strip().removeprefix("{").removesuffix("}").strip().lower()
