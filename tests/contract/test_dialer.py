"""What a Dialer must do, asked of the Connect adapter through the Connect simulator."""

import asyncio
import contextlib
import uuid
from dataclasses import replace

import pytest

from ringproof.adapters.dial.connect import ConnectDialer
from ringproof.adapters.dial.connect_request import ConnectConfig
from ringproof.core.call import CallId
from ringproof.core.errors import DependencyDown
from ringproof.core.phone import E164
from ringproof.ports import Dial, Dialer, DialOutcome, DialVerdict
from ringproof.simulators.connect.contacts import Contact
from ringproof.simulators.faults import (
    AcceptThenSilence,
    Answer,
    Blackhole,
    Garbage,
    Latency,
    Reset,
)
from tests.simulators.connect_kit import CUSTOMER, desk, handset, simulated

BANK = E164("+442079460123")


@pytest.fixture(autouse=True)
def _credentials(monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "simulator")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "simulator")


@contextlib.asynccontextmanager
async def dialing(sim, **changes):
    options = sim.options
    config = ConnectConfig(
        options.instance_id,
        options.flows[0].id,
        region=options.region,
        endpoint_url=sim.url,
        read_timeout=1,
    )
    dialer = ConnectDialer(replace(config, **changes))
    try:
        yield dialer
    finally:
        await dialer.aclose()


@pytest.fixture
async def sim():
    async with simulated() as simulator:
        yield simulator


@pytest.fixture
async def dialer(sim):
    async with dialing(sim) as adapter:
        yield adapter


@pytest.fixture
def request_to_dial(sim):
    return Dial(
        call_id=CallId(str(uuid.uuid4())),
        orig=BANK,
        dest=E164(CUSTOMER),
        queue=sim.options.queue_arn(sim.options.queues[0]),
        agent_arn=sim.options.agent_arn("agent-1"),
        agent_name="Sam",
    )


def test_the_adapter_is_a_dialer():
    _: type[Dialer] = ConnectDialer


async def test_a_dial_rings_the_customer_from_the_number_of_the_proof(sim, dialer, request_to_dial):
    async with handset(sim) as phone:
        outcome = await dialer.dial(request_to_dial)

        ringing = await phone.expect("ringing")
        assert outcome.verdict is DialVerdict.ACCEPTED
        assert ringing["from"] == BANK


async def test_the_contact_carries_what_the_flow_needs_and_no_more(sim, dialer, request_to_dial):
    outcome = await dialer.dial(request_to_dial)

    contact = sim.contacts.get(outcome.contact_id)
    assert contact.attributes == {
        "verified_call": "true",
        "ringproof_call_id": request_to_dial.call_id,
        "agent_id": "agent-1",
        "agent_arn": request_to_dial.agent_arn,
        "agent_name": "Sam",
    }
    body = sim.requests.describe()[0]["body"]
    assert body["RingTimeoutInSeconds"] == 45
    assert body["TrafficType"] == "GENERAL"
    assert "QueueId" not in body


async def test_the_queue_goes_along_only_where_it_was_asked_for(sim, request_to_dial):
    async with dialing(sim, pass_queue=True) as dialer:
        outcome = await dialer.dial(request_to_dial)

    assert sim.contacts.get(outcome.contact_id).queue.id == sim.options.queues[0].id


async def test_the_same_call_dialed_again_is_the_same_contact(sim, dialer, request_to_dial):
    first = await dialer.dial(request_to_dial)
    second = await dialer.dial(request_to_dial)

    assert first == second
    assert len(sim.contacts.all()) == 1


async def test_of_many_at_once_each_gets_its_own_contact(sim, request_to_dial):
    requests = [replace(request_to_dial, call_id=CallId(str(uuid.uuid4()))) for _ in range(8)]
    async with dialing(sim) as dialer:
        outcomes = await asyncio.gather(*map(dialer.dial, requests))

    assert len({outcome.contact_id for outcome in outcomes}) == 8


