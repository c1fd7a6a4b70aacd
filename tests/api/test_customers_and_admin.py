import base64
import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ringproof.core.cells import LARGEST_PHOTO
from ringproof.setting_kinds import Rate
from tests import kit
from tests.api.bank import Api, open_api

PNG = b"\x89PNG\r\n\x1a\n" + bytes(32)
ARN = "arn:aws:connect:eu-west-2:123456789012:instance/5b2f6c1e-0c54-4b0e-9d3a-6f1f3f1f0a01/agent/9"
TABLES: dict[str, list[dict[str, Any]]] = {
    "customers": [
        {
            "customerId": "c9",
            "crmIds": ["{0F0F}"],
            "name": "Nia Okafor",
            "phones": ["+44 7700 900999"],
            "timeZone": "Europe/London",
            "language": "en-GB",
        }
    ],
    "agents": [
        {
            "agentId": "ag9",
            "subject": "t/o9",
            "name": "Nine",
            "displayName": "Nine, Service",
            "connectUserArn": ARN,
            "photo": base64.b64encode(PNG).decode(),
        }
    ],
    "numbers": [{"phone": "+442079460777", "displayName": "Cards"}],
    "reasons": [{"code": "card", "language": "en", "text": "Your new card"}],
}


async def test_me_says_who_i_am_and_how_we_dial(api: Api):
    reply = await api.ask("GET", "/me", token=api.agent())

    assert reply.json == {
        "agentId": "ag1",
        "name": "Ayesha Khan",
        "displayName": "Ayesha, Fraud team",
        "roles": ["agent"],
        "dialMode": "agent",
        "photo": None,
        "connectUserArn": "arn:ag1",
        "queueArn": kit.QUEUE,
    }


async def test_customers_are_found_by_part_of_their_name(api: Api):
    reply = await api.ask("GET", "/customers?q=love", token=api.agent())

    assert [each["customerId"] for each in reply.json["customers"]] == ["c1"]


@pytest.mark.parametrize("query", ["", "?q=a", "?q=ab&q=cd", "?q=ab&x=1", "?q=%ff%fe"])
async def test_a_search_that_is_not_as_agreed_is_refused(api: Api, query):
    reply = await api.ask("GET", f"/customers{query}", token=api.agent())

    assert (reply.status, reply.code) == (400, "invalid_request")


async def test_the_status_says_what_may_be_done_now(api: Api):
    phone = await api.house.phone(kit.ADA, "delivered")

    reply = await api.ask("GET", "/customers/%7BA1B2C3%7D/verified-status", token=api.agent())

    said = reply.json
    assert said["customerId"] == "c1"
    assert said["calling"] == {"allowed": True, "code": None, "detail": None}
    assert [(each["deviceId"], each["isNew"]) for each in said["devices"]] == [(phone.id, True)]
    assert said["localTime"][-6] in "+-"
    assert said["lastReceipt"] is None


async def test_the_status_says_why_not(api: Api):
    nothing = await api.ask("GET", "/customers/c1/verified-status", token=api.agent())
    await api.house.phone(kit.ADA, "delivered")
    await api.place(api.agent())
    busy = await api.ask("GET", "/customers/c1/verified-status", token=api.agent())

    assert nothing.json["calling"]["code"] == "no_reachable_device"
    assert busy.json["calling"]["code"] == "call_in_progress"
    assert busy.json["lastReceipt"]["evt"] == "delivered"
    assert busy.json["recentCalls"][0]["state"] == "announced"


async def test_look_ups_are_capped(tmp_path: Path):
    async with open_api(tmp_path, rate_look_up=Rate(1, 60_000)) as api:
        path = "/customers/c1/verified-status"
        replies = [await api.ask("GET", path, token=api.agent()) for _ in range(2)]

        assert [each.status for each in replies] == [200, 429]


async def test_searches_are_capped_apart_from_look_ups(tmp_path: Path):
    async with open_api(tmp_path, rate_search=Rate(1, 60_000)) as api:
        searches = [await api.ask("GET", "/customers?q=love", token=api.agent()) for _ in range(2)]
        look_up = await api.ask("GET", "/customers/c1/verified-status", token=api.agent())

        assert [each.status for each in searches] == [200, 429]
        assert look_up.status == 200


async def test_a_search_is_recorded_without_what_was_searched_for(api: Api, tmp_path: Path):
    await api.ask("GET", "/customers?q=lovelace", token=api.agent())

    with closing(sqlite3.connect(tmp_path / "ringproof.db")) as db:
        (row,) = db.execute("SELECT * FROM searches").fetchall()

    assert (row[0], row[2:]) == (1, ("ag1", 1)), "a number, when, who, and how many"


async def test_reasons_come_in_the_language_that_is_asked_for(api: Api):
    reply = await api.ask("GET", "/reasons?language=de", token=api.agent())

    assert reply.json["default"] == "general"
    assert {each["code"]: each["text"] for each in reply.json["reasons"]} == {
        "general": "Zu Ihrem Konto",
        "fraud": "About a card payment",
    }


