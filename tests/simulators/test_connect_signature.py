import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from pyreqwest.client import ClientBuilder
from starlette.requests import Request

from ringproof.simulators.connect.refusals import Refused
from ringproof.simulators.connect.sigv4 import check_signature
from tests.simulators.connect_kit import aws, refusal, simulated

KEYS = {"AKIDEXAMPLE": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"}
REGION = "eu-west-2"


def signed(
    method: str = "PUT",
    path: str = "/contact/outbound-voice",
    body: bytes = b"{}",
    region: str = REGION,
    query: str = "",
) -> dict[str, Any]:
    credentials = Credentials(*next(iter(KEYS.items())))
    request = AWSRequest(method, f"http://127.0.0.1:8405{path}{query}", data=body)
    request.headers["Content-Type"] = "application/json"
    SigV4Auth(credentials, "connect", region).add_auth(request)
    headers = [(b"host", b"127.0.0.1:8405")]
    headers += [(k.lower().encode(), v.encode()) for k, v in request.headers.items()]
    return {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query[1:].encode(),
        "headers": headers,
    }


def check(scope: dict[str, Any], body: bytes = b"{}", now: datetime | None = None) -> None:
    check_signature(Request(scope), body, keys=KEYS, region=REGION, now=now or datetime.now(UTC))


def code(scope: dict[str, Any], **changes: Any) -> str:
    with pytest.raises(Refused) as refused:
        check(scope, **changes)
    return refused.value.code


@pytest.mark.parametrize(
    "request_",
    [
        {},
        {"method": "GET", "path": "/contacts/i/c%3A1", "body": b""},
        {"method": "GET", "path": "/contacts/i/c", "body": b"", "query": "?b=2&a=1%20x&c="},
    ],
)
def test_what_botocore_signs_is_accepted(request_):
    check(signed(**request_), body=request_.get("body", b"{}"))


def test_a_changed_body_breaks_the_signature():
    assert code(signed(), body=b'{"a":1}') == "InvalidSignatureException"


def test_a_changed_path_breaks_the_signature():
    scope = signed() | {"path": "/contact/stop", "raw_path": b"/contact/stop"}
    assert code(scope) == "InvalidSignatureException"


def test_another_region_is_refused():
    assert code(signed(region="us-east-1")) == "InvalidSignatureException"


@pytest.mark.parametrize("minutes", [-6, 6])
def test_a_signature_is_good_for_five_minutes_either_way(minutes):
    now = datetime.now(UTC) + timedelta(minutes=minutes)
    assert code(signed(), now=now) == "InvalidSignatureException"


def test_a_request_without_a_signature_is_refused():
    scope = signed()
    scope["headers"] = [pair for pair in scope["headers"] if pair[0] != b"authorization"]
    assert code(scope) == "MissingAuthenticationTokenException"


async def test_an_unknown_key_and_a_wrong_secret_are_refused_over_the_wire():
    async with simulated() as sim:

        async def in_thread(**credentials: Any) -> Any:
            client = aws(sim, **credentials)
            request = {"InstanceId": "i", "ContactId": "c"}
            return await asyncio.to_thread(client.describe_contact, **request)

        unknown = in_thread(aws_access_key_id="nobody")
        assert await refusal(unknown) == ("UnrecognizedClientException", 403)
        wrong = in_thread(aws_secret_access_key="wrong")
        assert await refusal(wrong) == ("InvalidSignatureException", 403)


async def test_an_error_carries_its_code_in_the_header_and_its_words_in_the_body():
    async with simulated() as sim, ClientBuilder().build() as client:
        answer = await client.get(f"{sim.url}/contacts/i/c").build().send()
        assert answer.status == 403
        assert answer.get_header("x-amzn-errortype") == "MissingAuthenticationTokenException:"
        assert json.loads(await answer.text()) == {"Message": "Missing Authentication Token"}