@pytest.mark.parametrize(
    ("status", "code", "verdict"),
    [
        (400, "InvalidRequestException", DialVerdict.REFUSED),
        (400, "InvalidParameterException", DialVerdict.REFUSED),
        (404, "ResourceNotFoundException", DialVerdict.REFUSED),
        (403, "AccessDeniedException", DialVerdict.REFUSED),
        (429, "LimitExceededException", DialVerdict.LIMIT),
        (403, "DestinationNotAllowedException", DialVerdict.DESTINATION_NOT_ALLOWED),
        (403, "OutboundContactNotPermittedException", DialVerdict.NOT_PERMITTED),
        (429, "TooManyRequestsException", DialVerdict.THROTTLED),
        (429, "ThrottlingException", DialVerdict.THROTTLED),
        (500, "InternalServiceException", DialVerdict.UNCONFIRMED),
        (503, "ServiceUnavailable", DialVerdict.UNCONFIRMED),
    ],
)
async def test_an_error_becomes_a_verdict_after_one_attempt(
    sim, dialer, request_to_dial, *, status, code, verdict
):
    sim.faults.inject(Answer(status=status, reason=code))

    outcome = await dialer.dial(request_to_dial)

    assert (outcome.verdict, outcome.reason, outcome.contact_id) == (verdict, code, None)
    assert len(sim.requests.describe()) == 1
    assert sim.contacts.all() == []


async def test_a_country_that_is_not_allowed_is_told_from_other_refusals(dialer, request_to_dial):
    outcome = await dialer.dial(replace(request_to_dial, dest=E164("+33142685300")))

    assert outcome.verdict is DialVerdict.DESTINATION_NOT_ALLOWED


async def test_the_quota_of_a_new_account_is_told_as_throttling(request_to_dial):
    async with simulated(requests_per_second=0.001, burst=1) as sim, dialing(sim) as dialer:
        await dialer.dial(request_to_dial)
        outcome = await dialer.dial(replace(request_to_dial, call_id=CallId(str(uuid.uuid4()))))

    assert outcome.verdict is DialVerdict.THROTTLED


@pytest.mark.parametrize("fault", [AcceptThenSilence(), Blackhole(), Reset(), Garbage()])
async def test_no_answer_is_never_taken_for_no_call(sim, dialer, request_to_dial, fault):
    sim.faults.inject(fault)

    outcome = await dialer.dial(request_to_dial)

    assert outcome.verdict is DialVerdict.UNCONFIRMED
    assert len(sim.requests.describe()) == 1


async def test_nobody_listening_is_certain_to_have_dialed_nothing(request_to_dial):
    async with simulated() as gone:
        pass
    async with dialing(gone) as dialer:
        outcome = await dialer.dial(request_to_dial)

    assert outcome.verdict is DialVerdict.DOWN


async def test_without_credentials_nothing_is_sent(sim, request_to_dial, monkeypatch):
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "none")
    async with dialing(sim) as dialer:
        outcome = await dialer.dial(request_to_dial)

    assert (outcome.verdict, outcome.reason) == (DialVerdict.DOWN, "NoCredentialsError")
    assert sim.requests.describe() == []


async def test_a_number_that_is_none_is_refused(dialer, request_to_dial):
    outcome = await dialer.dial(replace(request_to_dial, dest=E164("not a number")))

    assert outcome.verdict is DialVerdict.REFUSED


async def test_a_cancelled_caller_still_learns_the_outcome(sim, dialer, request_to_dial):
    learned: list[DialOutcome] = []

    async def caller() -> None:
        learned.append(await dialer.dial(request_to_dial))

    # The answer is late, so that the caller is cancelled while it waits for it.
    sim.faults.inject(Latency(ms=300, times=1))
    task = asyncio.create_task(caller())
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])

    assert learned[0].verdict is DialVerdict.ACCEPTED
    assert task.cancelling() == 1


async def test_a_caller_cancelled_while_connect_is_silent_waits_for_the_end(
    sim, dialer, request_to_dial
):
    sim.faults.inject(AcceptThenSilence())
    async with handset(sim) as phone:
        task = asyncio.create_task(dialer.dial(request_to_dial))
        await phone.expect("ringing")
        task.cancel()
        outcome = await task

    assert outcome.verdict is DialVerdict.UNCONFIRMED


