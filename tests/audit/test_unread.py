"""What an audit was not told is a finding, and never a clean result."""

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ringproof.adapters.instance.config import InstanceConfig
from ringproof.adapters.instance.connect_instance import ConnectInstance
from ringproof.adapters.instance.pace import Pace
from ringproof.core.audit import clean
from ringproof.core.errors import DependencyDown
from ringproof.core.instance import Unread
from ringproof.ports import Wanted
from ringproof.simulators.connect.configuration.records import Account, Identity
from ringproof.simulators.connect.instance import Queue, RoutingProfile
from ringproof.simulators.faults import Answer, Garbage, Latency
from ringproof.simulators.loopback import served
from tests.audit.kit import GATED, INSTANCE, INSTANCE_ID, audited, codes, instance, reader

LIST = "/queues-summary"
PARTS = {
    LIST: "queues",
    "/queues/": "queues Verified outbound",
    "/quick-connects": "queues Verified outbound",
    "/contact-flows/": "flows ",
    "/routing-profiles-summary": "routing profiles",
    "/routing-profiles/": "routing profiles Verified calling",
    "/security-profiles-summary": "security profiles",
    "/security-profiles-permissions": "security profiles Agent",
    "/users-summary": "users",
    "/users/": "users sam",
    "/approved-origins": "approved origins",
    "/lambda-functions": "Lambda functions",
    "/2015-03-31/functions": "function policies",
    "/storage-configs": "storage of contact records",
    "/attribute/": "instance attribute OUTBOUND_CALLS",
    "/servicequotas": "quotas",
    "/iam": "IAM users and roles",
}


@pytest.mark.parametrize("path", PARTS)
async def test_a_call_that_is_denied_is_the_only_finding(path):
    async with instance() as sim:
        sim.faults.inject(Answer(status=403, reason="AccessDeniedException", path=path))
        found = await audited(sim)

    assert codes(found) == ["unread"]
    assert found[0].subject.startswith(PARTS[path])
    assert "AccessDenied" in found[0].evidence
    assert not clean(found)


@pytest.mark.parametrize("path", PARTS)
async def test_an_answer_that_makes_no_sense_is_not_taken_for_an_empty_one(path):
    async with instance() as sim:
        sim.faults.inject(Garbage(path=path))
        found = await audited(sim)

    assert set(codes(found)) == {"unread"}


async def test_a_second_page_that_is_denied_makes_the_whole_list_unread():
    queues = (GATED, Queue("b"))
    async with instance(queues=queues, page=1) as sim:
        whole = await audited(sim)
        first = Latency(ms=0, times=1, path=LIST)
        sim.faults.inject(first, Answer(status=403, reason="AccessDeniedException", path=LIST))
        found = await audited(sim)

    assert codes(whole) == ["queue_ungated_unused"]
    assert codes(found) == ["unread"]


async def test_an_ungated_queue_counts_as_used_where_nobody_can_tell():
    async with instance(
        queues=(GATED, Queue("b")),
        routing_profiles=(RoutingProfile(),),
    ) as sim:
        sim.faults.inject(Answer(status=403, reason="X", path="/routing-profiles-summary"))
        found = await audited(sim)

    assert codes(found) == ["queue_ungated", "unread"]


async def test_a_policy_that_is_not_among_the_accounts_makes_the_account_unread():
    lost = Account(roles=(Identity("batch", managed=("arn:aws:iam::aws:policy/Gone",)),))
    async with instance(account=lost) as sim:
        found = await audited(sim)

    assert codes(found) == ["unread"]
    assert "Gone" in found[0].evidence


async def test_throttling_is_waited_out():
    async with instance() as sim:
        sim.faults.inject(Answer(status=429, reason="TooManyRequestsException", times=1))
        assert await audited(sim) == ()


async def test_without_a_region_that_is_one_there_is_nothing_to_read():
    async with instance() as sim:
        reading = reader(sim, region="no region")
        with pytest.raises(DependencyDown):
            await reading.read(Wanted((), (), ()))


def test_each_operation_keeps_to_its_own_pace():
    now, waited = [100.0], []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        now[0] += seconds

    pace = Pace(2, lambda: now[0], wait)
    for operation in ("list", "list", "describe", "list"):
        pace.keep(operation)
    now[0] += 10
    pace.keep("list")

    assert waited == [0.5, 0.5]


async def test_a_list_that_never_ends_is_left():
    async def same_page(_: Request) -> Response:
        return JSONResponse({"QueueSummaryList": [], "NextToken": "again"})

    everywhere = Starlette(routes=[Route("/{path:path}", same_page, methods=["GET", "POST"])])
    async with served(everywhere, "127.0.0.1", 0) as url:
        config = InstanceConfig(INSTANCE_ID, INSTANCE, "eu-west-2", rate=1000, url=url)
        read = await ConnectInstance(config).read(Wanted((), (), ()))

    assert read.queues is None
    assert Unread("queues", "the same page comes again and again") in read.unread
