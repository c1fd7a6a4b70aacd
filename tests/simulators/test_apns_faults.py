import json

import pytest
import pytest_asyncio
from pyreqwest.client import ClientBuilder

from ringproof.simulators.faults import (
    AcceptThenSilence,
    Answer,
    Blackhole,
    Garbage,
    Goaway,
    Latency,
    Reset,
)
from tests.simulators.apns_kit import ALERT, World

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def running():
    async with World().running() as world:
        yield world


@pytest.fixture
def world(running):
    yield running
    running.simulator.faults.clear()
    running.simulator.requests.forget()


async def healthy(world, http2, headers):
    world.simulator.faults.clear()
    return (await http2.ask(headers)).status == 200


async def test_an_injected_answer_has_apples_shape_and_does_nothing(world):
    headers = world.provider().headers(await world.device_token())
    world.simulator.faults.inject(
        Answer(status=429, reason="TooManyRequests", retry_after=3, timestamp=5, times=1)
    )

    async with world.connection() as http2:
        refused = await http2.ask(headers)
        accepted = await http2.ask(headers)

    assert (refused.status, refused.headers["retry-after"]) == (429, "3")
    assert json.loads(refused.body) == {"reason": "TooManyRequests", "timestamp": 5}
    assert accepted.status == 200


async def test_an_answer_without_a_reason_has_no_body(world):
    world.simulator.faults.inject(Answer(status=500))

    async with world.connection() as http2:
        reply = await http2.ask(world.provider().headers(await world.device_token()))

    assert (reply.status, reply.body) == (500, b"")


async def test_latency_answers_after_those_who_came_later(world):
    headers = world.provider().headers(await world.device_token())

    async with world.connection() as http2:
        await http2.ask(headers)
        world.simulator.faults.inject(Latency(ms=50, times=1))
        slow = http2.send(headers)
        quick = await http2.ask(headers)
        waiting = not http2.replies[slow].done.is_set()
        late = await http2.reply(slow)

    assert waiting
    assert quick.status == late.status == 200


async def test_garbage_is_a_200_that_apple_never_sent(world):
    world.simulator.faults.inject(Garbage())

    async with world.connection() as http2:
        reply = await http2.ask(world.provider().headers(await world.device_token()))

    assert reply.status == 200
    assert reply.body.startswith(b"<html>")
    assert "apns-id" not in reply.headers


async def test_a_stream_reset_leaves_the_connection_usable(world):
    headers = world.provider().headers(await world.device_token())
    world.simulator.faults.inject(Reset(stream=True))

    async with world.connection() as http2:
        reply = await http2.ask(headers)

        assert reply.reset == 2
        assert await healthy(world, http2, headers)


async def test_a_connection_reset_is_a_tcp_reset(world):
    world.simulator.faults.inject(Reset())

    async with world.connection() as http2:
        reply = await http2.ask(world.provider().headers(await world.device_token()))
        await http2.closed.wait()

    assert reply.lost
    assert isinstance(http2.error, ConnectionResetError)


@pytest.mark.parametrize(("excluding", "last_stream"), [(True, 1), (False, 3)])
async def test_goaway_leaves_the_stream_out_or_not(world, excluding, last_stream):
    headers = world.provider().headers(await world.device_token())

    async with world.connection() as http2:
        await http2.ask(headers)
        world.simulator.faults.inject(Goaway(excluding=excluding, times=1))
        reply = await http2.ask(headers)

    assert reply.lost
    assert http2.goaway.last_stream_id == last_stream
    assert http2.goaway.error_code == 0
    assert not http2.goaway.additional_data


async def test_goaway_can_carry_a_reason_in_its_debug_data(world):
    world.simulator.faults.inject(Goaway(reason="Shutdown"))

    async with world.connection() as http2:
        await http2.ask(world.provider().headers(await world.device_token()))

    assert json.loads(http2.goaway.additional_data) == {"reason": "Shutdown"}


