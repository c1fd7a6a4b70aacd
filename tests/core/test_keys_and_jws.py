import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from ringproof.core import jws, seal
from ringproof.core.errors import Code, Refused
from ringproof.core.keys import PublicKey, b64url, sign, unb64url
from ringproof.core.people import PushService
from ringproof.core.seal import SealedType

KEY = ec.generate_private_key(ec.SECP256R1())
PUBLIC = PublicKey.of(KEY.public_key())


@given(st.binary(max_size=100))
def test_base64url_reads_back(raw: bytes) -> None:
    assert unb64url(b64url(raw)) == raw


@given(st.text(max_size=30))
def test_base64url_has_one_spelling(text: str) -> None:
    try:
        raw = unb64url(text)
    except ValueError:
        return
    assert b64url(raw) == text


@pytest.mark.parametrize("text", ["AA==", "A", "AB", "+/", "A A", "é"])
def test_other_spellings_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        unb64url(text)


def test_a_jwk_reads_back() -> None:
    assert PublicKey.from_jwk(PUBLIC.jwk()) == PUBLIC
    assert PublicKey.from_bytes(PUBLIC.to_bytes()) == PUBLIC


@pytest.mark.parametrize(
    "wrong",
    [
        {"kty": "RSA"},
        {"crv": "P-384"},
        {"x": "AA"},
        {"y": PUBLIC.jwk()["x"]},
        {"d": "AA"},
        {"x": 7},
    ],
)
def test_any_other_jwk_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(Refused) as refused:
        PublicKey.from_jwk(PUBLIC.jwk() | wrong, field="sealingKey")

    assert (refused.value.code, refused.value.field) == (Code.BAD_KEY, "sealingKey")


def test_the_thumbprint_of_rfc_7638_is_over_the_required_members_only() -> None:
    assert PublicKey.from_jwk(PUBLIC.jwk() | {"kid": "x", "use": "sig"}).thumbprint() == (
        PUBLIC.thumbprint()
    )


def test_canonical_json_is_sorted_without_white_space_and_in_utf_8() -> None:
    assert jws.canonical({"b": "é/", "a": {"d": 1, "c": [True]}}) == (
        b'{"a":{"c":[true],"d":1},"b":"\xc3\xa9/"}'
    )


@given(st.binary(max_size=300))
def test_rubbish_is_malformed_and_nothing_else(raw: bytes) -> None:
    with pytest.raises(Refused) as refused:
        jws.parse(raw)

    assert refused.value.code is Code.MALFORMED


def test_a_claim_that_occurs_twice_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        jws.claims_of(b'{"dev":"a","dev":"b"}')

    assert refused.value.code is Code.BAD_CLAIMS


@given(st.integers(0, 85))
def test_no_bit_of_a_signature_may_change(position: int) -> None:
    signed = jws.signing_input({"alg": "ES256"}, {"a": 1})
    token = jws.compact(signed, sign(KEY, signed.encode()))
    at = len(signed) + 1 + position
    altered = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]

    with pytest.raises(Refused):
        jws.parse(altered).verified_by(PUBLIC)


@given(st.from_regex(r"\A[A-Za-z0-9_-]{1,600}\.[A-Za-z0-9_-]{1,600}\.[A-Za-z0-9_-]{86}\Z"))
def test_every_seal_has_one_length_and_opens(token: str) -> None:
    info = seal.info(SealedType.CALL_VERIFICATION, PushService.FCM, "d")

    sealed = seal.seal(token, PUBLIC, info)

    assert len(sealed) == len(b64url(bytes(65 + seal.PADDED + 16)))
    assert seal.unseal(sealed, KEY, info) == token