async def test_an_import_brings_all_four_tables_and_the_photo(api: Api):
    taken = await api.ask("POST", "/admin/import", token=api.admin(), body=TABLES)
    name = hashlib.sha256(PNG).hexdigest()
    photo = await api.ask("GET", f"/photos/{name}")
    found = await api.ask("GET", "/admin/agents?id=ag9", token=api.admin())

    assert taken.json == {"customers": 1, "agents": 1, "numbers": 1, "reasons": 1}
    assert found.json["agents"][0]["photo"] == name
    assert photo.raw == PNG
    assert photo.headers["content-type"] == "image/png"
    assert photo.headers["x-content-type-options"] == "nosniff"
    assert "immutable" in photo.headers["cache-control"]


LARGE = base64.b64encode(PNG + bytes(LARGEST_PHOTO - len(PNG) + 1)).decode()
WRONG_CELLS = {
    "phone": ("customers", {"phones": ["+4412"]}, "number_invalid", ".phones[0]"),
    "zone": ("customers", {"timeZone": "Mars/Base"}, "invalid_request", ".timeZone"),
    "photo": ("agents", {"photo": "aGk="}, "invalid_request", ".photo"),
    "reason": ("reasons", {"text": "See www.evil.com"}, "reason_unsafe", ".text"),
    "number": ("numbers", {"phone": "+44"}, "number_invalid", ".phone"),
    "a name turned round": ("agents", {"displayName": "A\u202eB"}, "reason_unsafe", ".displayName"),
    "a long name": ("agents", {"displayName": "A" * 65}, "reason_unsafe", ".displayName"),
    "arn": ("agents", {"connectUserArn": "arn:ag9"}, "invalid_request", ".connectUserArn"),
    "subject": ("agents", {"subject": "nine@bank.example"}, "invalid_request", ".subject"),
    "agent id": ("agents", {"agentId": "ag 9"}, "invalid_request", ".agentId"),
    "crm user": ("agents", {"crmUserId": "a b"}, "invalid_request", ".crmUserId"),
    "agent's name": ("agents", {"name": "Ni\nne"}, "invalid_request", ".name"),
    "large photo": ("agents", {"photo": LARGE}, "invalid_request", ".photo"),
    "customer id": ("customers", {"customerId": "c 9"}, "invalid_request", ".customerId"),
    "crm id": ("customers", {"crmIds": ["x", "a b"]}, "invalid_request", ".crmIds[1]"),
    "customer's name": ("customers", {"name": "N\u0000"}, "invalid_request", ".name"),
    "language": ("customers", {"language": "xx"}, "invalid_request", ".language"),
    "number's name": ("numbers", {"displayName": "Ca\u202erds"}, "invalid_request", ".displayName"),
    "code": ("reasons", {"code": "New Card"}, "invalid_request", ".code"),
    "reason's language": ("reasons", {"language": "english"}, "invalid_request", ".language"),
}


@pytest.mark.parametrize(
    ("table", "cell", "code", "field"), WRONG_CELLS.values(), ids=WRONG_CELLS.keys()
)
async def test_one_wrong_cell_and_nothing_is_imported(api: Api, table, cell, code, field):
    tables = TABLES | {table: [TABLES[table][0] | cell]}

    reply = await api.ask("POST", "/admin/import", token=api.admin(), body=tables)
    found = await api.ask("GET", "/admin/customers?q=Okafor", token=api.admin())

    assert (reply.code, reply.json["field"]) == (code, f"{table}[0]{field}")
    assert found.json == {"customers": []}


async def test_a_key_is_shown_once_and_works_until_it_is_revoked(api: Api):
    made = await api.ask("POST", "/admin/api-keys", token=api.admin(), body={"scopes": ["admin"]})
    key, path = made.json["key"], "/admin/numbers"

    before = await api.ask("GET", path, token=key)
    gone = await api.ask("DELETE", f"/admin/api-keys/{made.json['id']}", token=key)
    after = await api.ask("GET", path, token=key)

    assert [each.status for each in (made, before, gone, after)] == [201, 200, 204, 401]


async def test_keys_are_listed_without_their_secrets(api: Api):
    body = {"scopes": ["metrics", "admin"], "sources": ["10.0.0.0/8"]}
    made = (await api.ask("POST", "/admin/api-keys", token=api.admin(), body=body)).json

    listed = await api.ask("GET", "/admin/api-keys", token=api.admin())
    refused = await api.ask("GET", "/admin/api-keys", token=api.agent())

    assert listed.json["keys"] == [{name: made[name] for name in made if name != "key"}]
    assert listed.json["keys"][0]["scopes"] == ["admin", "metrics"]
    secret = made["key"].split("_", 2)[2]  # which may have underscores of its own
    assert secret.encode() not in listed.raw
    assert refused.code == "forbidden"


async def test_enforcement_is_recorded(api: Api):
    body = {"covered": True}

    reply = await api.ask("PUT", "/admin/enforcement", token=api.admin(), body=body)

    assert reply.json == {"covered": True, "feedAt": None}
    assert (await api.house.store.posture()).covered
