import time
from pathlib import Path

import pytest

from ringproof.api.auth.api_keys import Scope
from ringproof.setting_kinds import Rate
from ringproof.simulators.faults import Answer
from ringproof.simulators.idp.minting import Wish
from tests.api.bank import DESK_APP, Api, open_api

NOW = int(time.time())

WRONG = {
    "iss": ({"iss": "https://evil.example/v2.0"}, "another issuer"),
    "aud": ({"aud": "another-api"}, "another audience"),
    "tid": ({"tid": "another-tenant"}, "another tenant"),
    "azp": ({"azp": "another-app"}, "another client app"),
    "no azp": ({"azp": None}, "another client app"),
    "ver": ({"ver": "1.0"}, "not a v2.0 token"),
    "expired": ({"exp": NOW - 120}, "has expired"),
    "future": ({"nbf": NOW + 600}, "not valid yet"),
    "id token with nonce": ({"nonce": "n"}, "This is an ID token"),
    "id token by lack of scope": ({"scp": None, "roles": None}, "This is an ID token"),
}


@pytest.mark.parametrize(("claims", "sentence"), WRONG.values(), ids=WRONG.keys())
async def test_a_wrong_claim_is_refused_with_its_sentence(api: Api, claims, sentence):
    reply = await api.ask("GET", "/me", token=api.agent(**claims))

    assert (reply.status, reply.code) == (401, "unauthenticated")
    assert sentence in reply.json["detail"]
    assert reply.headers["www-authenticate"].startswith("Bearer")


async def test_a_token_within_a_minute_of_its_end_still_counts(api: Api):
    reply = await api.ask("GET", "/me", token=api.agent(exp=int(time.time()) - 20))

    assert reply.status == 200


async def test_a_token_that_was_accepted_is_refused_once_it_has_expired(api: Api):
    token = api.agent()
    assert (await api.ask("GET", "/me", token=token)).status == 200

    api.house.clock.ahead = 2 * 3_600_000
    reply = await api.ask("GET", "/me", token=token)

    assert "has expired" in reply.json["detail"]


async def test_a_strangers_signature_is_refused(api: Api):
    token = api.idp.mint(Wish("staff", "o1", {}, DESK_APP, stranger=True))

    reply = await api.ask("GET", "/me", token=token)

    assert (reply.status, reply.code) == (401, "unauthenticated")


async def test_an_altered_token_is_refused(api: Api):
    head, body, tail = api.agent().split(".")
    other = api.agent("o2").split(".")[1]

    reply = await api.ask("GET", "/me", token=f"{head}.{other}.{tail}")

    assert (reply.status, "signature" in reply.json["detail"]) == (401, True)
    assert body != other


