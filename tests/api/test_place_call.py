import asyncio
import uuid
from pathlib import Path
from typing import Any

import pytest

from ringproof.api.agents import digest
from ringproof.api.auth.api_keys import Scope
from ringproof.api.wire.agents import CallOrder
from ringproof.core.call import CallId, DialMode
from ringproof.ports import Push, PushOutcome, PushVerdict, RequestKey
from ringproof.usecases.place_call import CallRequest, request_call
from tests import kit
from tests.api.bank import Api, Reply, open_api

# The note's Level 2 handler and its Dynamics button, as they stand: fetch() with a string for a body
# and no header of its own, so that the browser calls it text/plain.
TEXT = "text/plain;charset=UTF-8"
CONTACT = str(uuid.uuid4())


@pytest.fixture(autouse=True)
async def phone(api: Api) -> kit.Phone:
    return await api.house.phone(kit.ADA, "delivered")


async def test_a_call_is_announced_and_the_browser_is_told_what_to_dial(api: Api):
    reply = await api.place(api.agent(), reason="fraud")

    call = reply.json
    assert reply.status == 200
    assert call["state"] == "announced"
    assert call["assurance"] == "acknowledged"
    assert call["mode"] == "agent"
    assert call["dial"] == {
        "phone": kit.ADAS,
        "queueArn": kit.QUEUE,
        "before": call["dialBefore"],
    }
    assert call["reason"] == {"code": "fraud", "text": "About a card payment"}
    assert len(call["matchCode"]) == 2
    assert [each["state"] for each in call["timeline"]] == ["requested", "announced"]
    assert [each["evt"] for each in call["receipts"]] == ["delivered"]
    assert [each["verdict"] for each in call["pushes"]] == ["accepted"]
    assert call["pushes"][0]["platform"] == "ios"


async def test_the_notes_first_body_works_word_for_word(api: Api):
    body = b'{"customerId":"{a1b2c3}","agentId":"{CRM-AG1}"}'

    reply = await api.ask(
        "POST", "/initiate-verified-call", token=api.agent(), body=body, Content_Type=TEXT
    )

    assert (reply.status, reply.json["customerId"]) == (200, "c1")


async def test_the_notes_second_body_works_word_for_word(api: Api):
    body = b'{"phone":"+44 7700 900123","customerId":"{A1B2C3}"}'

    reply = await api.ask(
        "POST", "/initiate-verified-call", token=api.agent(), body=body, Content_Type=TEXT
    )

    assert (reply.status, reply.json["dest"]) == (200, kit.ADAS)


async def test_text_is_taken_for_json_on_the_notes_routes_only(api: Api):
    reply = await api.ask(
        "POST", f"/calls/{uuid.uuid4()}/contact", token=api.agent(), body=b"{}", Content_Type=TEXT
    )

    assert (reply.status, reply.code) == (415, "unsupported_media_type")


async def test_another_agents_id_is_refused(api: Api):
    reply = await api.place(api.agent(), agentId="crm-ag2")

    assert (reply.status, reply.code, reply.json["field"]) == (403, "not_your_agent", "agentId")


async def test_a_number_that_is_not_the_customers_is_refused(api: Api):
    reply = await api.place(api.agent(), phone=kit.BOBS)

    assert (reply.status, reply.code) == (422, "number_not_customers")


async def test_fifty_requests_at_once_make_one_call(api: Api):
    order = {"callId": str(uuid.uuid4())}

    replies = await asyncio.gather(*(api.place(api.agent(), **order) for _ in range(50)))

    assert {(each.status, each.json["callId"]) for each in replies} == {(200, order["callId"])}
    assert len({each.json["matchCode"] for each in replies}) == 1
    assert len(api.house.post.pushed) == 1


async def test_the_idempotency_header_does_what_call_id_does(api: Api):
    key = str(uuid.uuid4())

    replies = [
        await api.ask(
            "POST", "/send-push", token=api.agent(), body={"customerId": "c1"}, Idempotency_Key=each
        )
        for each in (key, key.upper(), f'"{key}"')
    ]

    assert {each.status for each in replies} == {200}
    assert len({each.json["callId"] for each in replies}) == 1


async def test_a_repeat_with_another_body_is_a_mismatch(api: Api):
    order = str(uuid.uuid4())
    await api.place(api.agent(), callId=order)

    reply = await api.place(api.agent(), callId=order, reason="fraud")

    assert (reply.status, reply.code) == (422, "idempotency_mismatch")


