"""What the store's contract is told with: a small bank, its calls, and their usual life."""

import hashlib
from dataclasses import replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from ringproof.core.call import Assurance, Call, CallId, CallState, DialMode
from ringproof.core.keys import PublicKey
from ringproof.core.people import Agent, BankNumber, Customer, Device, Platform, PushService
from ringproof.core.phone import E164
from ringproof.core.reasons import Reason
from ringproof.core.receipt import Evt, Receipt
from ringproof.core.time import SECOND, Millis
from ringproof.ports import Announced, Bank, Opened, RequestKey, Store

NOW: Millis = 1_800_000_000_000
QUEUE = "arn:queue"
MAIN, SERVICE = E164("+442079460100"), E164("+442079460199")
PHOTO = b"\x89PNG not really"

ADA = Agent("ada", "{0A-DA}", "tid/ada", "Ada King", "Ada", "E1", None, "arn:ada")
BEA = Agent("bea", "crm-bea", "tid/bea", "Bea Long", "Bea", "E2", None, "arn:bea")
JOHN = Customer(
    "C-1001", ("{A1B2C3D4-0001}", "crm-9"), "Jörg Müller-Smith",
    (E164("+442079460123"), E164("+447700900123")), "Europe/London", "en-GB",
)  # fmt: skip
MARY = Customer(
    "C-1002", (), "Mary Smythe", (E164("+4915112345678"),), "Europe/Berlin", "de"
)  # fmt: skip
BANK = Bank(
    customers=(JOHN, MARY),
    agents=(ADA, BEA),
    numbers=(BankNumber(SERVICE, "Service", inbound_only=True), BankNumber(MAIN, "The bank")),
    reasons=(Reason("fraud", {"en": "A card payment"}, Assurance.ACKNOWLEDGED),
             Reason("general", {"en": "Your account", "de": "Ihr Konto"})),
    photos={hashlib.sha256(PHOTO).hexdigest(): PHOTO},
)  # fmt: skip

REQUESTED, ANNOUNCED, DIALED = CallState.REQUESTED, CallState.ANNOUNCED, CallState.DIALED
CONNECTED, ENDED, CANCELLED = CallState.CONNECTED, CallState.ENDED, CallState.CANCELLED


def a_call(n: int = 1, **changed: Any) -> Call:
    """Draft the n-th call: to its own customer, on its own number, by Ada's browser."""
    call = Call(
        id=CallId(f"00000000-0000-4000-8000-{n:012d}"),
        customer_id=f"customer-{n}",
        agent_id=ADA.id,
        mode=DialMode.AGENT,
        orig=MAIN,
        dest=E164(f"+44770090{n:04d}"),
        queue=QUEUE,
        reason="general",
        crn="Your account",
        match_code="07",
        minimum=Assurance.ACCEPTED,
        requested_at=NOW,
        dial_before=NOW + 30 * SECOND,
    )
    return replace(call, **changed)


def a_key(key: str = "k", digest: bytes = b"meaning", **changed: Any) -> RequestKey:
    return replace(RequestKey(ADA.id, "/send-push", key, digest), **changed)


def a_device(device_id: str = "d1", token: str | None = "t1", **changed: Any) -> Device:  # noqa: S107
    sealing, receipts = (
        PublicKey.of(ec.generate_private_key(ec.SECP256R1()).public_key()) for _ in range(2)
    )
    device = Device(
        device_id, JOHN.id, Platform.IOS, "app", PushService.APNS, token, sealing, receipts,
        enrolled_at=NOW, registered_at=NOW,
    )  # fmt: skip
    return replace(device, **changed)


def a_receipt(call: Call, evt: Evt = Evt.DELIVERED, **changed: Any) -> Receipt:
    return replace(Receipt(call.id, "j1", "d1", evt, NOW // SECOND), **changed)


async def opened(store: Store, call: Call, *jtis: str) -> Opened:
    """Open a call that is to be announced to devices d1, d2 … under these `jti`s."""
    told = [Announced(f"d{n}", jti) for n, jti in enumerate(jtis, start=1)]
    return await store.open_call(call, told, None)


async def moved(store: Store, call: Call, *path: CallState, **changed: Any) -> Call:
    """Take a call along *path*, from where it stands."""
    for to in path:
        at = await store.advance(call.id, at={call.state}, to=to, now=NOW, **changed)
        assert at is not None
        call = at
    return call


async def live(store: Store, n: int = 1, *path: CallState, **changed: Any) -> Call:
    """Open the n-th call and take it along *path*."""
    answer = await opened(store, a_call(n, **changed), "j1")
    assert answer.call is not None
    return await moved(store, answer.call, *path)


async def enrolled(store: Store, device: Device, now: Millis = NOW) -> Device:
    """Enrol a device with a challenge of its own."""
    await store.add_challenge(f"for {device.id}", device.customer_id, now + 1)
    assert await store.enrol(device, f"for {device.id}", now)
    return device
