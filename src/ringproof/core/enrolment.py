"""Enrolment: a device proves that it holds its receipt key, and says how to reach it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ringproof.core import claims as read
from ringproof.core import jws
from ringproof.core.errors import Code, Refused
from ringproof.core.keys import PublicKey
from ringproof.core.people import Platform, PushKind, PushService

TYP = "enrolment+jwt"
CHALLENGE_LIFETIME_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What a device asks to be known as; *challenge* must be one that we gave to this customer."""

    challenge: str
    platform: Platform
    app_id: str
    push_service: PushService
    push_token: str = field(repr=False)
    sealing_key: PublicKey = field(repr=False)
    receipt_key: PublicKey = field(repr=False)
    push_kind: PushKind = PushKind.ALERT
    sandbox: bool = False
    app_version: str = ""


def read_enrolment(token: bytes) -> Enrolment:
    """Read an enrolment and verify it with the key that it brings: possession, not yet trust."""
    parsed = jws.parse(token)
    jws.require_header(parsed, alg="ES256", typ=TYP)
    claims = jws.claims_of(parsed.payload)
    receipt_key = PublicKey.from_jwk(read.mapping(claims, "receiptKey"), field="receiptKey")
    parsed.verified_by(receipt_key)
    sealing_key = PublicKey.from_jwk(read.mapping(claims, "sealingKey"), field="sealingKey")
    if sealing_key == receipt_key:
        # One key for two algorithms is how cross-protocol attacks begin.
        raise Refused(Code.BAD_KEY, "Use two different keys.", field="sealingKey")
    return Enrolment(
        challenge=read.text(claims, "challenge"),
        platform=read.choice(claims, "platform", Platform),
        app_id=read.text(claims, "appId"),
        push_service=read.choice(claims, "pushService", PushService),
        push_token=_token(claims),
        sealing_key=sealing_key,
        receipt_key=receipt_key,
        push_kind=read.choice(claims, "pushKind", PushKind)
        if "pushKind" in claims
        else PushKind.ALERT,
        sandbox=claims.get("environment") == "sandbox",
        app_version=read.text(claims, "appVersion", longest=64) if "appVersion" in claims else "",
    )


def _token(claims: Mapping[str, Any]) -> str:
    return read.text(claims, "pushToken", longest=512)