async def test_two_different_keys_in_one_request_are_a_mismatch(api: Api):
    body = {"customerId": "c1", "callId": str(uuid.uuid4())}

    reply = await api.ask(
        "POST", "/send-push", token=api.agent(), body=body, Idempotency_Key=str(uuid.uuid4())
    )

    assert (reply.status, reply.code) == (422, "idempotency_mismatch")


async def test_of_two_agents_at_one_customer_the_second_waits(api: Api):
    first, second = await asyncio.gather(api.place(api.agent("o1")), api.place(api.agent("o2")))

    refused = next(each for each in (first, second) if each.status != 200)
    assert sorted((first.status, second.status)) == [200, 409]
    assert refused.code == "call_in_progress"


async def test_another_agents_call_is_not_there(api: Api):
    call_id = (await api.place(api.agent("o1"))).json["callId"]

    look = await api.ask("GET", f"/calls/{call_id}", token=api.agent("o2"))
    cancel = await api.ask("POST", f"/calls/{call_id}/cancel", token=api.agent("o2"))
    await api.house.phone(kit.BOB, "delivered")
    taken = await api.place(api.agent("o2"), callId=call_id, customerId="c2")

    assert [(each.status, each.code) for each in (look, cancel, taken)] == [(404, "not_found")] * 3


async def test_a_client_that_hangs_up_changes_nothing(api: Api, phone: kit.Phone):
    pushed, gone = asyncio.Event(), asyncio.Event()

    async def taken_when_gone(_: Push) -> PushOutcome:
        pushed.set()
        await gone.wait()
        return PushOutcome(PushVerdict.ACCEPTED)

    api.house.post.instead[phone.id] = taken_when_gone
    call_id = str(uuid.uuid4())
    host, port = api.url.removeprefix("http://").split(":")
    _, writer = await asyncio.open_connection(host, int(port))
    body = f'{{"customerId":"c1","callId":"{call_id}"}}'.encode()
    head = (
        f"POST /initiate-verified-call HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n"
        f"Content-Type: application/json\r\nAuthorization: Bearer {api.agent()}\r\n\r\n"
    )
    writer.write(head.encode() + body)
    await pushed.wait()
    writer.close()
    await writer.wait_closed()
    gone.set()

    call = await _settled(api, call_id)

    assert (call["state"], call["assurance"]) == ("announced", "accepted")


async def _settled(api: Api, call_id: str) -> Any:
    after = 0
    while True:
        path = f"/calls/{call_id}?after={after}&wait=5"
        call = (await api.ask("GET", path, token=api.agent())).json
        if call["state"] != "requested":
            return call
        after = call["version"]


async def test_a_refused_announcement_is_an_answer_with_its_sentence(api: Api, phone: kit.Phone):
    async def down(_: object) -> PushOutcome:
        return PushOutcome(PushVerdict.UNAVAILABLE, "black hole")

    api.house.post.instead[phone.id] = down

    reply = await api.place(api.agent())

    assert (reply.status, reply.json["state"]) == (200, "refused")
    assert reply.json["code"] == "not_announced"
    assert "nobody was called" in reply.json["detail"]
    assert reply.json["dial"] is None


async def test_the_server_dials_where_it_is_set_to(tmp_path: Path):
    async with open_api(tmp_path / "server", dial_mode=DialMode.SERVER) as api:
        await api.house.phone(kit.ADA, "delivered")

        call = (await api.place(api.agent(), "/initiate-verified-call")).json

        assert (call["state"], call["mode"]) == ("dialed", "server")
        assert [each.dest for each in api.house.switchboard.dialed] == [kit.ADAS]
        assert call["contactId"] is not None


async def test_cancel_revokes_and_says_so(api: Api):
    call_id = (await api.place(api.agent())).json["callId"]

    reply = await api.ask("POST", f"/calls/{call_id}/cancel", token=api.agent())

    assert (reply.status, reply.json["state"]) == (200, "cancelled")
    assert reply.json["detail"]


async def test_a_long_poll_hears_of_a_decline(api: Api, phone: kit.Phone):
    call = (await api.place(api.agent())).json
    path = f"/calls/{call['callId']}?after={call['version']}&wait=30"
    polling = asyncio.create_task(api.ask("GET", path, token=api.agent()))

    await phone.receipt("declined", call["callId"], phone.cards[0].jti)
    heard = (await polling).json

    assert heard["version"] > call["version"]


