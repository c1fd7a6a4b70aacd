"""
What the outside world must do for us, in core types only.

A port method is the whole of one act: what must be atomic is one method. An adapter reports what
happened; a use case decides what follows. Adapters raise DependencyDown when their service does not
answer, except where a port says that this, too, is an outcome.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from ringproof.core.people import PushService
from ringproof.core.time import Millis
from ringproof.ports.alerts import AlertChannel
from ringproof.ports.calls import (
    Announced,
    Audited,
    Calls,
    Checkpoint,
    Opened,
    OpenVerdict,
    ReceiptSeen,
    ReceiptVerdict,
    RequestKey,
)
from ringproof.ports.control import ApiKey, Control, Posture
from ringproof.ports.dial import Contact, Dial, Dialer, DialOutcome, DialVerdict
from ringproof.ports.enforcement import (
    Alert,
    ContactSeen,
    Enforcing,
    Gaps,
    Standing,
    ViolationFilter,
)
from ringproof.ports.instance import Configuration, Progress, Wanted, untold
from ringproof.ports.people import MOST_DEVICES, Bank, Devices, People
from ringproof.ports.push import Push, PushChannel, PushOutcome, PushVerdict
from ringproof.ports.sign import KeyUse, Signer, VerificationKey

__all__ = [
    "MOST_DEVICES",
    "Alert",
    "AlertChannel",
    "Announced",
    "ApiKey",
    "Audited",
    "Bank",
    "Calls",
    "Checkpoint",
    "Clock",
    "Configuration",
    "Contact",
    "ContactSeen",
    "Control",
    "Devices",
    "Dial",
    "DialOutcome",
    "DialVerdict",
    "Dialer",
    "Enforcing",
    "Gaps",
    "KeyUse",
    "OpenVerdict",
    "Opened",
    "People",
    "Ports",
    "Posture",
    "Progress",
    "Push",
    "PushChannel",
    "PushOutcome",
    "PushVerdict",
    "ReceiptSeen",
    "ReceiptVerdict",
    "RequestKey",
    "Signer",
    "Standing",
    "Store",
    "VerificationKey",
    "ViolationFilter",
    "Wanted",
    "untold",
]


class Clock(Protocol):
    """The time."""

    def now(self) -> Millis:
        """Return the time of day."""


class Store(Calls, Enforcing, People, Devices, Control, Protocol):
    """The one store, whose transactions may span calls, contacts, people, devices and control."""


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything outside, in one hand."""

    clock: Clock
    store: Store
    signer: Signer
    dialer: Dialer
    push: Mapping[PushService, PushChannel]
    alerts: Sequence[AlertChannel] = ()