async def test_stop_ends_the_ringing(sim, dialer, request_to_dial):
    async with handset(sim) as phone:
        outcome = await dialer.dial(request_to_dial)
        await phone.expect("ringing")

        assert await dialer.stop(outcome.contact_id)

        await phone.expect("ended")


async def test_stop_of_what_is_over_or_unknown_is_false(dialer, request_to_dial):
    outcome = await dialer.dial(request_to_dial)
    await dialer.stop(outcome.contact_id)

    assert not await dialer.stop(outcome.contact_id)
    assert not await dialer.stop(str(uuid.uuid4()))


async def test_stop_is_false_when_connect_does_not_answer(sim, dialer):
    sim.faults.inject(Reset())

    assert not await dialer.stop(str(uuid.uuid4()))


async def test_a_violation_is_written_beside_what_the_contact_has(sim, dialer, request_to_dial):
    outcome = await dialer.dial(request_to_dial)
    await dialer.stop(outcome.contact_id)

    assert await dialer.mark(outcome.contact_id, "ungated_dial")

    attributes = sim.contacts.get(outcome.contact_id).attributes
    assert attributes["ringproof_violation"] == "ungated_dial"
    assert attributes["ringproof_call_id"] == request_to_dial.call_id


async def test_a_mark_that_connect_does_not_take_is_false(sim, dialer):
    assert not await dialer.mark(str(uuid.uuid4()), "ungated_dial")
    sim.faults.inject(Reset())
    assert not await dialer.mark(str(uuid.uuid4()), "ungated_dial")


async def test_an_emergency_number_is_described_as_it_was_dialed(sim, dialer):
    contact = Contact("OUTBOUND", "999")
    sim.exchange.begin(contact)

    described = await dialer.describe(contact.id)

    assert (described.customer, described.dialed) == (None, "999")


async def test_a_contact_is_described_in_our_words(sim, dialer, request_to_dial):
    outcome = await dialer.dial(request_to_dial)

    contact = await dialer.describe(outcome.contact_id)

    assert contact.id == outcome.contact_id
    assert contact.initiation_method == "API"
    assert contact.call_id == request_to_dial.call_id
    assert (contact.system, contact.customer) == (BANK, CUSTOMER)
    assert contact.agent_arn is None
    assert not contact.ended


async def test_a_contact_names_its_agent_and_its_end(sim, dialer, request_to_dial):
    async with handset(sim) as phone, desk(sim, request_to_dial.agent_arn) as agent:
        outcome = await dialer.dial(request_to_dial)
        leg = (await phone.expect("ringing"))["leg"]
        await phone.send(type="answer", leg=leg)
        await agent.expect("contact", state="connected")
        during = await dialer.describe(outcome.contact_id)
        await phone.send(type="hangup", leg=leg)
        await agent.expect("contact", state="ended")
        after = await dialer.describe(outcome.contact_id)

    assert (during.agent_arn, during.ended) == (request_to_dial.agent_arn, False)
    assert after.ended


async def test_an_unknown_contact_is_none(dialer):
    assert await dialer.describe(str(uuid.uuid4())) is None


@pytest.mark.parametrize(
    "fault",
    [
        Answer(status=429, reason="ThrottlingException"),
        Answer(status=403, reason="AccessDeniedException"),
        Reset(),
        Garbage(),
    ],
)
async def test_a_look_up_that_connect_does_not_answer_says_so(sim, dialer, fault):
    sim.faults.inject(fault)

    with pytest.raises(DependencyDown) as down:
        await dialer.describe(str(uuid.uuid4()))
    assert down.value.what == "connect"


async def test_check_passes_when_connect_knows_us(dialer):
    await dialer.check()


async def test_check_fails_with_a_key_that_connect_does_not_know(sim, monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "stranger")
    async with dialing(sim) as dialer:
        with pytest.raises(DependencyDown, match="UnrecognizedClientException"):
            await dialer.check()


async def test_the_endpoint_may_come_from_the_sdks_own_setting(sim, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL_CONNECT", sim.url)
    async with dialing(sim, endpoint_url=None) as dialer:
        await dialer.check()
