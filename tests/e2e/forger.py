"""
An attacker of the strongest kind: the bank's push credential and a customer's device token are stolen.

So whatever the attacker sends does arrive. What is left to protect the customer is the proof itself,
and some forgeries here go further still: they are signed with the bank's own key.
"""

import contextlib
import json
import time
import uuid
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from pyreqwest.client import Client

from ringproof.adapters.clock import SystemClock
from ringproof.adapters.push.client import http2_client, trusted
from ringproof.adapters.push.provider_token import ProviderToken
from ringproof.adapters.sign import keyring
from ringproof.commands.local_ports import HOST
from ringproof.core import jws, seal
from ringproof.core.keys import PublicKey, sign
from ringproof.core.people import PushService
from ringproof.core.seal import SealedType
from ringproof.ports import KeyUse
from ringproof.settings import Settings
from tests.e2e.bank import Bank
from tests.e2e.phone import Phone

Claims = dict[str, Any]
ALERT = {"alert": {"title-loc-key": "T"}, "mutable-content": 1}


@dataclass(frozen=True)
class SigningKey:
    kid: str
    private: ec.EllipticCurvePrivateKey


def new_key() -> SigningKey:
    private = ec.generate_private_key(ec.SECP256R1())
    return SigningKey(PublicKey.of(private.public_key()).thumbprint(), private)


@dataclass(frozen=True)
class Forger:
    """Signs, seals and pushes whatever one likes to the phone whose token was stolen."""

    bank: Bank
    victim: Phone
    client: Client
    credential: str
    own: SigningKey = field(default_factory=new_key)

    def stolen(self, use: KeyUse) -> SigningKey:
        """Take one of the bank's keys."""
        folder = self.bank.state.folder / "keys"
        record = keyring.live(keyring.records(folder), use)[0]
        return SigningKey(record.kid, keyring.load(folder, record))

    def claims(self, **replaced: Any) -> Claims:
        """Write what the bank would say to the victim now, but for what is replaced."""
        device, now = self.victim.device, int(time.time())
        said = {
            "agt": {"nam": "Ayesha, Fraud team"}, "aud": self.victim.enrolment["appId"],
            "cid": str(uuid.uuid4()), "crn": "We would like to speak with you",
            "dest": {"tn": [device["numbers"][0].removeprefix("+")]}, "dev": device["deviceId"],
            "dir": "bank_calls_you", "exp": now + 150, "iat": now, "iss": device["bank"]["iss"],
            "jti": str(uuid.uuid4()), "mc": "47",
            "orig": {"tn": device["bank"]["numbers"][0].removeprefix("+")},
            "rcd": {"nam": device["bank"]["name"]},
        }  # fmt: skip
        return said | replaced

    def token(self, claims: Claims, key: SigningKey, **header: str) -> str:
        """Sign *claims*, with anything in the header replaced."""
        usual = {"alg": "ES256", "kid": key.kid, "ppt": "rcd", "typ": "passport"}
        signed = jws.signing_input(usual | header, claims)
        return jws.compact(signed, sign(key.private, signed.encode()))

    def sealed(self, token: str, **elsewhere: Any) -> str:
        """Seal to the victim's public key, which is no secret; or to another key, service or device."""
        key = PublicKey.from_jwk(elsewhere.get("key", self.victim.enrolment["sealingKey"]))
        service = elsewhere.get("service", PushService.APNS)
        device = elsewhere.get("device", self.victim.device["deviceId"])
        return seal.seal(token, key, seal.info(SealedType.CALL_VERIFICATION, service, device))

    async def push(self, sealed: str, kind: str = "call_verification") -> None:
        """Send it through APNs as the bank does; the phone gets it."""
        await self.push_body({"aps": ALERT, "type": kind, "v": 1, "sealed": sealed})

    async def push_body(self, body: Mapping[str, Any]) -> None:
        url = f"https://{HOST}:{self.bank.ports.apns}/3/device/{self.victim.enrolment['pushToken']}"
        request = self.client.post(url).body_text(json.dumps(body)).headers(
            {
                "authorization": f"bearer {self.credential}",
                "apns-topic": self.victim.enrolment["appId"],
                "apns-push-type": "alert",
                "apns-expiration": str(int(time.time()) + 30),
            }
        )  # fmt: skip
        answer = await request.build().send()
        assert answer.status == 200, await answer.text()


@contextlib.asynccontextmanager
async def forger(bank: Bank, victim: Phone) -> AsyncIterator[Forger]:
    """Be the attacker for the block."""
    settings, folder = Settings(), bank.state.folder
    key = load_pem_private_key((folder / "apns.p8").read_bytes(), password=None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    credential = ProviderToken(key, settings.apns_key_id, settings.apns_team, SystemClock())
    async with http2_client(trusted(bank.state.tls / "ca.pem")) as client:
        yield Forger(bank, victim, client, credential.current())
