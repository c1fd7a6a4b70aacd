"""Enrolments that are forged, stolen or careless."""

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from ringproof.core import jws
from ringproof.core.enrolment import read_enrolment
from ringproof.core.errors import Code, Refused
from ringproof.core.keys import PublicKey, sign
from ringproof.core.people import Platform, PushKind, PushService

RECEIPT, SEALING, STRANGER = (ec.generate_private_key(ec.SECP256R1()) for _ in range(3))


def jwk(key: ec.EllipticCurvePrivateKey) -> dict[str, str]:
    return PublicKey.of(key.public_key()).jwk()


CLAIMS: dict[str, Any] = {
    "challenge": "abc", "platform": "ios", "appId": "com.examplebank.app", "pushService": "apns",
    "pushToken": "00" * 32, "sealingKey": jwk(SEALING), "receiptKey": jwk(RECEIPT),
}  # fmt: skip


def token(by: Any = RECEIPT, header: dict[str, str] | None = None, **changed: Any) -> bytes:
    head = header or {"alg": "ES256", "typ": "enrolment+jwt"}
    signed = jws.signing_input(head, {k: v for k, v in (CLAIMS | changed).items() if v is not ...})
    return jws.compact(signed, sign(by, signed.encode())).encode()


def test_an_enrolment_is_read() -> None:
    read = read_enrolment(token(environment="sandbox", pushKind="voip"))

    assert (read.platform, read.push_service, read.push_kind) == (
        Platform.IOS, PushService.APNS, PushKind.VOIP,
    )  # fmt: skip
    assert read.sandbox
    assert "00" * 32 not in repr(read)


@pytest.mark.parametrize(
    ("code", "made"),
    [
        (Code.BAD_SIGNATURE, lambda: token(by=STRANGER)),
        (Code.WRONG_TYPE, lambda: token(header={"alg": "ES256", "typ": "receipt+jwt"})),
        (
            Code.WRONG_HEADER,
            lambda: token(header={"alg": "ES256", "kid": "x", "typ": "enrolment+jwt"}),
        ),
        (Code.BAD_KEY, lambda: token(sealingKey=jwk(RECEIPT))),
        (Code.BAD_KEY, lambda: token(sealingKey={"kty": "RSA"})),
        (Code.BAD_CLAIMS, lambda: token(platform="symbian")),
        (Code.BAD_CLAIMS, lambda: token(pushToken=...)),
        (Code.BAD_CLAIMS, lambda: token(challenge="")),
        (Code.BAD_CLAIMS, lambda: token(receiptKey=...)),
        (Code.MALFORMED, lambda: b"rubbish"),
    ],
)
def test_a_wrong_enrolment_is_refused_with_its_own_code(code: Code, made: Any) -> None:
    with pytest.raises(Refused) as refused:
        read_enrolment(made())

    assert refused.value.code is code