async def test_a_contact_hint_is_taken_and_changes_no_state(api: Api):
    call_id = (await api.place(api.agent())).json["callId"]

    reply = await _hinted(api, call_id, CONTACT)

    assert (reply.status, reply.raw) == (204, b"")
    assert (await api.ask("GET", f"/calls/{call_id}", token=api.agent())).json["contactId"] is None


async def _hinted(api: Api, call_id: str, contact_id: str) -> Reply:
    path, body = f"/calls/{call_id}/contact", {"contactId": contact_id}
    return await api.ask("POST", path, token=api.agent(), body=body)


async def _hints(api: Api, call_id: str) -> list[str | None]:
    events = await api.house.store.events(CallId(call_id))
    return [each.detail for each in events if each.kind == "contact_hint"]


async def test_a_contact_is_hinted_at_once_however_often_it_is_said(api: Api):
    call_id = (await api.place(api.agent())).json["callId"]

    await asyncio.gather(*(_hinted(api, call_id, CONTACT) for _ in range(5)))
    await _hinted(api, call_id, CONTACT.upper())

    assert await _hints(api, call_id) == [CONTACT]


async def test_a_call_that_is_over_takes_no_hint(api: Api):
    call_id = (await api.place(api.agent())).json["callId"]
    await api.ask("POST", f"/calls/{call_id}/cancel", token=api.agent())

    reply = await _hinted(api, call_id, CONTACT)

    assert (reply.status, await _hints(api, call_id)) == (204, [])


async def test_a_hint_that_is_no_contacts_id_is_refused(api: Api):
    call_id = (await api.place(api.agent())).json["callId"]

    reply = await _hinted(api, call_id, "contact-1")

    assert (reply.status, reply.json["field"]) == (400, "contactId")


async def test_a_trusted_server_names_the_agent_and_that_is_recorded(api: Api):
    key = await api.key(Scope.ACT_FOR_AGENTS)

    call = (await api.place(key, agentId="crm-ag1")).json
    look = await api.ask("GET", f"/calls/{call['callId']}", token=key, Ringproof_Agent="ag1")
    events = await api.house.store.events(call["callId"])

    assert look.json["callId"] == call["callId"]
    assert "asserted by key " in (events[0].detail or "")


async def test_who_asserted_an_agent_is_recorded_with_the_call_and_never_again(api: Api):
    key, order = await api.key(Scope.ACT_FOR_AGENTS), {"callId": str(uuid.uuid4())}

    for _ in range(3):
        await api.place(key, agentId="ag1", **order)
    events = await api.house.store.events(CallId(order["callId"]))

    assert ["asserted" in (each.detail or "") for each in events].count(True) == 1
    assert events[0].kind == "opened"


async def test_a_trusted_server_that_names_nobody_is_refused(api: Api):
    reply = await api.place(await api.key(Scope.ACT_FOR_AGENTS))

    assert (reply.status, reply.json["field"]) == (400, "agentId")


async def test_the_kill_switch_refuses_with_its_reason(api: Api):
    await api.ask("PUT", "/admin/kill-switch", token=api.admin(), body={"on": True})

    reply = await api.place(api.agent())

    assert (reply.status, reply.code) == (409, "kill_switch")


async def test_a_shutdown_answers_who_is_waiting(api: Api):
    call = (await api.place(api.agent())).json
    path = f"/calls/{call['callId']}?after={call['version']}&wait=30"
    polling = asyncio.create_task(api.ask("GET", path, token=api.agent()))

    api.service.closing.set()
    reply = await polling

    assert (reply.status, reply.json["version"]) == (200, call["version"])


async def test_a_call_that_nobody_works_on_is_taken_up_by_a_repeat(api: Api, phone: kit.Phone):
    order = {"callId": str(uuid.uuid4())}
    request = CallRequest(
        agent=kit.AYESHA, customer_id="c1", mode=DialMode.AGENT, call_id=CallId(order["callId"]),
        key=RequestKey("ag1", "send-push", order["callId"], digest(CallOrder(customer_id="c1"))),
    )  # fmt: skip
    stored = await request_call(api.house.desk, request)  # and then the process died

    reply = await api.place(api.agent(), **order)

    assert stored.state == "requested"
    assert (reply.json["callId"], reply.json["state"]) == (stored.id, "announced")
    assert len(phone.cards) == 1
