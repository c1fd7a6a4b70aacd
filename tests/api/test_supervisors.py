from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest
from structlog.testing import capture_logs

from ringproof.api.auth.api_keys import Scope
from ringproof.api.violation_sentences import SENTENCES
from ringproof.core.judge import Denial
from ringproof.core.time import HOUR, MINUTE, rfc3339
from ringproof.core.violation import BY_METHOD, Done, FoundBy, Violation
from ringproof.ports import ContactSeen, Standing
from tests.api.bank import Api
from tests.kit import ADAS, AYESHA, BEN, OURS, QUEUE

AT = 1_800_000_000_001


def a_violation(contact: str = "v", **changed: Any) -> Violation:
    found = Violation(
        contact, "not_announced", AT, "OUTBOUND", FoundBy.GATE, Done.BLOCKED,
        agent_arn=AYESHA.connect_user_arn, agent_id=AYESHA.id, number=ADAS, shown=OURS, queue=QUEUE,
    )  # fmt: skip
    return replace(found, **changed)


async def put(api: Api, *violations: Violation, channels: tuple[str, ...] = ()) -> None:
    for each in violations:
        await api.house.store.add_violation(each, channels, api.house.clock.now())


async def ids(api: Api, **query: Any) -> list[str]:
    reply = await api.ask("GET", f"/violations?{urlencode(query)}", token=api.supervisor())
    assert reply.status == 200, reply.json
    return [each["contactId"] for each in reply.json["violations"]]


async def test_a_violation_is_shown_with_its_numbers_masked(api: Api):
    await put(api, a_violation())

    reply = await api.ask("GET", "/violations", token=api.supervisor())

    assert reply.json == {
        "violations": [
            {
                "contactId": "v",
                "code": "not_announced",
                "at": rfc3339(AT),
                "method": "OUTBOUND",
                "foundBy": "gate",
                "done": "blocked",
                "agentArn": AYESHA.connect_user_arn,
                "agentId": AYESHA.id,
                "number": "+44•••••••123",
                "shown": "+44•••••••123",
                "queue": QUEUE,
                "callId": None,
                "acknowledged": None,
            }
        ],
        "next": None,
    }


async def test_violations_are_found_by_time_agent_code_and_whether_somebody_has_looked(api: Api):
    await put(
        api,
        *(
            a_violation(
                f"v{n}",
                at=AT + n,
                agent_id=(AYESHA.id, BEN.id)[n % 2],
                code=("late", "revoked")[n // 2],
            )
            for n in range(4)
        ),
    )
    comment = {"comment": "a mistake"}
    await api.ask("POST", "/violations/v0/acknowledge", token=api.supervisor(), body=comment)

    assert await ids(api) == ["v3", "v2", "v1", "v0"]
    assert await ids(api, since=rfc3339(AT + 1), until=rfc3339(AT + 3)) == ["v2", "v1"]
    assert await ids(api, agentId=BEN.id, code="late") == ["v1"]
    assert await ids(api, acknowledged="true") == ["v0"]
    assert await ids(api, acknowledged="false") == ["v3", "v2", "v1"]


async def test_pages_lead_to_every_violation_once(api: Api):
    await put(api, *(a_violation(f"v{n}", at=AT + n // 3) for n in range(7)))
    seen, query = [], "limit=3"
    while True:
        reply = await api.ask("GET", f"/violations?{query}", token=api.supervisor())
        seen += [each["contactId"] for each in reply.json["violations"]]
        if reply.json["next"] is None:
            break
        query = urlencode({"limit": 3, "after": reply.json["next"]})

    assert seen == [f"v{n}" for n in reversed(range(7))]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("since=yesterday", "since"),
        ("until=2027-01-31T18:00:00", "until"),
        ("after=rubbish", "after"),
        ("after=WzEsMl0=", "after"),
        ("after=WzFlOTksICJhIl0=", "after"),
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("acknowledged=perhaps", "acknowledged"),
        ("agent=ag1", "agent"),
    ],
)
async def test_a_question_that_is_not_as_agreed_is_refused_with_its_field(
    api: Api, query: str, field: str
):
    reply = await api.ask("GET", f"/violations?{query}", token=api.supervisor())

    assert (reply.status, reply.code) == (400, "invalid_request")
    assert reply.json["field"] == field


async def test_who_sees_a_number_in_full_is_logged(api: Api):
    await put(api, a_violation())

    with capture_logs() as lines:
        masked = await api.ask("GET", "/violations/v", token=api.supervisor())
        before = [line for line in lines if line["event"] == "number_revealed"]
        full = await api.ask("GET", "/violations/v?reveal=true", token=api.supervisor())

    assert (masked.json["number"], before) == ("+44•••••••123", [])
    assert (full.json["number"], full.json["shown"]) == (ADAS, OURS)
    (said,) = (line for line in lines if line["event"] == "number_revealed")
    assert (said["contact"], said["by"]) == ("v", "t/o8")
    assert ADAS not in str(lines)


async def test_the_first_supervisor_who_looks_is_shown_with_what_they_said(api: Api):
    await put(api, a_violation())
    path = "/violations/v/acknowledge"

    first = await api.ask("POST", path, token=api.supervisor(), body={"comment": "spoke to her"})
    later = await api.ask("POST", path, token=api.admin(), body={"comment": "me too"})

    assert (first.status, later.status) == (200, 200)
    said = first.json["acknowledged"]
    assert (said["by"], said["comment"]) == ("t/o8", "spoke to her")
    assert later.json == first.json


@pytest.mark.parametrize("comment", ["", "x" * 501, None, 7])
async def test_a_comment_has_1_to_500_characters(api: Api, comment: Any):
    await put(api, a_violation())
    reply = await api.ask(
        "POST", "/violations/v/acknowledge", token=api.supervisor(), body={"comment": comment}
    )

    assert (reply.status, reply.json["field"]) == (400, "comment")
    stored = await api.house.store.violation("v")
    assert stored is not None
    assert stored.acknowledged is None


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/violations/unknown", None),
        ("POST", "/violations/unknown/acknowledge", {"comment": "x"}),
        ("POST", "/alerts/1/retry", None),
        ("POST", "/alerts/x/retry", None),
        ("POST", "/alerts/99999999999999999999/retry", None),
    ],
)
async def test_what_is_not_there_is_not_found(api: Api, method: str, path: str, body: Any):
    reply = await api.ask(method, path, token=api.supervisor(), body=body)

    assert (reply.status, reply.code) == (404, "not_found")


