import asyncio
import json

import pytest
import pytest_asyncio
from pyreqwest.client import ClientBuilder
from pyreqwest.exceptions import RequestError

from ringproof.simulators.faults import (
    AcceptThenSilence,
    Answer,
    Blackhole,
    FaultRefused,
    Garbage,
    Goaway,
    Latency,
    Reset,
)
from tests.simulators.fcm_kit import DATA, World, error_code

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def running():
    async with World().running() as world:
        yield world


@pytest_asyncio.fixture(loop_scope="module")
async def world(running):
    running.access = await running.access_token()
    running.simulator.requests.forget()
    yield running
    running.simulator.faults.clear()


async def send(world, token=None):
    message = {"token": token or await world.device_token(), "data": DATA}
    return await world.send(message, access=world.access)


@pytest.mark.parametrize(
    ("status", "reason", "rpc_status"),
    [
        (400, "INVALID_ARGUMENT", "INVALID_ARGUMENT"),
        (401, "THIRD_PARTY_AUTH_ERROR", "UNAUTHENTICATED"),
        (403, "SENDER_ID_MISMATCH", "PERMISSION_DENIED"),
        (404, "UNREGISTERED", "NOT_FOUND"),
        (429, "QUOTA_EXCEEDED", "RESOURCE_EXHAUSTED"),
        (500, "INTERNAL", "INTERNAL"),
        (503, "UNAVAILABLE", "UNAVAILABLE"),
    ],
)
async def test_every_code_of_fcm_can_be_answered(world, status, reason, rpc_status):
    world.simulator.faults.inject(Answer(status=status, reason=reason, retry_after=7))

    response = await send(world)
    body = await response.json()

    assert response.status == body["error"]["code"] == status
    assert (body["error"]["status"], error_code(body)) == (rpc_status, reason)
    assert response.headers["retry-after"] == "7"


async def test_a_code_that_is_not_fcms_is_a_status_of_google(world):
    world.simulator.faults.inject(Answer(status=401, reason="UNAUTHENTICATED"))

    body = await (await send(world)).json()

    assert body["error"]["status"] == "UNAUTHENTICATED"
    assert error_code(body) is None


async def test_the_token_endpoint_fails_in_its_own_shape(world):
    world.simulator.faults.inject(Answer(status=503, reason="internal_failure", path="/token"))

    status, body = await world.grant(world.assertion())

    assert (status, body["error"]) == (503, "internal_failure")
    assert (await send(world)).status == 200


async def test_garbage_is_a_200_that_google_never_sent(world):
    world.simulator.faults.inject(Garbage())

    response = await send(world)

    assert response.status == 200
    assert (await response.text()).startswith("<html>")


async def test_a_reset_breaks_the_connection(world):
    world.simulator.faults.inject(Reset(times=1))

    with pytest.raises(RequestError):
        await send(world)

    assert (await send(world)).status == 200


async def test_latency_answers_after_those_who_came_later(world):
    token = await world.device_token()
    world.simulator.faults.inject(Latency(ms=100, times=1))
    answered = []

    async def answer(name):
        assert (await send(world, token)).status == 200
        answered.append(name)

    async with asyncio.TaskGroup() as group:
        group.create_task(answer("slow"))
        await world.simulator.requests.until(1)
        group.create_task(answer("quick"))

    assert answered == ["quick", "slow"]


async def test_a_black_hole_takes_the_request_and_does_nothing(world):
    async with world.phone() as phone:
        world.simulator.faults.inject(Blackhole(times=1))
        swallowed = asyncio.create_task(send(world, phone.token))
        await world.simulator.requests.until(1)
        accepted = await (await send(world, phone.token)).json()

        assert (await phone.push())["id"] == accepted["name"]
        assert not swallowed.done()
        swallowed.cancel()


async def test_accept_then_silence_delivers_and_never_answers(world):
    async with world.phone() as phone:
        world.simulator.faults.inject(AcceptThenSilence())
        silent = asyncio.create_task(send(world, phone.token))

        assert (await phone.push())["data"] == DATA
        assert not silent.done()
        silent.cancel()


async def test_a_simulator_that_swallowed_a_request_can_still_stop():
    async with World().running() as world:
        access = await world.access_token()
        world.simulator.faults.inject(Blackhole())
        swallowed = asyncio.create_task(world.send({"token": "x"}, access=access))
        await world.simulator.requests.until(2)

    with pytest.raises(RequestError):
        await swallowed


async def test_fcm_does_not_speak_http2_goaway(world):
    with pytest.raises(FaultRefused):
        world.simulator.faults.inject(Goaway())


async def test_faults_do_not_touch_the_management_side(world):
    world.simulator.faults.inject(Blackhole())

    async with ClientBuilder().build() as client:
        response = await client.get(f"{world.endpoint.url}/healthz").build().send()

    assert response.status == 200


async def test_what_was_received_is_shown_without_its_secrets(world):
    token = await world.device_token()
    await world.grant(world.assertion())
    await send(world, token)

    async with ClientBuilder().build() as client:
        response = await client.get(f"{world.endpoint.url}/sim/requests").build().send()
        shown = await response.text()

    grant, sent = json.loads(shown)["requests"]
    assert (grant["path"], grant["answer"]) == ("/token", 200)
    assert sent["body"] == {"message": {"token": token, "data": DATA}}
    assert sent["headers"]["authorization"] == "…"
    assert "eyJ" not in shown
    assert "ya29" not in shown
