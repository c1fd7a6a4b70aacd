"""The bank's keys: what signs, what is published, and who may read them."""

from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from ringproof.adapters.sign.jwks import jwks
from ringproof.adapters.sign.keyfile import KeyfileSigner
from ringproof.adapters.sign.keyring import INDEX, create, records, retire, rotate
from ringproof.core.errors import DependencyDown, Refused
from ringproof.core.keys import PublicKey
from ringproof.ports import KeyUse, Signer

NOW = 1_800_000_000_000


def keyfile(folder: Path) -> Signer:
    for use in KeyUse:
        create(folder, use, NOW)
    return KeyfileSigner(folder)


SIGNERS = {"keyfile": keyfile}


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "keys"


@pytest.fixture(params=SIGNERS)
def signer(request, folder):
    return SIGNERS[request.param](folder)


@pytest.mark.parametrize("use", list(KeyUse))
async def test_what_is_signed_verifies_with_the_key_that_is_published(signer, use):
    kid = await signer.kid(use)

    signature = await signer.sign(kid, b"message")

    (published,) = [each for each in await signer.keys() if each.kid == kid]
    assert published.use is use
    assert len(signature) == 64
    assert published.key.verifies(signature, b"message")
    assert not published.key.verifies(signature, b"another")


async def test_a_key_for_one_use_is_not_the_key_for_the_other(signer):
    assert await signer.kid(KeyUse.PROOF) != await signer.kid(KeyUse.STATUS)


async def test_a_kid_is_the_thumbprint_of_its_key(signer):
    assert all(each.kid == each.key.thumbprint() for each in await signer.keys())


async def test_nothing_is_signed_with_a_key_that_is_not_there(signer):
    with pytest.raises(DependencyDown):
        await signer.sign("another", b"message")


async def test_the_jwk_set_says_what_each_key_may_sign_and_keeps_the_secret(signer):
    published = jwks(await signer.keys())["keys"]

    assert [jwk["ringproof:use"] for jwk in published] == ["proof", "status"]
    assert [jwk["kid"] for jwk in published] == [each.kid for each in await signer.keys()]
    for jwk in published:
        assert set(jwk) == {"alg", "crv", "kid", "kty", "ringproof:use", "use", "x", "y"}
        assert (jwk["alg"], jwk["use"]) == ("ES256", "sig")
        assert PublicKey.from_jwk(jwk).thumbprint() == jwk["kid"]


async def test_a_second_key_is_published_before_it_signs(folder):
    signer = keyfile(folder)
    first = await signer.kid(KeyUse.PROOF)

    second = create(folder, KeyUse.PROOF, NOW)

    assert await signer.kid(KeyUse.PROOF) == first
    assert second.kid in [each.kid for each in await signer.keys()]


async def test_after_rotating_the_new_key_signs_and_the_former_stays_published(folder):
    signer = keyfile(folder)
    first = await signer.kid(KeyUse.PROOF)
    waiting = create(folder, KeyUse.PROOF, NOW)

    rotated = rotate(folder, KeyUse.PROOF, NOW)

    assert rotated.kid == waiting.kid == await signer.kid(KeyUse.PROOF)
    proofs = [each.kid for each in await signer.keys() if each.use is KeyUse.PROOF]
    assert proofs == [rotated.kid, first]
    assert (await signer.keys())[0].kid == rotated.kid


async def test_rotating_without_a_waiting_key_makes_one(folder):
    signer = keyfile(folder)
    first = await signer.kid(KeyUse.STATUS)

    rotated = rotate(folder, KeyUse.STATUS, NOW)

    assert await signer.kid(KeyUse.STATUS) == rotated.kid != first


async def test_a_clock_that_was_set_back_does_not_bring_a_former_key_back(folder):
    signer = keyfile(folder)

    rotated = rotate(folder, KeyUse.PROOF, NOW - 1_000)

    assert await signer.kid(KeyUse.PROOF) == rotated.kid


async def test_a_retired_key_is_neither_published_nor_used(folder):
    signer = keyfile(folder)
    first = await signer.kid(KeyUse.PROOF)
    rotate(folder, KeyUse.PROOF, NOW)

    retire(folder, first, NOW)

    assert first not in [each.kid for each in await signer.keys()]
    with pytest.raises(DependencyDown):
        await signer.sign(first, b"message")
    assert [each.retired is None for each in records(folder) if each.kid == first] == [False]


async def test_the_key_that_signs_is_not_retired(folder):
    signer = keyfile(folder)

    with pytest.raises(Refused, match="Rotate first"):
        retire(folder, await signer.kid(KeyUse.PROOF), NOW)
    with pytest.raises(Refused, match="no live key"):
        retire(folder, "another", NOW)


@pytest.mark.parametrize("more", [create, rotate])
async def test_at_most_two_keys_of_one_use_are_live(folder, more):
    keyfile(folder)
    rotate(folder, KeyUse.PROOF, NOW)

    with pytest.raises(Refused, match="Two proof keys are live"):
        more(folder, KeyUse.PROOF, NOW)


async def test_without_a_key_of_that_use_nothing_is_signed(folder):
    create(folder, KeyUse.STATUS, NOW)

    with pytest.raises(DependencyDown) as refused:
        await KeyfileSigner(folder).kid(KeyUse.PROOF)

    assert "has no proof key" in refused.value.detail


def test_keys_are_their_owners_alone(folder):
    keyfile(folder)

    assert folder.stat().st_mode & 0o777 == 0o700
    assert {each.stat().st_mode & 0o777 for each in folder.iterdir()} == {0o600}


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_key_that_others_may_read_or_write_is_refused(folder, mode):
    record = create(folder, KeyUse.PROOF, NOW)
    (folder / record.file).chmod(mode)

    with pytest.raises(DependencyDown) as refused:
        KeyfileSigner(folder)

    assert "chmod 600" in refused.value.detail


def other_key(curve: ec.EllipticCurve) -> bytes:
    key = ec.generate_private_key(curve)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@pytest.mark.parametrize(
    "content",
    [b"", b"not a key", other_key(ec.SECP256R1()), other_key(ec.SECP384R1())],
    ids=["empty", "text", "another key", "another curve"],
)
def test_a_file_that_is_not_the_key_it_is_named_for_is_refused(folder, content):
    record = create(folder, KeyUse.PROOF, NOW)
    (folder / record.file).write_bytes(content)

    with pytest.raises(DependencyDown) as refused:
        KeyfileSigner(folder)

    assert record.file in refused.value.detail


@pytest.mark.parametrize("content", [b"", b"{}", b'[{"kid":"k","use":"other"}]'])
def test_an_index_that_cannot_be_read_is_refused(folder, content):
    keyfile(folder)
    (folder / INDEX).write_bytes(content)

    with pytest.raises(DependencyDown):
        KeyfileSigner(folder)


def test_the_index_holds_no_secret_and_reads_plainly(folder):
    record = create(folder, KeyUse.PROOF, NOW)

    (written,) = msgspec.json.decode((folder / INDEX).read_bytes())

    assert written == {
        "kid": record.kid,
        "use": "proof",
        "created": "2027-01-15T08:00:00.000Z",
        "signing": "2027-01-15T08:00:00.000Z",
        "retired": None,
    }
    pem = (folder / record.file).read_bytes()
    key = load_pem_private_key(pem, password=None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    assert PublicKey.of(key.public_key()).thumbprint() == record.kid