async def test_a_dead_alert_is_listed_and_can_be_tried_again(api: Api):
    await put(api, a_violation(), channels=("webhook",))
    (alert,) = await api.house.store.alerts_due(api.house.clock.now(), 9)
    await api.house.store.alert_failed(alert.number, "status 410", None)

    dead = await api.ask("GET", "/alerts/dead", token=api.supervisor())
    path = f"/alerts/{alert.number}/retry"
    retried = await api.ask("POST", path, token=api.supervisor())
    again = await api.ask("POST", path, token=api.supervisor())

    (shown,) = dead.json["alerts"]
    assert (shown["channel"], shown["error"], shown["tries"]) == ("webhook", "status 410", 1)
    assert shown["violation"]["number"] == "+44•••••••123"
    assert (retried.status, again.status) == (204, 404)
    assert await api.house.store.dead_alerts(9) == []


async def test_a_period_shows_what_it_lacks(api: Api):
    now = api.house.clock.now()
    await api.house.store.seen_contact(ContactSeen("m", "OUTBOUND", Standing.MANUAL, now, now))
    await put(api, a_violation(at=now))
    query = urlencode({"since": rfc3339(now - MINUTE), "until": rfc3339(now + HOUR)})

    reply = await api.ask("GET", f"/gaps?{query}", token=api.supervisor())

    assert reply.json == {
        "contacts": {"manual": 1},
        "unrecorded": 1,
        "dialed": 0,
        "withoutContact": 0,
        "violationsOpen": 1,
    }


@pytest.mark.parametrize(
    ("since", "until", "field"),
    [
        ("2027-01-01T00:00:00Z", "2027-01-01T00:00:00Z", "until"),
        ("2027-01-01T00:00:00Z", "x", "until"),
        ("x", "2027-01-01T00:00:00Z", "since"),
    ],
)
async def test_a_period_begins_before_it_ends(api: Api, since: str, until: str, field: str):
    query = urlencode({"since": since, "until": until})
    reply = await api.ask("GET", f"/gaps?{query}", token=api.supervisor())

    assert (reply.status, reply.json["field"]) == (400, field)


ROUTES = [
    ("GET", "/violations"),
    ("GET", "/violations/v?reveal=true"),
    ("POST", "/violations/v/acknowledge"),
    ("GET", "/alerts/dead"),
    ("POST", "/alerts/1/retry"),
    ("GET", "/gaps"),
]


@pytest.mark.parametrize(("method", "path"), ROUTES)
async def test_only_supervisors_and_administrators_see_them(api: Api, method: str, path: str):
    await put(api, a_violation())
    for stranger in (api.agent(), await api.key(Scope.CONNECT, Scope.METRICS)):
        refused = await api.ask(method, path, token=stranger)
        assert (refused.status, refused.code) == (403, "forbidden")

    for known in (api.supervisor(), api.admin(), await api.key(Scope.SUPERVISOR)):
        assert (await api.ask(method, path, token=known)).status not in {401, 403}


async def test_an_agent_is_told_of_their_own_violations_and_of_no_others(api: Api):
    await put(
        api,
        a_violation("old", at=AT - HOUR),
        a_violation("mine"),
        a_violation("bens", agent_id=BEN.id),
    )

    reply = await api.ask("GET", f"/my-violations?since={rfc3339(AT)}", token=api.agent())

    assert reply.json == {
        "violations": [
            {
                "contactId": "mine",
                "code": "not_announced",
                "done": "blocked",
                "at": rfc3339(AT),
                "number": "+44•••••••123",
                "detail": "You dialed a number that had not been announced, so the phone did not"
                " ring. Press Start Verified Call, and dial when it says so.",
            }
        ]
    }
    assert len((await api.ask("GET", "/my-violations", token=api.agent())).json["violations"]) == 2


async def test_a_wrong_since_names_itself(api: Api):
    reply = await api.ask("GET", "/my-violations?since=x", token=api.agent())

    assert (reply.status, reply.json["field"]) == (400, "since")


def test_every_code_of_a_violation_has_its_sentence():
    known = {*Denial, *BY_METHOD.values(), "unknown_method", "rang_all_the_same"}

    assert known | {"caller_id_differs", "number_differs", "break_glass"} == set(SENTENCES)
