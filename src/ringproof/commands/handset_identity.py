"""How a handset becomes the bank's: its keys, and what it is told when it enrols."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from pyreqwest.client import Client

from ringproof.commands.jwks import keys_of
from ringproof.commands.wire import ask
from ringproof.core import jws
from ringproof.core.enrolment import TYP as ENROLMENT
from ringproof.core.keys import PublicKey, sign
from ringproof.core.passport import Expected
from ringproof.core.people import PushService
from ringproof.core.phone import E164
from ringproof.ports import KeyUse

_PLATFORM = {PushService.APNS: "ios", PushService.FCM: "android"}


def _new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@dataclass(frozen=True, slots=True)
class Outside:
    """What a handset connects to: our API, and the device side of its push service."""

    api: str
    push: str
    service: PushService
    app: str
    client: Client


@dataclass(frozen=True, slots=True)
class Keys:
    """The two keys of a device, made on it."""

    sealing: ec.EllipticCurvePrivateKey = field(default_factory=_new_key)
    receipt: ec.EllipticCurvePrivateKey = field(default_factory=_new_key)

    def signed(self, header: Mapping[str, str], claims: Mapping[str, Any]) -> str:
        """Sign *claims* with the receipt key."""
        signed = jws.signing_input({"alg": "ES256", **header}, claims)
        return jws.compact(signed, sign(self.receipt, signed.encode()))


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What enrolment told the device: who it is, which numbers are the customer's and the bank's, keys."""

    device_id: str
    expected: Expected
    proof_keys: Mapping[str, PublicKey]
    status_keys: Mapping[str, PublicKey]


async def enrol(outside: Outside, keys: Keys, customer_token: str, push_token: str) -> Enrolled:
    """Prove possession of *keys* to the server, and learn what it takes to verify its calls."""
    url, client = f"{outside.api}/devices", outside.client
    asked = await ask(client, "POST", f"{url}/challenge", bearer=customer_token)
    claims = {
        "appId": outside.app, "challenge": asked["challenge"],
        "platform": _PLATFORM[outside.service],
        "pushService": outside.service, "pushToken": push_token,
        "receiptKey": PublicKey.of(keys.receipt.public_key()).jwk(),
        "sealingKey": PublicKey.of(keys.sealing.public_key()).jwk(),
    }  # fmt: skip
    token = keys.signed({"typ": ENROLMENT}, claims)
    return _enrolled(outside, await ask(client, "POST", url, bearer=customer_token, jose=token))


def _enrolled(outside: Outside, said: Mapping[str, Any]) -> Enrolled:
    return Enrolled(
        device_id=said["deviceId"],
        expected=Expected(
            iss=said["bank"]["iss"],
            aud=outside.app,
            dev=said["deviceId"],
            orig=_numbers(said["bank"]["numbers"]),
            dest=_numbers(said["numbers"]),
        ),
        proof_keys=keys_of(said["jwks"], KeyUse.PROOF),
        status_keys=keys_of(said["jwks"], KeyUse.STATUS),
    )


def _numbers(written: Sequence[str]) -> tuple[E164, ...]:
    return tuple(E164("+" + each.removeprefix("+")) for each in written)
