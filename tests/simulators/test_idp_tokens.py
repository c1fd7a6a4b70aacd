import stat
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from joserfc.errors import JoseError
from pyreqwest.client import ClientBuilder

from ringproof.simulators.faults import Answer
from ringproof.simulators.idp import read_people
from ringproof.simulators.idp.keys import SigningKeys
from tests.simulators.connect_kit import call
from tests.simulators.idp_kit import AYESHA, CARA, provider, read


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys")


@pytest.fixture
async def idp(keys: Path) -> AsyncIterator[Any]:
    async with provider(keys) as sim:
        yield sim


async def mint(sim: Any, **wish: Any) -> str:
    status, answer = await call("POST", f"{sim.url}/sim/token", wish)
    assert status == 200, answer
    return str(answer["access_token"])


async def test_a_minted_token_is_like_one_from_the_flow(idp):
    staff = await read(idp.staff, await mint(idp, issuer="staff", subject=AYESHA.oid))
    assert (staff["oid"], staff["roles"], staff["scp"]) == (
        AYESHA.oid,
        ["agent"],
        "VerifiedCall.Start",
    )
    customer = await read(idp.customers, await mint(idp, issuer="customers", subject=CARA.sub))
    assert customer["sub"] == CARA.sub
    assert customer["exp"] > time.time()


async def test_any_claim_can_be_replaced_or_left_out(idp):
    claims = {"exp": 1, "aud": "another", "roles": None, "extra": {"a": [1]}}
    token = await mint(idp, issuer="staff", subject="anybody", claims=claims)
    read_back = await read(idp.staff, token)
    assert (read_back["exp"], read_back["aud"], read_back["extra"]) == (1, "another", {"a": [1]})
    assert "roles" not in read_back
    assert read_back["oid"] == "anybody"


async def test_a_strangers_token_does_not_verify(idp):
    token = await mint(idp, issuer="staff", subject=AYESHA.oid, stranger=True)
    with pytest.raises(JoseError):
        await read(idp.staff, token)


@pytest.mark.parametrize(
    "wish", [{"issuer": "nobody", "subject": "x"}, {"subject": "x"}, {"issuer": "staff", "sub": 1}]
)
async def test_a_wish_that_makes_no_sense_is_refused(idp, wish):
    assert (await call("POST", f"{idp.url}/sim/token", wish))[0] == 400


async def test_after_a_rotation_old_and_new_tokens_verify(idp):
    old = await mint(idp, issuer="staff", subject=AYESHA.oid)
    assert (await call("POST", f"{idp.url}/sim/keys/rotate"))[0] == 204
    new = await mint(idp, issuer="staff", subject=AYESHA.oid)
    assert (await read(idp.staff, old))["oid"] == (await read(idp.staff, new))["oid"]
    assert old.split(".")[0] != new.split(".")[0]


async def test_an_injected_fault_shows_on_the_provider_and_not_on_the_management_api(idp):
    idp.faults.inject(Answer(status=503))
    status, body = await call("GET", idp.staff.discovery()["jwks_uri"])
    assert (status, body) == (503, {"error": "temporarily_unavailable"})
    assert (await call("GET", f"{idp.url}/healthz"))[0] == 200


async def test_pages_of_this_machine_may_read_the_endpoints(idp):
    origin = "http://127.0.0.1:5173"
    async with ClientBuilder().build() as client:
        for name in ("jwks_uri", "token_endpoint"):
            request = client.get(idp.staff.discovery()[name]).header("Origin", origin)
            answer = await request.build().send()
            assert answer.get_header("access-control-allow-origin") == origin


def test_a_kept_key_survives_and_only_its_owner_can_read_it(tmp_path):
    first, second = SigningKeys(tmp_path), SigningKeys(tmp_path)
    assert first.published() == second.published()
    (kept,) = tmp_path.iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_published_keys_are_public(tmp_path):
    (key,) = SigningKeys(tmp_path).published()["keys"]
    assert not {"d", "p", "q", "dp", "dq", "qi"} & key.keys()


def test_the_people_come_from_a_file(tmp_path):
    file = tmp_path / "people.json"
    file.write_text(
        '{"staff": [{"oid": "o", "name": "N", "roles": ["agent"], "agentId": "a"}],'
        ' "customers": [{"sub": "c", "name": "C"}]}'
    )
    people = read_people(file)
    assert (people.staff[0].agent_id, people.customers[0].sub) == ("a", "c")
    file.write_text('{"staff": [{"name": "N"}]}')
    with pytest.raises(msgspec.ValidationError, match="oid"):
        read_people(file)
