import asyncio
import json
import uuid
from pathlib import Path

import pytest
from starlette.responses import Response

from ringproof.api.middleware import rendered
from ringproof.api.problems import PROBLEMS
from ringproof.api.sentences import SENTENCES, sentence_of
from ringproof.core.call import Assurance, Call, CallState, DialMode, Outcome
from ringproof.core.errors import Code, DependencyDown, Refused
from ringproof.core.phone import E164
from ringproof.core.receipt import Evt
from tests.api.bank import Api, open_api

ORIGIN = "https://org.crm.dynamics.com"


def test_every_code_has_a_problem_and_a_sentence():
    assert set(PROBLEMS) == set(SENTENCES) == set(Code)
    assert all(400 <= status < 600 and title for status, title in PROBLEMS.values())


@pytest.mark.parametrize("code", Code)
def test_every_code_is_sent_as_its_problem(code: Code):
    response = rendered(Refused(code), "request-1")

    said = json.loads(bytes(response.body))
    assert response.headers["content-type"] == "application/problem+json"
    assert response.status_code == said["status"] == PROBLEMS[code][0]
    assert (said["code"], said["type"]) == (code, f"/problems/{code}")
    assert said["detail"] == SENTENCES[code]
    assert said["instance"] == "request-1"


def test_a_bug_says_nothing_of_itself():
    response: Response = rendered(KeyError("secret"), "request-1")

    assert response.status_code == 500
    assert b"secret" not in bytes(response.body)


def test_a_dependency_that_is_down_shows_its_name_and_not_its_detail():
    response = rendered(DependencyDown("store", "/var/lib/file"), "request-1")

    assert b"(store)" in bytes(response.body)
    assert b"/var" not in bytes(response.body)


ENDS = [
    *((CallState.REFUSED, code, None) for code in ("not_announced", "assurance_too_low", None)),
    *((CallState.DECLINED, evt.value, None) for evt in Evt if evt.refuses_call),
    *((CallState.CANCELLED, code, None) for code in ("agent", "kill_switch")),
    *((CallState.ABANDONED, code, None) for code in ("announced_too_late", None)),
    *((CallState.ENDED, None, each) for each in Outcome if each is not Outcome.ANSWERED),
    (CallState.ENDED, "dialer_down", Outcome.FAILED),
    (CallState.DIALED, "dial_unconfirmed", Outcome.UNCONFIRMED),
]


def call_that(state: CallState, code: str | None, outcome: Outcome | None) -> Call:
    return Call(
        id=str(uuid.uuid4()), customer_id="c", agent_id="a", mode=DialMode.SERVER,  # type: ignore[arg-type]
        orig=E164("+442079460123"), dest=E164("+447700900123"), queue="q", reason="r", crn="R",
        match_code="47", minimum=Assurance.ACCEPTED, requested_at=0, dial_before=1,
        state=state, code=code, outcome=outcome,
    )  # fmt: skip


@pytest.mark.parametrize(("state", "code", "outcome"), ENDS)
def test_every_end_says_what_happened_and_what_to_do(state, code, outcome):
    sentence = sentence_of(call_that(state, code, outcome))

    assert sentence is not None
    assert sentence.count(".") + sentence.count(";") >= 2 or state is CallState.CANCELLED


@pytest.mark.parametrize("state", [CallState.REQUESTED, CallState.ANNOUNCED, CallState.CONNECTED])
def test_while_all_is_well_there_is_nothing_to_say(state):
    assert sentence_of(call_that(state, None, None)) is None


BAD_BODIES = {
    "no JSON": b"{",
    "not UTF-8": b'{"customerId":"\xff"}',
    "lone surrogate": b'{"customerId":"\\ud800"}',
    "name twice": b'{"customerId":"c1","customerId":"c2"}',
    "unknown field": b'{"customerId":"c1","admin":true}',
    "newline after a UUID": json.dumps(
        {"customerId": "c1", "callId": f"{uuid.uuid4()}\n"}
    ).encode(),
    "no object": b"[]",
    "null": b'{"customerId":null}',
    "too deep": b'{"customerId":' + b"[" * 20_000 + b"]" * 20_000 + b"}",
    "NaN": b'{"customerId":NaN}',
    "empty": b"",
}