@pytest.mark.parametrize(
    "token", ["", "x", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", "rpk_x", "rpk_a_b", "é"]
)
async def test_what_is_no_token_is_refused(api: Api, token):
    reply = await api.ask("GET", "/me", Authorization=f"Bearer {token}")

    assert (reply.status, reply.code) == (401, "unauthenticated")


async def test_a_key_that_the_issuer_rolled_in_is_learnt(api: Api):
    assert (await api.ask("GET", "/me", token=api.agent())).status == 200
    api.idp.keys.rotate()
    api.house.clock.ahead = 11_000

    reply = await api.ask("GET", "/me", token=api.agent())

    assert reply.status == 200


async def test_made_up_key_ids_do_not_hammer_the_issuer(api: Api):
    assert (await api.ask("GET", "/me", token=api.agent())).status == 200
    before = len(api.idp.requests.describe())

    for _ in range(5):
        token = api.idp.mint(Wish("staff", "o1", {}, DESK_APP, stranger=True))
        await api.ask("GET", "/me", token=token)

    assert len(api.idp.requests.describe()) == before


async def test_an_issuer_that_is_away_is_somebody_elses_fault(api: Api):
    api.idp.faults.inject(Answer(status=503))

    reply = await api.ask("GET", "/me", token=api.agent())

    assert (reply.status, reply.code) == (503, "dependency_down")
    assert "identity provider" in reply.json["detail"]
    assert int(reply.headers["retry-after"]) > 0


async def test_an_issuer_that_goes_away_later_is_not_missed(api: Api):
    assert (await api.ask("GET", "/me", token=api.agent())).status == 200
    api.idp.faults.inject(Answer(status=503))

    assert (await api.ask("GET", "/me", token=api.agent())).status == 200


async def test_a_person_who_is_no_agent_is_told_so(api: Api):
    reply = await api.ask("GET", "/me", token=api.agent("stranger"))

    assert (reply.status, reply.code) == (403, "unknown_agent")


async def test_an_agents_token_opens_no_admin_route(api: Api):
    reply = await api.ask("GET", "/admin/numbers", token=api.agent())

    assert (reply.status, reply.code) == (403, "forbidden")


async def test_a_token_without_the_scope_or_role_starts_no_call(api: Api):
    reply = await api.ask("GET", "/me", token=api.agent(scp="User.Read", roles=["reader"]))

    assert (reply.status, reply.code) == (403, "forbidden")


async def test_a_customers_token_is_none_of_the_staffs(api: Api):
    reply = await api.ask("GET", "/me", token=api.customer())

    assert (reply.status, reply.code) == (401, "unauthenticated")


async def test_a_key_opens_what_its_scopes_name_and_no_more(api: Api):
    key = await api.key(Scope.METRICS)

    metrics = await api.ask("GET", "/metrics", token=key)
    admin = await api.ask("GET", "/admin/numbers", token=key)
    agent = await api.ask("GET", "/me", token=key)

    assert [each.status for each in (metrics, admin, agent)] == [200, 403, 403]


async def test_a_key_from_another_network_is_refused(api: Api):
    near = await api.key(Scope.ADMIN, sources=("127.0.0.0/8",))
    far = await api.key(Scope.ADMIN, sources=("10.0.0.0/8", "2001:db8::/32"))

    replies = [await api.ask("GET", "/admin/numbers", token=each) for each in (near, far)]

    assert [each.status for each in replies] == [200, 403]


async def test_a_key_with_the_right_secret_and_another_id_is_refused(api: Api):
    _, _, secret = (await api.key(Scope.ADMIN)).split("_", 2)

    reply = await api.ask("GET", "/admin/numbers", token=f"rpk_000000000000_{secret}")

    assert (reply.status, reply.code) == (401, "unauthenticated")


async def test_failed_logins_from_one_address_are_limited(tmp_path: Path):
    async with open_api(tmp_path, rate_failed=Rate(3, 60_000)) as api:
        replies = [await api.ask("GET", "/me", token="x") for _ in range(4)]

        assert [each.status for each in replies] == [401, 401, 401, 429]
        assert replies[3].code == "rate_limited"
        assert int(replies[3].headers["retry-after"]) == replies[3].json["retryAfter"] > 0


async def test_whoever_fails_too_often_shuts_out_nobody_who_is_known(tmp_path: Path):
    async with open_api(tmp_path, rate_failed=Rate(1, 60_000)) as api:
        key = await api.key(Scope.ADMIN)
        failed = [await api.ask("GET", "/me", token="x") for _ in range(3)]

        agent = await api.ask("GET", "/me", token=api.agent())
        server = await api.ask("GET", "/admin/numbers", token=key)
        again = await api.ask("GET", "/me", token="x")

        assert [each.status for each in failed] == [401, 429, 429]
        assert (agent.status, server.status, again.status) == (200, 200, 429)


async def test_an_agent_who_asks_too_often_waits_and_another_does_not(tmp_path: Path):
    async with open_api(tmp_path, rate_agent=Rate(2, 60_000)) as api:
        mine = [await api.ask("GET", "/me", token=api.agent("o1")) for _ in range(3)]
        other = await api.ask("GET", "/me", token=api.agent("o2"))
        api.house.clock.ahead = 60_000
        later = await api.ask("GET", "/me", token=api.agent("o1"))

        assert [each.status for each in mine] == [200, 200, 429]
        assert (other.status, later.status) == (200, 200)


async def test_a_server_that_names_agents_asks_for_each_by_itself(tmp_path: Path):
    async with open_api(tmp_path, rate_agent=Rate(1, 60_000)) as api:
        key = await api.key(Scope.ACT_FOR_AGENTS)
        in_header = [
            await api.ask("GET", "/me", token=key, Ringproof_Agent=each)
            for each in ("ag1", "ag1", "ag2")
        ]
        api.house.clock.ahead = 60_000
        in_body = [await api.place(key, agentId=each) for each in ("ag1", "ag1", "ag2")]

        assert [each.status for each in in_header] == [200, 429, 200]
        assert [each.code for each in in_body] == [
            "no_reachable_device", "rate_limited", "no_reachable_device",
        ]  # fmt: skip


@pytest.mark.parametrize("scope", [Scope.SUPERVISOR, Scope.METRICS])
async def test_the_numbers_are_for_supervisors_too(api: Api, scope: Scope):
    reply = await api.ask("GET", "/metrics", token=await api.key(scope))

    assert reply.status == 200


async def test_whom_a_proxy_stands_for_is_not_this_machine(api: Api):
    reply = await api.ask("GET", "/metrics", X_Forwarded_For="203.0.113.9")

    assert (reply.status, reply.code) == (401, "unauthenticated")


async def test_an_agents_header_that_names_another_agent_is_refused(api: Api):
    own = await api.ask("GET", "/me", token=api.agent(), Ringproof_Agent="{CRM-AG1}")
    other = await api.ask("GET", "/me", token=api.agent(), Ringproof_Agent="ag2")

    assert (own.status, other.status, other.code) == (200, 403, "not_your_agent")
