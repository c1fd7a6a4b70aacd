import asyncio

import pytest
from botocore.exceptions import ConnectionClosedError, ReadTimeoutError
from pyreqwest.client import ClientBuilder

from ringproof.simulators.faults import (
    AcceptThenSilence,
    Answer,
    Blackhole,
    Garbage,
    Latency,
    Reset,
)
from tests.simulators.connect_kit import call, describe, handset, refusal, simulated, start


async def test_accept_then_silence_makes_the_call_and_never_answers():
    async with simulated() as sim, handset(sim) as phone:
        sim.faults.inject(AcceptThenSilence(times=1))
        with pytest.raises(ReadTimeoutError):
            await start(sim, read_timeout=0.3)
        await phone.expect("ringing")
        assert len(sim.contacts.all()) == 1


async def test_a_black_hole_makes_no_call():
    async with simulated() as sim:
        sim.faults.inject(Blackhole())
        with pytest.raises(ReadTimeoutError):
            await start(sim, read_timeout=0.3)
        assert sim.contacts.all() == []


async def test_a_reset_reaches_the_client_as_a_reset():
    async with simulated() as sim:
        sim.faults.inject(Reset(times=1))
        with pytest.raises(ConnectionClosedError, match="Connection was closed"):
            await start(sim)
        assert sim.contacts.all() == []
        assert await start(sim)


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (429, "TooManyRequestsException"),
        (500, "InternalServiceException"),
        (403, "DestinationNotAllowedException"),
        (429, "LimitExceededException"),
    ],
)
async def test_an_injected_error_has_connects_shape(status, reason):
    async with simulated() as sim:
        sim.faults.inject(Answer(status=status, reason=reason, times=1, retry_after=1))
        assert await refusal(start(sim)) == (reason, status)
        assert sim.contacts.all() == []


async def test_garbage_reaches_the_caller_of_the_sdk_as_an_answer_without_a_contact():
    async with simulated() as sim:
        sim.faults.inject(Garbage(times=1))
        with pytest.raises(KeyError, match="ContactId"):
            await start(sim)
        assert sim.contacts.all() == []


async def test_a_late_answer_is_the_usual_answer():
    async with simulated() as sim:
        sim.faults.inject(Latency(ms=20))
        contact_id = await start(sim)
        assert (await describe(sim, contact_id))["Id"] == contact_id


async def test_a_fault_on_one_path_leaves_the_others_well():
    async with simulated() as sim:
        sim.faults.inject(Answer(status=500, path="/contacts/"))
        contact_id = await start(sim)
        assert await refusal(describe(sim, contact_id)) == ("InternalServiceException", 500)


async def test_faults_are_set_and_seen_over_http():
    async with simulated() as sim:
        fault = {"fault": "answer", "status": 429, "reason": "TooManyRequestsException"}
        assert (await call("PUT", f"{sim.url}/sim/faults", [fault]))[0] == 200
        assert await refusal(start(sim)) == ("TooManyRequestsException", 429)
        assert (await call("PUT", f"{sim.url}/sim/faults", [{"fault": "goaway"}]))[0] == 400
        assert (await call("DELETE", f"{sim.url}/sim/faults"))[0] == 204
        assert await call("GET", f"{sim.url}/sim/faults") == (200, [])
        assert await start(sim)


async def test_requests_are_shown_with_their_answers_and_without_their_signatures():
    async with simulated() as sim:
        await start(sim, ClientToken="t")
        _, seen = await call("GET", f"{sim.url}/sim/requests")
        (request,) = seen["requests"]
        assert (request["path"], request["answer"]) == ("/contact/outbound-voice", 200)
        assert request["body"]["ClientToken"] == "t"
        assert "Signature" not in str(request)
        assert (await call("DELETE", f"{sim.url}/sim/requests"))[0] == 204
        assert (await call("GET", f"{sim.url}/sim/requests"))[1] == {"requests": []}


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [("http://127.0.0.1:5173", True), ("http://localhost", True), ("https://evil.example", False)],
)
async def test_only_pages_of_this_machine_may_call(origin, allowed):
    async with simulated() as sim, ClientBuilder().build() as client:
        request = client.get(f"{sim.url}/healthz").header("Origin", origin)
        answer = await request.build().send()
        assert answer.status == 200
        assert (answer.get_header("access-control-allow-origin") == origin) is allowed


async def test_the_simulator_stops_although_somebody_still_waits_for_an_answer():
    async with simulated() as sim:
        contact_id = await start(sim)
        host, port = sim.url.removeprefix("http://").split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        path = f"/sim/contacts/{contact_id}?until=ended"
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        assert (await call("GET", f"{sim.url}/healthz"))[0] == 200
    assert await reader.read() == b""
    writer.close()