@pytest.mark.parametrize("body", BAD_BODIES.values(), ids=BAD_BODIES.keys())
async def test_a_body_that_is_not_as_agreed_is_refused(api: Api, body: bytes):
    reply = await api.ask("POST", "/send-push", token=api.agent(), body=body)

    assert (reply.status, reply.code) == (400, "invalid_request")


async def test_the_refusal_names_the_field(api: Api):
    reply = await api.ask("POST", "/send-push", token=api.agent(), body={"customerId": 5})

    assert reply.json["field"] == "customerId"


async def test_a_body_over_the_limit_is_refused_however_it_comes(tmp_path: Path):
    async with open_api(tmp_path, max_body=1_000) as api:
        declared = await api.ask("POST", "/send-push", token=api.agent(), body=b" " * 1_001)
        chunked = await _chunked(api, b" " * 1_001)

        assert (declared.status, declared.code) == (413, "too_large")
        assert b" 413 " in chunked


async def _chunked(api: Api, body: bytes) -> bytes:
    host, port = api.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(
        b"POST /send-push HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
        b"Content-Type: application/json\r\nAuthorization: Bearer " + api.agent().encode() +
        b"\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
    )  # fmt: skip
    line = await reader.readline()
    writer.close()
    return line


async def test_who_asks_is_settled_before_the_body_is_read(api: Api):
    reply = await api.ask("POST", "/send-push", body=b"{", token="x")

    assert (reply.status, reply.code) == (401, "unauthenticated")


async def test_an_address_that_is_none_is_a_problem_too(api: Api):
    reply = await api.ask("GET", "/nowhere")

    assert (reply.status, reply.code) == (404, "not_found")


async def test_a_wrong_method_is_told_the_right_ones(api: Api):
    reply = await api.ask("PATCH", "/devices/x")

    assert (reply.status, reply.code) == (405, "method_not_allowed")
    assert reply.headers["allow"] == "DELETE, GET, HEAD, PUT"


async def test_head_gets_what_get_gets_without_the_body(api: Api):
    reply = await api.ask("HEAD", "/healthz")

    assert (reply.status, reply.raw) == (200, b"")


async def test_every_answer_has_its_id_and_says_what_a_browser_may_do(api: Api):
    reply = await api.ask("GET", "/healthz", X_Request_Id="from-the-proxy-1")

    assert reply.json["status"] == "ok"
    assert reply.headers["x-request-id"] == "from-the-proxy-1"
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["content-security-policy"].startswith("default-src 'none'")
    assert reply.headers["cache-control"] == "no-store"
    assert "server" not in reply.headers or reply.headers["server"] != "uvicorn"


async def test_a_request_id_that_could_forge_a_log_is_not_taken(api: Api):
    reply = await api.ask("GET", "/healthz", X_Request_Id="a b{}")

    assert uuid.UUID(reply.headers["x-request-id"])


async def test_a_page_elsewhere_may_call_only_if_it_is_on_the_list(tmp_path: Path):
    async with open_api(tmp_path, cors_origins=(ORIGIN,)) as api:
        asked = {"Access_Control_Request_Method": "POST"}
        listed = await api.ask("OPTIONS", "/send-push", Origin=ORIGIN, **asked)
        other = await api.ask("OPTIONS", "/send-push", Origin="https://evil.example", **asked)
        refused = await api.ask("POST", "/send-push", body=b"{}", Origin=ORIGIN)

        assert listed.headers["access-control-allow-origin"] == ORIGIN
        assert "access-control-allow-origin" not in other.headers
        assert refused.status == 401
        assert refused.headers["access-control-allow-origin"] == ORIGIN, (
            "or the page cannot read why"
        )


async def test_the_keys_may_be_kept_for_a_while(api: Api):
    reply = await api.ask("GET", "/.well-known/jwks.json")

    assert reply.headers["content-type"] == "application/jwk-set+json"
    assert reply.headers["cache-control"] == "public, max-age=300"
    assert all("d" not in each for each in reply.json["keys"])


async def test_health_asks_the_store(api: Api):
    await api.house.store.aclose()

    reply = await api.ask("GET", "/healthz")

    assert (reply.status, reply.code) == (503, "dependency_down")


@pytest.mark.parametrize("name", ["x", "0" * 64, "..%2f..%2fetc%2fpasswd", "%00"])
async def test_a_photo_that_is_not_there_is_not_found(api: Api, name: str):
    assert (await api.ask("GET", f"/photos/{name}")).status == 404


