"""vectors/ hold in Python, and the script would write them again."""

import json
import runpy
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from ringproof.core import passport, receipt, seal, status, update
from ringproof.core.call import CallEvent, CallId, CallState
from ringproof.core.chain import genesis, link
from ringproof.core.errors import Refused
from ringproof.core.keys import PublicKey, unb64url
from ringproof.core.people import PushService
from ringproof.core.phone import E164
from ringproof.core.seal import SealedType

ROOT = Path(__file__).parents[2]
VECTORS = ROOT / "vectors"


def load(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((VECTORS / name).read_text(encoding="utf-8"))
    return loaded


def cases(name: str) -> list[Any]:
    return [pytest.param(case, id=case["name"]) for case in load(name)["cases"]]


def keys(file: dict[str, Any]) -> dict[str, PublicKey]:
    return {jwk["kid"]: PublicKey.from_jwk(jwk) for jwk in file["keys"]["keys"]}


def now(file: dict[str, Any], case: dict[str, Any]) -> int:
    return int(case.get("now", file["now"])) * 1_000


def verdict(judge: Any) -> str:
    try:
        answer = judge()
    except Refused as refused:
        return refused.code.value
    return answer.value if isinstance(answer, status.Answer) else "ok"


@pytest.mark.parametrize("case", cases("passport.json"))
def test_passport(case: dict[str, Any]) -> None:
    file = load("passport.json")
    own = file["expected"]
    expected = passport.Expected(
        own["iss"], own["aud"], own["dev"],
        {E164("+" + n) for n in own["orig"]}, {E164("+" + n) for n in own["dest"]},
    )  # fmt: skip

    got = verdict(
        lambda: passport.verify(case["token"], keys(file), expected, now(file, case), file["seen"])
    )

    assert got == case["expect"]


@pytest.mark.parametrize("case", cases("update.json"))
def test_update(case: dict[str, Any]) -> None:
    file = load("update.json")

    got = verdict(
        lambda: update.verify(case["token"], keys(file), **file["expected"], now=now(file, case))
    )

    assert got == case["expect"]


@pytest.mark.parametrize("case", cases("status.json"))
def test_status(case: dict[str, Any]) -> None:
    file = load("status.json")

    got = verdict(
        lambda: status.verify_answer(
            case["token"], keys(file), **file["expected"], nonce=file["nonce"], now=now(file, case)
        )
    )

    assert got == case["expect"]


@pytest.mark.parametrize("case", cases("receipt.json"))
def test_receipt(case: dict[str, Any]) -> None:
    file = load("receipt.json")
    key = PublicKey.from_jwk(file["key"])

    got = verdict(lambda: receipt.read_receipt(case["token"].encode(), file["device"], key))

    assert got == case["expect"]


@pytest.mark.parametrize("case", cases("sealed.json"))
def test_sealed(case: dict[str, Any]) -> None:
    file = load("sealed.json")
    key = ec.derive_private_key(int.from_bytes(unb64url(file["key"]["d"])), ec.SECP256R1())
    asked = file | case
    info = seal.info(SealedType(asked["type"]), PushService(asked["service"]), asked["device"])
    opened: list[str] = []

    got = verdict(lambda: opened.append(seal.unseal(case["sealed"], key, info)))

    assert got == case["expect"]
    assert opened == ([file["token"]] if got == "ok" else [])


def test_chain() -> None:
    file = load("chain.json")
    before = genesis(CallId(file["call"]))
    assert before.hex() == file["genesis"]

    for each in file["events"]:
        state = CallState(each["state"]) if "state" in each else None
        event = CallEvent(
            each["seq"], each["at"], each["kind"], state, each.get("device"), each.get("detail")
        )
        before = link(before, event)
        assert before.hex() == each["hash"]


def test_the_script_would_write_the_same_again() -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "vectors.py"))

    for name, make in script["STABLE"].items():
        assert script["written"](make()) == (VECTORS / name).read_text(encoding="utf-8"), name


def wycheproof() -> list[Any]:
    file = load("third_party/wycheproof_ecdsa_secp256r1_sha256_p1363.json")
    return [
        pytest.param(group["publicKey"]["uncompressed"], test, id=f"tc{test['tcId']}")
        for group in file["testGroups"]
        for test in group["tests"]
    ]


@pytest.mark.parametrize(("point", "test"), wycheproof())
def test_wycheproof_p1363(point: str, test: dict[str, str]) -> None:
    key = PublicKey.from_bytes(bytes.fromhex(point)[1:])

    verifies = key.verifies(bytes.fromhex(test["sig"]), bytes.fromhex(test["msg"]))

    assert verifies == (test["result"] == "valid")


def test_rfc_7515_appendix_a_3() -> None:
    jwk = {
        "kty": "EC",
        "crv": "P-256",
        "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
    }
    signed = (
        "eyJhbGciOiJFUzI1NiJ9"
        ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
    )
    signature = (
        "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
    )

    assert PublicKey.from_jwk(jwk).verifies(unb64url(signature), signed.encode())
