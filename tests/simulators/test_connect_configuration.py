"""An administrator's side of the Connect simulator, as AWS's own SDK reads it."""

import asyncio
from dataclasses import replace
from typing import Any

import boto3
import pytest
from botocore.config import Config

from ringproof.simulators.connect.configuration.records import (
    Account,
    Configuration,
    Identity,
    QuickConnect,
)
from ringproof.simulators.connect.instance import QUEUE_ID, Queue
from ringproof.simulators.faults import Answer
from tests.simulators.connect_kit import refusal, simulated, start

QUEUES = tuple(Queue(f"queue-{n}", f"Queue {n}") for n in range(5))
FUNCTION = "arn:aws:lambda:eu-west-2:123456789012:function:gate"
POLICY = {"Statement": [{"Effect": "Allow", "Action": "connect:*", "Resource": "*"}]}
READ: dict[str, tuple[str, dict[str, str]]] = {
    "connect": ("list_queues", {}),
    "lambda": ("get_policy", {"FunctionName": FUNCTION}),
    "service-quotas": ("list_service_quotas", {"ServiceCode": "connect"}),
    "iam": ("get_account_authorization_details", {}),
}
UNKNOWN_KEY = dict.fromkeys(READ, "UnrecognizedClientException") | {"iam": "InvalidClientTokenId"}
BAD_KEY = dict.fromkeys(READ, "InvalidSignatureException") | {"iam": "SignatureDoesNotMatch"}


@pytest.fixture
async def sim():
    known = Configuration(policies={FUNCTION: "{}"}, page=2)
    async with simulated(configuration=known, queues=QUEUES) as simulator:
        yield simulator


async def asked(sim, service: str, method: str, **request: Any) -> Any:
    return await as_user(sim, service, method, request)


async def as_user(sim, service, method, request, **who: str) -> Any:
    new: Any = boto3.client  # the stubs know no name made of a variable
    client = new(
        service,
        endpoint_url=sim.url,
        region_name=who.get("region", sim.options.region),
        aws_access_key_id=who.get("key", "simulator"),
        aws_secret_access_key=who.get("secret", "simulator"),
        config=Config(retries={"total_max_attempts": 1}),
    )
    if service == "connect":
        request = {"InstanceId": sim.options.instance_id, **request}
    return await asyncio.to_thread(getattr(client, method), **request)


@pytest.mark.parametrize("service", READ)
async def test_every_service_answers_at_the_one_endpoint(sim, service):
    method, request = READ[service]
    assert await asked(sim, service, method, **request)


@pytest.mark.parametrize("service", READ)
async def test_a_key_that_nobody_knows_is_refused_in_the_words_of_the_service(sim, service):
    method, request = READ[service]
    got = await refusal(as_user(sim, service, method, request, key="stranger"))
    assert got == (UNKNOWN_KEY[service], 403)


@pytest.mark.parametrize("service", READ)
async def test_a_wrong_secret_is_refused_in_the_words_of_the_service(sim, service):
    method, request = READ[service]
    got = await refusal(as_user(sim, service, method, request, secret="guess"))
    assert got == (BAD_KEY[service], 403)


@pytest.mark.parametrize("service", READ)
async def test_a_signature_for_another_region_is_refused(sim, service):
    method, request = READ[service]
    got = await refusal(as_user(sim, service, method, request, region="eu-central-1"))
    assert got == (BAD_KEY[service], 403)


@pytest.mark.parametrize("service", READ)
async def test_an_injected_error_has_the_shape_of_the_service(sim, service):
    method, request = READ[service]
    sim.faults.inject(Answer(status=403, reason="AccessDeniedException"))
    assert await refusal(asked(sim, service, method, **request)) == ("AccessDeniedException", 403)


@pytest.mark.parametrize(
    ("service", "path"), [("iam", "/iam"), ("service-quotas", "/servicequotas")]
)
async def test_a_fault_can_meet_one_service_only(sim, service, path):
    sim.faults.inject(Answer(status=403, reason="AccessDeniedException", path=path))
    assert await asked(sim, "connect", "list_queues")
    method, request = READ[service]
    assert (await refusal(asked(sim, service, method, **request)))[1] == 403


async def test_a_list_comes_in_pages_whose_tokens_lead_on(sim):
    sizes: list[int] = []
    token: dict[str, str] = {}
    while True:
        got = await asked(sim, "connect", "list_queues", **token)
        sizes.append(len(got["QueueSummaryList"]))
        if "NextToken" not in got:
            break
        token = {"NextToken": got["NextToken"]}
    assert sizes == [2, 2, 1]


async def test_a_page_is_no_longer_than_was_asked_for(sim):
    got = await asked(sim, "connect", "list_queues", MaxResults=1)
    assert [each["Id"] for each in got["QueueSummaryList"]] == ["queue-0"]


