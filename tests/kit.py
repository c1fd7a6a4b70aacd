"""What tests of the use cases share: a small bank, phones with real keys, and ports that do as told."""

import asyncio
import dataclasses
import time as wall
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import time
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from ringproof.adapters.store.sqlite import SqliteStore
from ringproof.core import jws, passport, seal, status, update
from ringproof.core.call import CallId, DialMode
from ringproof.core.deployment import Deployment
from ringproof.core.keys import PublicKey, sign
from ringproof.core.people import Agent, BankNumber, Customer, Device, Platform, PushService
from ringproof.core.phone import E164
from ringproof.core.policy import Policy
from ringproof.core.reasons import Reason
from ringproof.core.seal import SealedType
from ringproof.core.time import SECOND, Millis
from ringproof.ports import (
    Bank,
    Contact,
    Dial,
    DialOutcome,
    DialVerdict,
    KeyUse,
    Ports,
    Push,
    PushOutcome,
    PushVerdict,
    VerificationKey,
)
from ringproof.usecases.acknowledge import acknowledge
from ringproof.usecases.background import Background
from ringproof.usecases.desk import Desk

ISS, APP, QUEUE = "https://bank.example", "com.examplebank.app", "arn:queue"
OURS, OURS_IN = E164("+442079460123"), E164("+442079460999")
ADAS, BOBS = E164("+447700900123"), E164("+447700900124")

AYESHA = Agent("ag1", "crm-ag1", "t/o1", "Ayesha Khan", "Ayesha, Fraud team", "E7", None, "arn:ag1")
BEN = Agent("ag2", "crm-ag2", "t/o2", "Ben Hart", "Ben", "E8", None, "arn:ag2")
ADA = Customer("c1", ("A1B2C3",), "Ada Lovelace", (ADAS,), "Europe/London", "en-GB")
BOB = Customer("c2", (), "Bob Kahn", (BOBS,), "Europe/London", "de")
BANK = Bank(
    customers=(ADA, BOB),
    agents=(AYESHA, BEN),
    numbers=(BankNumber(OURS_IN, "Service", inbound_only=True), BankNumber(OURS, "Example Bank")),
    reasons=(
        Reason("general", {"en": "About your account", "de": "Zu Ihrem Konto"}),
        Reason("fraud", {"en": "About a card payment"}),
    ),
)


class WallClock:
    """The machine's clock, which a test may set ahead."""

    ahead: Millis = 0

    def now(self) -> Millis:
        return int(wall.time() * 1_000) + self.ahead


class Keys:
    """The bank's keys, in memory."""

    def __init__(self) -> None:
        self.private = {use: ec.generate_private_key(ec.SECP256R1()) for use in KeyUse}
        public = {use: PublicKey.of(key.public_key()) for use, key in self.private.items()}
        self.public = [VerificationKey(key.thumbprint(), use, key) for use, key in public.items()]
        self.by_kid = {each.kid: self.private[each.use] for each in self.public}

    async def kid(self, use: KeyUse) -> str:
        return next(each.kid for each in self.public if each.use is use)

    async def sign(self, kid: str, message: bytes) -> bytes:
        return sign(self.by_kid[kid], message)

    async def keys(self) -> Sequence[VerificationKey]:
        return self.public


class Switchboard:
    """A dialer that answers as told, in turn, and remembers whom it was asked to call."""

    def __init__(self) -> None:
        self.dialed: list[Dial] = []
        self.stopped: list[str] = []
        self.marked: dict[str, str] = {}
        self.answers: list[DialVerdict] = []
        self.contacts: dict[str, Contact] = {}
        self.hold: asyncio.Event | None = None
        self.describing: Callable[[str], Awaitable[Contact | None]] = self._known

    async def dial(self, request: Dial) -> DialOutcome:
        self.dialed.append(request)
        if self.hold:
            await self.hold.wait()
        verdict = self.answers.pop(0) if self.answers else DialVerdict.ACCEPTED
        contact = str(uuid.uuid4()) if verdict is DialVerdict.ACCEPTED else None
        return DialOutcome(verdict, contact, verdict.value)

    async def stop(self, contact_id: str) -> bool:
        self.stopped.append(contact_id)
        return True

    async def mark(self, contact_id: str, violation: str) -> bool:
        self.marked[contact_id] = violation
        return True

    async def describe(self, contact_id: str) -> Contact | None:
        return await self.describing(contact_id)

    async def _known(self, contact_id: str) -> Contact | None:
        return self.contacts.get(contact_id)

    async def check(self) -> None: ...


class Post:
    """A push service that hands over to phones, or does what a test put in *instead*."""

    service = PushService.APNS

    def __init__(self) -> None:
        self.phones: dict[str, Phone] = {}
        self.pushed: list[Push] = []
        self.instead: dict[str, Callable[[Push], Awaitable[PushOutcome]]] = {}

    async def push(self, message: Push) -> PushOutcome:
        self.pushed.append(message)
        if message.device_id in self.instead:
            return await self.instead[message.device_id](message)
        await self.phones[message.device_id].take(message)
        return PushOutcome(PushVerdict.ACCEPTED)

    async def check(self) -> None: ...

    async def aclose(self) -> None: ...

    def of(self, kind: SealedType) -> list[Push]:
        return [each for each in self.pushed if each.type is kind]