async def test_metrics_are_for_this_machine_or_a_key(api: Api):
    assert b"ringproof_calls_total" in (await api.ask("GET", "/metrics")).raw
    assert (await api.ask("GET", "/metrics", token=api.agent())).status == 403


async def test_the_pages_say_how_to_build_them(tmp_path: Path):
    async with open_api(tmp_path, web=tmp_path / "nothing") as api:
        reply = await api.ask("GET", "/agent/")

        assert (reply.status, b"npm run build" in reply.raw) == (503, True)
        assert str(tmp_path).encode() not in reply.raw


async def test_a_built_page_is_served_under_its_policy(tmp_path: Path):
    for name in ("agent", "handset"):
        assets = tmp_path / "web" / name / "dist" / "assets"
        assets.mkdir(parents=True)
        (assets.parent / "index.html").write_text(f"<!doctype html><title>{name}</title>")
        (assets / "index-abc.js").write_text("1")
    (tmp_path / "web" / "secret").write_text("x")

    async with open_api(tmp_path, web=tmp_path / "web", frame_ancestors=(ORIGIN,)) as api:
        agent, handset = [await api.ask("GET", f"/{name}/") for name in ("agent", "handset")]
        script = await api.ask("GET", "/agent/assets/index-abc.js")
        outside = await api.ask("GET", "/agent/..%2f..%2fsecret")

        assert b"<title>agent" in agent.raw
        assert agent.headers["cache-control"] == "no-cache"
        assert f"frame-ancestors 'self' {ORIGIN}" in agent.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in handset.headers["content-security-policy"]
        assert "script-src 'self';" in agent.headers["content-security-policy"]
        assert api.idp.url in agent.headers["content-security-policy"]
        assert "ws://127.0.0.1:8403" in handset.headers["content-security-policy"]
        assert "immutable" in script.headers["cache-control"]
        assert outside.status == 404


async def test_the_agents_page_may_reach_and_frame_the_ccp_that_is_set(tmp_path: Path):
    (tmp_path / "web" / "agent" / "dist").mkdir(parents=True)
    (tmp_path / "web" / "agent" / "dist" / "index.html").write_text("<!doctype html>")
    ccp, stun = "https://bank.my.connect.aws/ccp-v2", ("stun:stun.bank.example:3478",)

    async with open_api(tmp_path, web=tmp_path / "web", ccp_url=ccp, stun=stun) as api:
        config = (await api.ask("GET", "/agent/config.json")).json
        policy = (await api.ask("GET", "/agent/")).headers["content-security-policy"]

    assert (config["ccpUrl"], config["stun"]) == (ccp, list(stun))
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert "https://bank.my.connect.aws" in rules["connect-src"].split()
    assert "https://bank.my.connect.aws" in rules["frame-src"].split()
    assert "https://bank.my.connect.aws" not in rules["form-action"].split()


@pytest.mark.parametrize(
    ("ccp", "dial", "simulated"),
    [
        (None, {"url": "http://127.0.0.1:8405"}, False),
        ("http://127.0.0.1:8405/ccp-v2/", None, True),
        ("https://bank.my.connect.aws/ccp-v2", None, False),
    ],
)
async def test_a_ccp_that_is_set_takes_the_place_of_the_simulated_browser_dial(
    tmp_path: Path, ccp: str | None, dial: dict[str, str] | None, *, simulated: bool
):
    async with open_api(tmp_path, browser_dial="http://127.0.0.1:8405", ccp_url=ccp) as api:
        config = (await api.ask("GET", "/agent/config.json")).json
    told = (config["ccpUrl"], config["browserDial"], config["ccpSimulated"])
    assert told == (ccp, dial, simulated)


async def test_the_pages_learn_where_they_are(api: Api):
    agent = (await api.ask("GET", "/agent/config.json")).json
    handset = (await api.ask("GET", "/handset/config.json")).json

    assert agent["oidc"]["authority"] == api.idp.staff.url
    assert agent["dialMode"] == "agent"
    assert (agent["ccpUrl"], agent["stun"]) == (None, [])
    assert handset["bank"]["numbers"] == ["442079460123"]
    assert set(handset["push"]) == {"apns", "fcm"}
    assert handset["photoOrigin"] == "http://127.0.0.1:8400"
