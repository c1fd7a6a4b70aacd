"""An audit cannot change anything: what is not on its list of reads does not reach the wire."""

import re
from typing import Any

import boto3
import pytest
from botocore.session import get_session

from ringproof.adapters.instance.read_only import READS, WouldChange, only_reads, policy
from tests.audit.kit import audited, instance

A_READ = re.compile(r"(List|Describe|Get|Search|Simulate)[A-Z]")


def client(service: str, url: str) -> Any:
    new: Any = boto3.client  # the stubs know no name made of a variable
    return only_reads(new(service, endpoint_url=url, region_name="eu-west-2"), service)


def operations(service: str) -> set[str]:
    return set(get_session().get_service_model(service).operation_names)


def test_everything_on_the_list_exists_and_is_a_read_by_its_name():
    for service, reads in READS.items():
        assert reads <= operations(service)
        assert [each for each in reads if not A_READ.match(each)] == []


@pytest.mark.parametrize("service", READS)
async def test_every_other_operation_is_refused_before_it_is_sent(service):
    async with instance() as sim:
        held = client(service, sim.url)
        methods = {
            name: method
            for method, name in held.meta.method_to_api_mapping.items()
            if name not in READS[service]
        }
        assert methods
        for method in methods.values():
            with pytest.raises(WouldChange):
                getattr(held, method)()
        assert sim.requests.describe() == []


async def test_a_request_made_behind_the_parameters_is_refused_as_well():
    async with instance() as sim:
        held = client("connect", sim.url)
        model = held.meta.service_model.operation_model("StopContact")
        with pytest.raises(WouldChange):
            held.meta.events.emit_until_response("before-call.connect.StopContact", model=model)


async def test_an_audit_needs_everything_on_the_list():
    async with instance(default_only=frozenset({"L-650BD10F"})) as sim:
        await audited(sim)
        asked = {operation_of(each) for each in sim.requests.describe()}

    assert asked == {each for reads in READS.values() for each in reads}


def operation_of(request: dict[str, Any]) -> str:
    """Name the operation of a recorded request, as the SDK's models do."""
    path, target = request["path"], request["headers"].get("x-amz-target", "")
    if path in ("/iam", "/servicequotas"):
        return target.rpartition(".")[2] or "GetAccountAuthorizationDetails"
    service = "lambda" if path.startswith("/2015-03-31") else "connect"
    model = get_session().get_service_model(service)
    uris = {name: model.operation_model(name).http["requestUri"] for name in READS[service]}
    return next(name for name, uri in uris.items() if re.fullmatch(pattern(uri), path))


def pattern(uri: str) -> str:
    return re.sub(r"\{\w+\}", "[^/]+", uri)


def test_the_policy_allows_the_list_and_nothing_else():
    allowed = set(policy()["Statement"][0]["Action"])
    names = {"service-quotas": "servicequotas"}
    assert allowed == {
        f"{names.get(service, service)}:{each}"
        for service, reads in READS.items()
        for each in reads
    }
