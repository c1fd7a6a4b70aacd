import time
import uuid
from pathlib import Path

import pytest

from ringproof.core.time import SECOND
from ringproof.setting_kinds import Rate
from ringproof.settings import CustomerSub
from tests import kit
from tests.api.bank import Api, NewPhone, open_api

JOSE = "application/jose"


async def enrolled(api: Api, phone: NewPhone):
    token = api.customer()
    given = await api.ask("POST", "/devices/challenge", token=token)
    signed = phone.enrolment(given.json["challenge"])
    return await api.ask("POST", "/devices", token=token, body=signed, Content_Type=JOSE)


async def signed_ask(api: Api, path: str, body: bytes):
    return await api.ask("POST", path, body=body, Content_Type=JOSE)


async def test_a_phone_enrols_and_gets_what_it_needs_to_judge_us(api: Api):
    reply = await enrolled(api, NewPhone())

    said = reply.json
    keys = (await api.ask("GET", "/.well-known/jwks.json")).json
    assert reply.status == 201
    assert said["numbers"] == [kit.ADAS]
    assert said["bank"] == {"iss": kit.ISS, "name": "Example Bank", "numbers": [kit.OURS]}
    assert said["jwks"] == keys
    assert {each["ringproof:use"] for each in keys["keys"]} == {"proof", "status"}
    assert uuid.UUID(said["deviceId"])


async def test_a_login_of_long_ago_enrols_nothing(api: Api):
    old = int(time.time()) - 600

    challenge = await api.ask("POST", "/devices/challenge", token=api.customer(auth_time=old))
    enrolment = await api.ask(
        "POST", "/devices", token=api.customer(auth_time=old), body=b"x", Content_Type=JOSE
    )

    assert (challenge.status, challenge.code) == (401, "login_too_old")
    assert enrolment.code == "login_too_old"
    assert "insufficient_user_authentication" in challenge.headers["www-authenticate"]


async def test_a_token_that_does_not_say_when_the_login_was_enrols_nothing(api: Api):
    reply = await api.ask("POST", "/devices/challenge", token=api.customer(auth_time=None))

    assert reply.code == "login_too_old"


async def test_a_customer_may_be_known_by_the_crms_id_where_that_is_set(tmp_path: Path):
    async with open_api(tmp_path, customer_sub=CustomerSub.CRM) as api:
        reply = await api.ask("GET", "/devices", token=api.customer("a1b2c3"))

        assert (reply.status, reply.json) == (200, {"devices": []})


@pytest.mark.parametrize("sub", ["a1b2c3", "C1", "{c1}", " c1"])
async def test_a_sub_that_is_not_exactly_our_id_is_nobodys(api: Api, sub: str):
    reply = await api.ask("GET", "/devices", token=api.customer(sub))

    assert (reply.status, reply.code) == (404, "unknown_customer")


async def test_a_customer_nobody_knows_is_told_so(api: Api):
    reply = await api.ask("GET", "/devices", token=api.customer("nobody"))

    assert (reply.status, reply.code) == (404, "unknown_customer")


async def test_a_staff_token_is_none_of_the_customers(api: Api):
    reply = await api.ask("GET", "/devices", token=api.agent())

    assert (reply.status, reply.code) == (401, "unauthenticated")


async def test_a_challenge_counts_once(api: Api):
    token, phone = api.customer(), NewPhone()
    given = (await api.ask("POST", "/devices/challenge", token=token)).json["challenge"]
    await api.ask("POST", "/devices", token=token, body=phone.enrolment(given), Content_Type=JOSE)

    again = await api.ask(
        "POST", "/devices", token=token, body=NewPhone().enrolment(given), Content_Type=JOSE
    )

    assert (again.status, again.code) == (403, "bad_challenge")


async def test_another_customers_challenge_is_not_mine(api: Api):
    given = await api.ask("POST", "/devices/challenge", token=api.customer("c2"))

    reply = await api.ask(
        "POST", "/devices", token=api.customer("c1"), Content_Type=JOSE,
        body=NewPhone().enrolment(given.json["challenge"]),
    )  # fmt: skip

    assert reply.code == "bad_challenge"


async def test_an_app_that_is_not_the_banks_does_not_enrol(api: Api):
    token = api.customer()
    given = (await api.ask("POST", "/devices/challenge", token=token)).json["challenge"]

    reply = await api.ask(
        "POST", "/devices", token=token, Content_Type=JOSE,
        body=NewPhone().enrolment(given, appId="com.evil.app"),
    )  # fmt: skip

    assert (reply.status, reply.code) == (403, "wrong_app")


async def test_a_device_is_changed_looked_at_and_removed_by_its_customer_alone(api: Api):
    path = f"/devices/{(await enrolled(api, NewPhone())).json['deviceId']}"

    changed = await api.ask("PUT", path, token=api.customer(), body={"notifications": False})
    others = [
        (await api.ask(method, path, token=api.customer("c2"), body=body)).status
        for method, body in (("GET", None), ("PUT", {"appVersion": "2"}), ("DELETE", None))
    ]
    removed = await api.ask("DELETE", path, token=api.customer())
    gone = await api.ask("GET", path, token=api.customer())

    assert (changed.json["notifications"], changed.json["reachable"]) == (False, False)
    assert others == [404, 404, 404]
    assert (removed.status, gone.status) == (204, 404)


