from pathlib import Path

import pytest
from pyreqwest.client import ClientBuilder

from ringproof.simulators.connect import Queue, RoutingProfile, SecurityProfile
from ringproof.simulators.connect.configuration.records import Configuration
from tests.simulators.connect_kit import call, simulated

ORIGIN = "https://calls.bank.example"
PAGE = Path(__file__).parents[2] / "src/ringproof/simulators/connect/ccp/page"


async def test_only_an_approved_origin_may_frame_the_panel():
    approved = Configuration(origins=(ORIGIN,))
    async with simulated(configuration=approved) as sim, ClientBuilder().build() as client:
        for path in ("/ccp-v2", "/ccp-v2/"):
            answer = await client.get(f"{sim.url}{path}").build().send()
            policy = answer.headers["content-security-policy"]
            assert f"frame-ancestors 'self' {ORIGIN}" in policy
            assert "Simulated CCP" in await answer.text()


@pytest.mark.parametrize("name", sorted(each.name for each in PAGE.iterdir()))
async def test_every_file_of_the_panel_is_served(name: str):
    async with simulated() as sim, ClientBuilder().build() as client:
        answer = await client.get(f"{sim.url}/ccp-v2/{name}").build().send()
        assert (answer.status, await answer.text()) == (200, (PAGE / name).read_text())


async def test_what_is_no_file_of_the_panel_is_not_served():
    async with simulated() as sim, ClientBuilder().build() as client:
        for name in ("routes.py", "%2e%2e%2froutes.py", "none.js"):
            answer = await client.get(f"{sim.url}/ccp-v2/{name}").build().send()
            assert answer.status == 404


async def test_an_agent_is_described_as_streams_knows_them():
    gated, other = Queue(id="q1", name="Verified"), Queue(id="q2", name="Not theirs")
    profile = RoutingProfile(default_outbound_queue_id="q1", queue_ids=("q1",))
    async with simulated(queues=(gated, other), routing_profiles=(profile,)) as sim:
        arn = sim.options.agent_arn("a1")
        status, agent = await call("GET", f"{sim.url}/ccp-v2/agent?agentArn={arn}")
    assert status == 200
    assert (agent["agentARN"], agent["permissions"]) == (arn, ["outboundCall"])
    queues = [queue["name"] for queue in agent["routingProfile"]["queues"]]
    assert queues == ["Verified"]
    assert agent["routingProfile"]["defaultOutboundQueue"]["queueARN"].endswith("/queue/q1")


async def test_an_agent_who_may_not_dial_has_no_such_permission():
    nothing = SecurityProfile(permissions=frozenset({"BasicAgentAccess"}))
    async with simulated(security_profiles=(nothing,)) as sim:
        arn = sim.options.agent_arn("a1")
        _, agent = await call("GET", f"{sim.url}/ccp-v2/agent?agentArn={arn}")
    assert agent["permissions"] == []


async def test_nobody_is_no_agent():
    async with simulated() as sim:
        status, _ = await call("GET", f"{sim.url}/ccp-v2/agent")
    assert status == 400
