"""What each word of FCM means, in the shapes that Google's pages and its front end show."""

import json
from typing import Any

import pytest

from ringproof.adapters.push.answer import AGAIN, AGAIN_ONCE, RENEW_CREDENTIAL, STOP
from ringproof.adapters.push.fcm_answers import TABLE, read
from ringproof.ports import PushVerdict

ASKED = 1_790_000_000_000
FCM_ERROR = "type.googleapis.com/google.firebase.fcm.v1.FcmError"
BAD_REQUEST = "type.googleapis.com/google.rpc.BadRequest"


def error(code: str | None, message: str = "", *, status: str = "", field: str = "") -> bytes:
    details: list[dict[str, Any]] = []
    if code:
        details.append({"@type": FCM_ERROR, "errorCode": code})
    if field:
        details.append({"@type": BAD_REQUEST, "fieldViolations": [{"field": field}]})
    return json.dumps(
        {"error": {"message": message, "status": status, "details": details}}
    ).encode()


ROWS = [
    (404, "UNREGISTERED", PushVerdict.TOKEN_DEAD, STOP),
    (403, "SENDER_ID_MISMATCH", PushVerdict.WRONG_APP, STOP),
    (400, "INVALID_ARGUMENT", PushVerdict.REJECTED, STOP),
    (429, "QUOTA_EXCEEDED", PushVerdict.THROTTLED, STOP),
    (503, "UNAVAILABLE", PushVerdict.UNAVAILABLE, AGAIN),
    (500, "INTERNAL", PushVerdict.UNAVAILABLE, AGAIN_ONCE),
    (401, "THIRD_PARTY_AUTH_ERROR", PushVerdict.CREDENTIAL, STOP),
]


def test_every_row_of_the_table_is_asked_about():
    assert {code for _, code, *_ in ROWS} == TABLE.keys()


@pytest.mark.parametrize(("status", "code", "verdict", "follow"), ROWS)
def test_googles_word_becomes_a_verdict(status, code, verdict, follow):
    answer = read(status, error(code), None, ASKED)

    assert (answer.verdict, answer.reason, answer.follow) == (verdict, code, follow)


def test_a_token_that_never_was_one_is_told_from_our_own_mistake():
    message = "The registration token is not a valid FCM registration token"
    token = read(400, error("INVALID_ARGUMENT", message), None, ASKED)
    field = read(400, error("INVALID_ARGUMENT", message, field="message.token"), None, ASKED)
    ours = read(400, error("INVALID_ARGUMENT", field="message.android.ttl"), None, ASKED)

    assert token.verdict is field.verdict is PushVerdict.TOKEN_DEAD
    assert ours.verdict is PushVerdict.REJECTED


def test_a_dead_token_is_dead_since_we_asked():
    assert read(404, error("UNREGISTERED"), None, ASKED).dead_since == ASKED
    assert read(503, error("UNAVAILABLE"), None, ASKED).dead_since is None


def test_a_404_without_fcms_own_word_is_a_wrong_address_not_a_dead_token():
    assert read(404, b"<html>Not Found</html>", None, ASKED).verdict is PushVerdict.REJECTED
    assert read(404, error(None, status="NOT_FOUND"), None, ASKED).reason == "NOT_FOUND"


def test_a_401_without_fcms_own_word_is_worth_a_new_access_token():
    answer = read(401, error(None, status="UNAUTHENTICATED"), None, ASKED)

    assert (answer.verdict, answer.follow) == (PushVerdict.CREDENTIAL, RENEW_CREDENTIAL)


def test_permission_denied_is_about_the_credential():
    answer = read(403, error(None, status="PERMISSION_DENIED"), None, ASKED)

    assert (answer.verdict, answer.reason) == (PushVerdict.CREDENTIAL, "PERMISSION_DENIED")


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("7", 7.0), ("0", 0.0), (None, None), ("Sun, 22 Nov 2026 10:00:00 GMT", None), ("-1", None)],
)
def test_retry_after_is_read_in_seconds(header, seconds):
    assert read(503, error("UNAVAILABLE"), header, ASKED).retry_after == seconds


def test_retry_after_changes_nothing_where_nothing_is_retried():
    assert read(429, error("QUOTA_EXCEEDED"), "60", ASKED).retry_after is None


@pytest.mark.parametrize("body", [b"", b"{}", b"<html>", b"null", b'{"name": 1}', b"\xff"])
def test_a_200_without_a_name_is_not_believed(body):
    assert read(200, body, None, ASKED).verdict is PushVerdict.UNAVAILABLE


@pytest.mark.parametrize("body", [b"", b"null", b'{"error": []}', b'{"error": {"details": 3}}'])
@pytest.mark.parametrize("status", [100, 302, 400, 401, 403, 404, 410, 429, 500, 503])
def test_a_refusal_in_any_shape_is_an_answer(status, body):
    verdict = read(status, body, None, ASKED).verdict

    assert verdict not in (PushVerdict.ACCEPTED, PushVerdict.TOKEN_DEAD)