class Phone:
    """A customer's phone: opens, verifies, and answers with signed receipts, as *answers* says."""

    def __init__(self, desk: Desk, customer: Customer, *answers: str) -> None:
        self.desk, self.customer, self.answers = desk, customer, answers
        self.sealing = ec.generate_private_key(ec.SECP256R1())
        self.receipt_key = ec.generate_private_key(ec.SECP256R1())
        self.id = str(uuid.uuid4())
        self.token = uuid.uuid4().hex * 2
        self.cards: list[passport.Announcement] = []
        self.ends: list[update.CallUpdate] = []

    def device(self, now: Millis) -> Device:
        return Device(
            id=self.id,
            customer_id=self.customer.id,
            platform=Platform.IOS,
            app_id=APP,
            push_service=PushService.APNS,
            push_token=self.token,
            sealing_key=PublicKey.of(self.sealing.public_key()),
            receipt_key=PublicKey.of(self.receipt_key.public_key()),
            enrolled_at=now,
            registered_at=now,
        )

    def open(self, kind: SealedType, sealed: str) -> str:
        return seal.unseal(sealed, self.sealing, seal.info(kind, PushService.APNS, self.id))

    async def keys(self, use: KeyUse) -> dict[str, PublicKey]:
        return {k.kid: k.key for k in await self.desk.ports.signer.keys() if k.use is use}

    async def take(self, push: Push) -> None:
        token, keys = self.open(push.type, push.sealed), await self.keys(KeyUse.PROOF)
        if push.type is SealedType.CALL_UPDATE:
            self.ends.append(
                update.verify(token, keys, iss=ISS, aud=APP, dev=self.id, now=self.desk.now())
            )
            return
        expected = passport.Expected(ISS, APP, self.id, {OURS}, set(self.customer.phones))
        card = passport.verify(token, keys, expected, self.desk.now())
        self.cards.append(card)
        for evt in self.answers:
            self.desk.background.start(self.receipt(evt, card.cid, card.jti), f"receipt {evt}")

    def signed(self, typ: str, **claims: Any) -> bytes:
        header = {"alg": "ES256", "kid": self.id, "typ": typ}
        signed = jws.signing_input(header, {"dev": self.id, **claims})
        return jws.compact(signed, sign(self.receipt_key, signed.encode())).encode()

    async def receipt(self, evt: str, cid: str, jti: str) -> Any:
        iat = self.desk.now() // SECOND
        return await acknowledge(
            self.desk, self.signed("receipt+jwt", cid=cid, jti=jti, evt=evt, iat=iat)
        )

    async def read_status(self, sealed: str, nonce: str) -> status.Answer:
        return status.verify_answer(
            self.open(SealedType.STATUS, sealed), await self.keys(KeyUse.STATUS),
            iss=ISS, aud=APP, dev=self.id, nonce=nonce, now=self.desk.now(),
        )  # fmt: skip


@dataclasses.dataclass
class House:
    """A desk with its world, as a test sees it."""

    desk: Desk
    clock: WallClock
    post: Post
    switchboard: Switchboard
    store: SqliteStore

    async def phone(self, customer: Customer, *answers: str) -> Phone:
        """Enrol a phone that gives these receipts to every announcement."""
        phone = Phone(self.desk, customer, *answers)
        await self.store.add_challenge(phone.id, customer.id, self.clock.now() + 60_000)
        assert await self.store.enrol(phone.device(self.clock.now()), phone.id, self.clock.now())
        self.post.phones[phone.id] = phone
        return phone

    def with_policy(self, **changed: Any) -> "House":
        return self.with_deployment(
            policy=dataclasses.replace(self.desk.deployment.policy, **changed)
        )

    def with_deployment(self, **changed: Any) -> "House":
        deployment = dataclasses.replace(self.desk.deployment, **changed)
        self.desk = dataclasses.replace(self.desk, deployment=deployment)
        return self


@asynccontextmanager
async def house(folder: Path) -> AsyncIterator[House]:
    """Open the small bank with a real store, waiting a tenth of a second for a receipt."""
    clock, post, switchboard = WallClock(), Post(), Switchboard()
    store = await SqliteStore.open(folder / "ringproof.db")
    await store.import_bank(BANK)
    deployment = Deployment(
        iss=ISS, bank="Example Bank", photos=f"{ISS}/photos", queue=QUEUE, apps=frozenset({APP}),
        mode=DialMode.SERVER,
        policy=Policy(announce_wait=100, quiet_from=time(0), quiet_until=time(0)),
    )  # fmt: skip
    ports = Ports(clock, store, Keys(), switchboard, {PushService.APNS: post})
    desk = Desk(ports, deployment, Background())
    try:
        yield House(desk, clock, post, switchboard, store)
    finally:
        await desk.background.drain()
        await store.aclose()


def new_id() -> CallId:
    return CallId(str(uuid.uuid4()))
