from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.simulators.idp_kit import (
    API_SCOPE,
    AYESHA,
    CARA,
    DESK,
    PHONE,
    SAM,
    Browser,
    Now,
    browser,
    came_back,
    provider,
    read,
)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys")


@pytest.fixture
async def clock() -> Now:
    return Now()


@pytest.fixture
async def idp(keys: Path, clock: Now) -> AsyncIterator[Any]:
    async with provider(keys, clock) as sim:
        yield sim


@pytest.fixture
async def desk(idp: Any) -> AsyncIterator[Browser]:
    async with browser(idp.staff) as page:
        yield page


async def test_discovery_names_the_issuer_and_endpoints_that_answer(idp, desk):
    for issuer in (idp.staff, idp.customers):
        url = f"{issuer.url}/.well-known/openid-configuration"
        described = await (await desk.client.get(url).build().send()).json()
        assert described["issuer"] == issuer.url
        keys = await (await desk.client.get(described["jwks_uri"]).build().send()).json()
        assert [sorted(key) for key in keys["keys"]] == [["alg", "e", "kid", "kty", "n", "use"]]


async def test_the_login_page_lists_the_people_and_says_that_it_is_a_simulation(desk):
    answer = await desk.open()
    page = await answer.text()
    assert answer.status == 200
    assert "This is a simulation" in page
    assert AYESHA.name in page
    assert "Sam &quot;&lt;b&gt;&quot; Lee" in page
    assert CARA.name not in page
    assert answer.get_header("x-frame-options") == "DENY"


async def test_a_login_hint_puts_its_person_first(desk):
    page = await (await desk.open(login_hint="a2")).text()
    assert page.index("oid-2") < page.index("oid-1")


async def test_the_code_gives_tokens_shaped_as_entras(idp, desk, clock):
    answer = await desk.open(AYESHA.oid)
    back = came_back(answer)
    assert back["state"] == "s"
    status, tokens = await desk.redeem(code=back["code"])
    access = await read(idp.staff, tokens["access_token"])
    identity = await read(idp.staff, tokens["id_token"])
    assert status == 200
    assert (tokens["token_type"], tokens["expires_in"]) == ("Bearer", 3600)
    assert access["iss"] == idp.staff.url
    assert access["aud"] == idp.options.staff_audience
    assert (access["tid"], access["oid"]) == (idp.options.tenant, AYESHA.oid)
    assert (access["azp"], access["ver"], access["scp"]) == ("desk", "2.0", "VerifiedCall.Start")
    assert access["roles"] == ["agent"]
    assert (access["iat"], access["exp"]) == (clock.at, clock.at + 3600)
    assert (identity["aud"], identity["nonce"], identity["name"]) == ("desk", "n", AYESHA.name)
    assert identity["auth_time"] == clock.at
    assert "roles" not in identity


async def test_without_asking_for_the_apis_scope_there_is_none_in_the_token(idp, desk):
    code = await desk.sign_in(AYESHA.oid, scope="openid profile")
    _, tokens = await desk.redeem(code=code)
    assert "scp" not in await read(idp.staff, tokens["access_token"])
    assert "refresh_token" not in tokens


async def test_a_customers_token_says_who_and_when(idp, clock):
    async with browser(idp.customers) as phone:
        about = {"client_id": "phone", "redirect_uri": PHONE}
        code = await phone.sign_in(CARA.sub, scope="openid", **about)
        _, tokens = await phone.redeem(code=code, **about)
    access = await read(idp.customers, tokens["access_token"])
    assert (access["iss"], access["sub"]) == (idp.customers.url, CARA.sub)
    assert access["aud"] == idp.options.customer_audience
    assert access["auth_time"] == clock.at


@pytest.mark.parametrize(
    "wrong",
    [
        {"code_verifier": "w" * 43},
        {"redirect_uri": PHONE},
        {"client_id": "other"},
        {"code": "made-up"},
    ],
)
async def test_a_code_is_good_for_its_own_client_page_and_verifier_only(desk, wrong):
    code = await desk.sign_in(AYESHA.oid)
    status, problem = await desk.redeem(**{"code": code, **wrong})
    assert (status, problem["error"]) == (400, "invalid_grant")