async def test_a_token_of_ones_own_making_is_refused(sim):
    made_up = asked(sim, "connect", "list_queues", NextToken="bm9uc2Vuc2U=")
    assert await refusal(made_up) == ("InvalidParameterException", 400)


async def test_an_instance_that_does_not_exist_is_refused(sim):
    elsewhere = asked(
        sim, "connect", "list_queues", InstanceId="00000000-0000-0000-0000-000000000000"
    )
    assert await refusal(elsewhere) == ("ResourceNotFoundException", 404)


@pytest.mark.parametrize(
    ("service", "method", "request_"),
    [
        ("connect", "describe_queue", {"QueueId": "nowhere"}),
        ("connect", "describe_contact_flow", {"ContactFlowId": "nowhere"}),
        ("connect", "describe_user", {"UserId": "nowhere"}),
        ("lambda", "get_policy", {"FunctionName": "nowhere"}),
    ],
)
async def test_what_does_not_exist_is_refused(sim, service, method, request_):
    got = await refusal(asked(sim, service, method, **request_))
    assert got == ("ResourceNotFoundException", 404)


async def test_each_operation_has_a_quota_of_its_own():
    async with simulated(requests_per_second=0.001, burst=1) as sim:
        await asked(sim, "connect", "list_queues")
        again = await refusal(asked(sim, "connect", "list_queues"))
        assert again == ("TooManyRequestsException", 429)
        assert await asked(sim, "connect", "list_users")


async def test_a_queue_without_a_number_or_a_flow_names_neither(sim):
    bare = (await asked(sim, "connect", "describe_queue", QueueId="queue-0"))["Queue"]
    assert bare["OutboundCallerConfig"] == {}


async def test_a_number_is_named_by_an_id_and_never_shown():
    full = Queue(outbound_flow_id="f", caller_id="+442079460123")
    async with simulated(queues=(full,)) as sim:
        got = (await asked(sim, "connect", "describe_queue", QueueId=QUEUE_ID))["Queue"]
    config = got["OutboundCallerConfig"]
    assert config["OutboundFlowId"] == "f"
    assert "+44" not in config["OutboundCallerIdNumberId"]


async def test_quick_connects_are_listed_with_their_type():
    known = Configuration(quick_connects={QUEUE_ID: (QuickConnect("q", "Locksmith"),)})
    async with simulated(configuration=known) as sim:
        got = await asked(sim, "connect", "list_queue_quick_connects", QueueId=QUEUE_ID)
    assert [each["QuickConnectType"] for each in got["QuickConnectSummaryList"]] == ["PHONE_NUMBER"]


async def test_policies_come_back_as_they_were_written():
    managed = {"arn:aws:iam::aws:policy/P": POLICY}
    people = Account(
        users=(Identity("kim", (POLICY,), groups=("g",)),),
        groups=(Identity("g", managed=tuple(managed)),),
        managed=managed,
    )
    async with simulated(configuration=Configuration(account=people)) as sim:
        got = await asked(sim, "iam", "get_account_authorization_details")
    user, group, policy = (
        got[name][0] for name in ("UserDetailList", "GroupDetailList", "Policies")
    )
    assert user["UserPolicyList"][0]["PolicyDocument"] == POLICY
    assert (user["GroupList"], group["GroupName"]) == (["g"], "g")
    assert policy["PolicyVersionList"][0]["Document"] == POLICY
    assert got["IsTruncated"] is False


async def test_the_quota_of_calls_is_the_instances_and_the_others_are_the_accounts(sim):
    levels = {}
    for level in ("RESOURCE", "ACCOUNT"):
        got = await asked(
            sim, "service-quotas", "list_service_quotas", ServiceCode="connect",
            QuotaAppliedAtLevel=level,
        )  # fmt: skip
        levels[level] = [each["QuotaCode"] for each in got["Quotas"]]
    assert levels["RESOURCE"] == ["L-12AB7C57"]
    assert "L-12AB7C57" not in levels["ACCOUNT"]


async def test_a_quota_that_was_never_changed_has_its_default_only(sim):
    unchanged = replace(sim.options.configuration, default_only=frozenset({"L-12AB7C57"}))
    async with simulated(configuration=unchanged, concurrent_calls=50) as other:
        listed = await asked(other, "service-quotas", "list_service_quotas", ServiceCode="connect")
        default = await asked(
            other, "service-quotas", "get_aws_default_service_quota",
            ServiceCode="connect", QuotaCode="L-12AB7C57",
        )  # fmt: skip
    assert "L-12AB7C57" not in {each["QuotaCode"] for each in listed["Quotas"]}
    assert default["Quota"]["Value"] == 10


async def test_calls_are_started_at_the_same_endpoint_as_before(sim):
    assert await start(sim)
