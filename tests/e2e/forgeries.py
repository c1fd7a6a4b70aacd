"""What a forger would send: each differs in one thing from what the bank itself says."""

import time
from collections.abc import Callable

from ringproof.core.keys import PublicKey
from ringproof.core.people import PushService
from ringproof.ports import KeyUse
from tests.e2e.forger import Forger, SigningKey, new_key

Forge = Callable[[Forger], str]
"""Make the sealed part of a push."""


def by_bank(**replaced: object) -> Forge:
    """Sign with the bank's own proof key: then only the claims can give it away."""
    return lambda f: f.sealed(f.token(f.claims(**replaced), f.stolen(KeyUse.PROOF)))


def by_key(choose: Callable[[Forger], SigningKey], **header: str) -> Forge:
    return lambda f: f.sealed(f.token(f.claims(), choose(f), **header))


def own(f: Forger) -> SigningKey:
    return f.own


def proof_key(f: Forger) -> SigningKey:
    return f.stolen(KeyUse.PROOF)


def status_key(f: Forger) -> SigningKey:
    return f.stolen(KeyUse.STATUS)


def signed_with_own_key_in_the_banks_name(f: Forger) -> str:
    return f.sealed(f.token(f.claims(), f.own, kid=f.stolen(KeyUse.PROOF).kid))


def altered_after_signing(f: Forger) -> str:
    """Put another reason under the bank's signature."""
    said, key = f.claims(), f.stolen(KeyUse.PROOF)
    head, _, signature = f.token(said, key).split(".")
    altered = f.token(said | {"crn": "Please move your money"}, key).split(".")[1]
    return f.sealed(f"{head}.{altered}.{signature}")


now = int(time.time())
FORGERIES = {
    "expired": (by_bank(iat=now - 700, exp=now - 550), "expired"),
    "from the future": (by_bank(iat=now + 3_600, exp=now + 3_750), "not_yet_valid"),
    "valid for too long": (by_bank(exp=now + 86_400), "bad_claims"),
    "for another device": (by_bank(dev="6f1a3c52-4a53-4b52-9d0b-0f3f2f4c8a11"), "wrong_device"),
    "for another customer": (by_bank(dest={"tn": ["447700900999"]}), "wrong_customer_number"),
    "from another bank": (by_bank(iss="https://bank.invalid"), "wrong_bank"),
    "for another app": (by_bank(aud="com.other.app"), "wrong_app"),
    "the other way round": (by_bank(dir="you_call_bank"), "wrong_direction"),
    "from a number that is not the bank's": (by_bank(orig={"tn": "447700900666"}), "wrong_number"),
    "with a code of three digits": (by_bank(mc="471"), "bad_claims"),
    "altered after signing": (altered_after_signing, "bad_signature"),
    "signed by the attacker": (by_key(own), "unknown_kid"),
    "signed by the attacker in the bank's name": (
        signed_with_own_key_in_the_banks_name,
        "bad_signature",
    ),
    "signed by the status key": (by_key(status_key), "unknown_kid"),
    "with no algorithm": (by_key(proof_key, alg="none"), "wrong_header"),
    "with a key to be fetched": (
        by_key(proof_key, x5u="https://bank.invalid/key.pem"),
        "wrong_header",
    ),
    "of another type": (by_key(proof_key, typ="call-update+jwt"), "wrong_type"),
}
"""By name: how it is made, and the code that the phone tells the bank."""


def to_another_key(f: Forger) -> str:
    other = PublicKey.of(new_key().private.public_key()).jwk()
    return f.sealed(f.token(f.claims(), f.stolen(KeyUse.PROOF)), key=other)


def for_another_service(f: Forger) -> str:
    return f.sealed(f.token(f.claims(), f.stolen(KeyUse.PROOF)), service=PushService.FCM)


def altered_on_the_way(f: Forger) -> str:
    sealed = by_bank()(f)
    return sealed[:1_000] + ("A" if sealed[1_000] != "A" else "B") + sealed[1_001:]


def not_sealed(f: Forger) -> str:
    return f.token(f.claims(), f.stolen(KeyUse.PROOF))


UNOPENABLE = [to_another_key, for_another_service, altered_on_the_way, not_sealed]