async def test_a_code_is_good_once(desk):
    code = await desk.sign_in(AYESHA.oid)
    assert (await desk.redeem(code=code))[0] == 200
    assert (await desk.redeem(code=code))[1]["error"] == "invalid_grant"


async def test_a_code_is_good_for_a_minute(desk, clock):
    code = await desk.sign_in(AYESHA.oid)
    clock.at += 60
    assert (await desk.redeem(code=code))[1]["error"] == "invalid_grant"


async def test_a_code_of_the_staff_is_nothing_to_the_customers_issuer(idp, desk):
    code = await desk.sign_in(AYESHA.oid)
    async with browser(idp.customers) as phone:
        status, problem = await phone.redeem(code=code)
    assert (status, problem["error"]) == (401, "invalid_client")


@pytest.mark.parametrize(
    "wrong",
    [
        {"client_id": "unknown"},
        {"redirect_uri": f"{DESK}elsewhere"},
        {"redirect_uri": DESK.rstrip("/")},
        {"redirect_uri": None},
    ],
)
async def test_nobody_is_sent_to_a_page_that_is_not_registered_exactly(desk, wrong):
    answer = await desk.open(AYESHA.oid, **wrong)
    assert answer.status == 400
    assert answer.get_header("location") is None


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_mode": "fragment"}, "invalid_request"),
        ({"scope": "profile"}, "invalid_scope"),
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"prompt": "none"}, "login_required"),
    ],
)
async def test_an_error_goes_back_to_the_client_with_its_state(desk, wrong, error):
    back = came_back(await desk.open(**wrong))
    assert (back["error"], back["state"]) == (error, "s")


async def test_somebody_unknown_is_not_signed_in(desk):
    answer = await desk.open("nobody")
    assert answer.status == 200
    assert desk.cookie is None


async def test_a_session_answers_without_asking_again(desk, clock):
    await desk.sign_in(AYESHA.oid)
    clock.at += 500
    silent = came_back(await desk.open(prompt="none"))
    _, tokens = await desk.redeem(code=silent["code"])
    claims = await read(desk.issuer, tokens["id_token"])
    assert claims["auth_time"] == clock.at - 500


async def test_prompt_login_asks_again_and_renews_the_time_of_sign_in(desk, clock):
    await desk.sign_in(AYESHA.oid)
    clock.at += 500
    assert (await desk.open(prompt="login")).status == 200
    code = await desk.sign_in(AYESHA.oid, prompt="login")
    _, tokens = await desk.redeem(code=code)
    assert (await read(desk.issuer, tokens["id_token"]))["auth_time"] == clock.at


async def test_a_session_of_somebody_else_than_the_hint_does_not_answer(desk):
    await desk.sign_in(AYESHA.oid)
    back = came_back(await desk.open(prompt="none", login_hint=SAM.oid))
    assert back["error"] == "login_required"


async def test_signing_out_ends_the_session(desk):
    await desk.sign_in(AYESHA.oid)
    url = f"{desk.issuer.discovery()['end_session_endpoint']}?post_logout_redirect_uri={DESK}"
    answer = await desk.client.get(url).header("Cookie", desk.cookie or "").build().send()
    assert (answer.status, answer.get_header("location")) == (303, DESK)
    assert came_back(await desk.open(prompt="none"))["error"] == "login_required"


async def test_a_refresh_token_gives_new_tokens_to_its_own_client_until_it_expires(desk, clock):
    _, first = await desk.redeem(code=await desk.sign_in(AYESHA.oid))
    clock.at += 3000
    about = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    status, second = await desk.redeem(**about)
    claims = await read(desk.issuer, second["access_token"])
    assert (status, claims["iat"], second["scope"]) == (200, clock.at, API_SCOPE)
    assert (await desk.redeem(**about, client_id="other"))[1]["error"] == "invalid_grant"
    clock.at += 24 * 3600
    assert (await desk.redeem(**about))[1]["error"] == "invalid_grant"


async def test_other_grants_are_not_supported(desk):
    status, problem = await desk.redeem(grant_type="password")
    assert (status, problem["error"]) == (400, "unsupported_grant_type")