async def test_a_receipt_is_counted_and_answered_with_the_state(api: Api):
    phone = await api.house.phone(kit.ADA)
    await api.place(api.agent())
    card = phone.cards[0]
    iat = api.house.clock.now() // SECOND

    receipt = phone.signed("receipt+jwt", cid=card.cid, jti=card.jti, evt="opened", iat=iat)
    reply = await signed_ask(api, "/receipts", receipt)

    assert (reply.status, reply.json["state"]) == (200, "announced")
    assert reply.json["serverTime"].endswith("Z")


async def test_a_receipt_for_what_was_never_announced_is_refused(api: Api):
    phone = await api.house.phone(kit.ADA)

    receipt = phone.signed("receipt+jwt", cid="x", jti="y", evt="opened", iat=1)
    reply = await signed_ask(api, "/receipts", receipt)

    assert (reply.status, reply.code) == (404, "unknown_announcement")


async def test_a_question_gets_a_sealed_answer_once(api: Api):
    phone, nonce = await api.house.phone(kit.ADA), "a-nonce"
    iat = api.house.clock.now() // SECOND
    question = phone.signed("status-request+jwt", aud=kit.APP, iat=iat, nonce=nonce)

    first = await signed_ask(api, "/status", question)
    second = await signed_ask(api, "/status", question)

    assert first.status == 200
    assert await phone.read_status(first.json["sealed"], nonce) == "cannot_tell"
    assert (second.status, second.code) == (409, "replayed")


async def test_a_wrong_clock_is_told_the_right_time(api: Api):
    phone = await api.house.phone(kit.ADA)

    reply = await signed_ask(
        api, "/status", phone.signed("status-request+jwt", aud=kit.APP, iat=1, nonce="n")
    )

    assert (reply.status, reply.code) == (400, "clock_skew")
    assert reply.json["serverTime"].startswith("20")


async def test_a_report_is_kept_under_a_reference(api: Api):
    phone = await api.house.phone(kit.ADA)
    iat = api.house.clock.now() // SECOND

    reply = await signed_ask(api, "/reports", phone.signed("report+jwt", iat=iat, what="Odd."))

    assert reply.status == 201
    assert reply.json["reference"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "malformed"),
        (b"a.b.c", 400, "malformed"),
        (b"\xff\xfe", 400, "malformed"),
        (b"x" * 70_000, 413, "too_large"),
    ],
)
async def test_what_is_no_signed_token_is_refused(api: Api, body, status, code):
    reply = await signed_ask(api, "/receipts", body)

    assert (reply.status, reply.code) == (status, code)


async def test_a_signed_token_with_another_content_type_is_refused(api: Api):
    reply = await api.ask("POST", "/receipts", body=b"a.b.c")

    assert (reply.status, reply.code) == (415, "unsupported_media_type")


async def test_another_devices_signature_is_refused(api: Api):
    mine, other = await api.house.phone(kit.ADA), await api.house.phone(kit.BOB)
    mine.receipt_key = other.receipt_key

    reply = await signed_ask(
        api, "/receipts", mine.signed("receipt+jwt", cid="x", jti="y", evt="opened", iat=1)
    )

    assert (reply.status, reply.code) == (403, "bad_signature")


async def test_one_devices_questions_are_limited_and_anothers_are_not(tmp_path: Path):
    async with open_api(tmp_path, rate_device=Rate(1, 60_000)) as api:
        mine, other = await api.house.phone(kit.ADA), await api.house.phone(kit.BOB)
        iat = api.house.clock.now() // SECOND

        replies = [
            await signed_ask(
                api,
                "/status",
                phone.signed("status-request+jwt", aud=kit.APP, iat=iat, nonce=uuid.uuid4().hex),
            )
            for phone in (mine, mine, other)
        ]

        assert [each.status for each in replies] == [200, 429, 200]


async def test_one_addresss_requests_without_a_login_are_limited(tmp_path: Path):
    async with open_api(tmp_path, rate_address=Rate(2, 60_000)) as api:
        replies = [await api.ask("GET", "/.well-known/jwks.json") for _ in range(3)]

        assert [each.status for each in replies] == [200, 200, 429]
        assert replies[2].code == "rate_limited"


async def test_what_no_device_signed_is_charged_to_its_address_and_shuts_out_no_phone(
    tmp_path: Path,
):
    async with open_api(tmp_path, rate_address=Rate(1, 60_000)) as api:
        phone = await api.house.phone(kit.ADA)
        iat = api.house.clock.now() // SECOND
        stranger = kit.Phone(api.house.desk, kit.ADA)
        stranger.id = phone.id

        forged = [
            await signed_ask(api, "/reports", stranger.signed("report+jwt", iat=iat, what="Odd."))
            for _ in range(3)
        ]
        genuine = [
            await signed_ask(api, "/reports", phone.signed("report+jwt", iat=iat, what=f"Odd {n}."))
            for n in range(3)
        ]
        public = await api.ask("GET", "/.well-known/jwks.json")

        assert [each.status for each in forged] == [403, 429, 429]
        assert [each.status for each in genuine] == [201, 201, 201]
        assert public.status == 200