async def test_a_black_hole_swallows_the_connection_with_its_pings(world):
    headers = world.provider().headers(await world.device_token())

    async with world.connection() as hole, world.connection() as other:
        await hole.ask(headers)
        world.simulator.faults.inject(Blackhole(times=1))
        swallowed = hole.send(headers)
        elsewhere = await other.ask(headers)
        hole.ping()
        after = hole.send(headers)
        still = await other.ask(headers)

        assert elsewhere.status == still.status == 200
        assert not hole.replies[swallowed].done.is_set()
        assert not hole.replies[after].done.is_set()
        assert hole.pongs.empty()
        assert not hole.closed.is_set()


async def test_a_black_hole_can_swallow_one_stream_only(world):
    headers = world.provider().headers(await world.device_token())

    async with world.connection() as http2:
        await http2.ask(headers)
        world.simulator.faults.inject(Blackhole(stream=True, times=1))
        swallowed = http2.send(headers)
        next_one = await http2.ask(headers)

        assert next_one.status == 200
        assert not http2.replies[swallowed].done.is_set()


async def test_accept_then_silence_delivers_and_never_answers(world):
    async with world.phone() as phone, world.connection() as http2:
        world.simulator.faults.inject(AcceptThenSilence())
        silent = http2.send(world.provider().headers(phone.token))
        push = await phone.push()

        assert push["payload"] == ALERT.decode()
        assert not http2.replies[silent].done.is_set()


async def test_a_fault_can_be_for_one_device_only(world):
    sick, well = await world.device_token(), await world.device_token()
    provider = world.provider()
    token = provider.token()
    world.simulator.faults.inject(Answer(status=503, reason="ServiceUnavailable", path=sick))

    async with world.connection() as http2:
        refused = await http2.ask(provider.headers(sick, token=token))
        accepted = await http2.ask(provider.headers(well, token=token))

    assert (refused.status, accepted.status) == (503, 200)


async def test_faults_are_managed_over_http(world):
    url = f"{world.endpoint.device_url}/sim/faults"
    fault = {"fault": "goaway", "excluding": True, "reason": "Shutdown", "times": 2, "path": None}
    async with ClientBuilder().build() as client:
        await client.put(url).body_json([fault]).build().send()
        listed = await (await client.get(url).build().send()).json()
        refused = await client.put(url).body_json([{"fault": "frogs"}]).build().send()
        await client.delete(url).build().send()
        cleared = await (await client.get(url).build().send()).json()

    assert listed == [fault]
    assert refused.status == 400
    assert cleared == []


async def test_what_was_received_is_shown_without_its_secrets(world):
    provider = world.provider()
    device = await world.device_token()
    url = f"{world.endpoint.device_url}/sim/requests"

    async with world.connection() as http2, ClientBuilder().build() as client:
        await http2.ask(provider.headers(device))
        response = await client.get(url).build().send()
        shown = await response.text()
        await client.delete(url).build().send()
        forgotten = await (await client.get(url).build().send()).json()

    (request,) = json.loads(shown)["requests"]
    assert request["path"] == f"/3/device/{device}"
    assert request["headers"]["apns-topic"] == "com.examplebank.app"
    assert request["body"] == json.loads(ALERT)
    assert request["answer"] == 200
    assert "eyJ" not in shown
    assert forgotten == {"requests": []}


async def test_pages_of_this_machine_may_ask_and_others_may_not(world):
    async with ClientBuilder().build() as client:
        answers = [
            await client.get(f"{world.endpoint.device_url}/healthz")
            .header("origin", origin)
            .build()
            .send()
            for origin in ("http://localhost:5173", "https://evil.example")
        ]

    allowed = [answer.headers.get("access-control-allow-origin") for answer in answers]
    assert [answer.status for answer in answers] == [200, 200]
    assert allowed == ["http://localhost:5173", None]


async def test_an_ordinary_client_is_served_over_tls_with_http2(world):
    provider = world.provider()
    device = await world.device_token()
    ca = world.endpoint.ca_file.read_bytes()

    async with ClientBuilder().add_root_certificate_pem(ca).http2(True).build() as client:
        request = client.post(f"{world.endpoint.url}/3/device/{device}").body_bytes(ALERT)
        for name, value in provider.headers(device):
            if not name.startswith(":"):
                request = request.header(name, value)
        response = await request.build().send()

    assert response.status == 200
    assert response.version == "HTTP/2.0"
