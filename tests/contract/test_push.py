"""What a PushChannel must do, asked of every adapter through its service's simulator."""

import asyncio

import pytest

from ringproof.adapters.clock import SystemClock
from ringproof.core.errors import DependencyDown
from ringproof.core.seal import SealedType
from ringproof.core.time import SECOND
from ringproof.ports import PushVerdict
from ringproof.simulators.faults import AcceptThenSilence, Answer, Blackhole, Garbage, Reset
from tests.contract.push_rig import OTHER_APP, SEALED, NewRig, apns_rig, fcm_rig, message

RIGS: dict[str, NewRig] = {"apns": apns_rig, "fcm": fcm_rig}


@pytest.fixture(params=RIGS)
async def rig(request):
    async with RIGS[request.param]() as running:
        yield running


async def test_a_push_reaches_the_phone_as_it_was_sealed(rig):
    async with rig.phone() as phone:
        outcome = await rig.channel.push(message(phone.token))
        frame = await phone.push()

    assert (outcome.verdict, outcome.attempts) == (PushVerdict.ACCEPTED, 1)
    assert rig.opened(frame) == {"type": "call_verification", "v": "1", "sealed": SEALED}


async def test_an_end_notice_is_told_from_a_proof(rig):
    async with rig.phone() as phone:
        outcome = await rig.channel.push(message(phone.token, type=SealedType.CALL_UPDATE))
        frame = await phone.push()

    assert outcome.verdict is PushVerdict.ACCEPTED
    assert rig.opened(frame)["type"] == "call_update"


async def test_a_phone_that_comes_back_in_time_gets_what_waited(rig):
    token = await rig.token()
    await rig.channel.push(message(token))

    async with rig.phone(token) as phone:
        assert rig.opened(await phone.push())["sealed"] == SEALED


async def test_many_pushes_at_once_are_all_delivered(rig):
    tokens = [await rig.token() for _ in range(50)]

    outcomes = await asyncio.gather(*(rig.channel.push(message(token)) for token in tokens))

    assert {outcome.verdict for outcome in outcomes} == {PushVerdict.ACCEPTED}


async def test_one_silent_push_does_not_cost_its_siblings(rig):
    tokens = [await rig.token() for _ in range(8)]
    await rig.channel.push(message(tokens[0]))
    rig.inject(Blackhole(times=1))

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(rig.channel.push(message(token))) for token in tokens]

    assert {task.result().verdict for task in tasks} == {PushVerdict.ACCEPTED}


async def test_the_token_of_a_removed_app_is_dead_and_says_since_when(rig):
    token = await rig.token()
    rig.kill(token)

    outcome = await rig.channel.push(message(token))

    assert outcome.verdict is PushVerdict.TOKEN_DEAD
    assert outcome.dead_since is not None
    assert 0 <= SystemClock().now() - outcome.dead_since < 10 * SECOND


@pytest.mark.parametrize("token", ["f" * 64, "../../v1/x", "not a token", "x?y=z", "a\r\nb: c", ""])
async def test_what_never_was_a_token_is_dead(rig, token):
    outcome = await rig.channel.push(message(token))

    assert outcome.verdict is PushVerdict.TOKEN_DEAD
    assert outcome.dead_since is not None


async def test_a_token_of_another_app_is_told_from_a_dead_one(rig):
    outcome = await rig.channel.push(message(await rig.token(OTHER_APP)))

    assert outcome.verdict is PushVerdict.WRONG_APP


@pytest.mark.parametrize(
    ("status", "verdict", "attempts"),
    [
        (400, PushVerdict.REJECTED, 1),
        (403, PushVerdict.CREDENTIAL, 1),
        (404, PushVerdict.REJECTED, 1),
        (418, PushVerdict.REJECTED, 1),
        (429, PushVerdict.THROTTLED, 1),
        (500, PushVerdict.UNAVAILABLE, 3),
        (599, PushVerdict.UNAVAILABLE, 3),
    ],
)
async def test_a_reason_that_nobody_knows_is_judged_by_status(rig, status, verdict, attempts):
    token = await rig.token()
    rig.inject(Answer(status=status, reason="SOMETHING_NEW"))

    outcome = await rig.channel.push(message(token))

    assert (outcome.verdict, outcome.attempts) == (verdict, attempts)


@pytest.mark.parametrize(
    "fault",
    [
        Answer(status=503, reason="", times=1),
        Garbage(times=1),
        Reset(times=1),
        Blackhole(times=1),
    ],
    ids=lambda fault: type(fault).__name__,
)
async def test_what_fails_once_is_delivered_once(rig, fault):
    async with rig.phone() as phone:
        await rig.channel.push(message(phone.token))
        await phone.push()
        rig.inject(fault)

        outcome = await rig.channel.push(message(phone.token, sealed="second"))

        assert (outcome.verdict, outcome.attempts) == (PushVerdict.ACCEPTED, 2)
        assert rig.opened(await phone.push())["sealed"] == "second"


@pytest.mark.parametrize(
    "fault",
    [Answer(status=503), Garbage(), Reset(), Blackhole(), AcceptThenSilence()],
    ids=lambda fault: type(fault).__name__,
)
async def test_a_service_that_stays_ill_is_an_outcome(rig, fault):
    token = await rig.token()
    rig.inject(fault)

    outcome = await rig.channel.push(message(token))

    assert outcome.verdict is PushVerdict.UNAVAILABLE
    assert outcome.reason
    assert outcome.attempts > 1


async def test_after_a_black_hole_the_next_push_has_another_connection(rig):
    token = await rig.token()
    rig.inject(Blackhole(times=1))
    await rig.channel.push(message(token, deadline=SystemClock().now() + SECOND // 4))

    outcome = await rig.channel.push(message(token))

    assert (outcome.verdict, outcome.attempts) == (PushVerdict.ACCEPTED, 1)


async def test_the_deadline_ends_all_trying(rig):
    token = await rig.token()
    rig.inject(Blackhole())

    outcome = await rig.channel.push(message(token, deadline=SystemClock().now() + SECOND // 4))

    assert (outcome.verdict, outcome.attempts) == (PushVerdict.UNAVAILABLE, 1)


async def test_after_its_deadline_nothing_is_sent(rig):
    token = await rig.token()

    outcome = await rig.channel.push(message(token, deadline=SystemClock().now() - 1))

    assert (outcome.verdict, outcome.attempts) == (PushVerdict.UNAVAILABLE, 0)
    assert rig.received() == []


@pytest.mark.parametrize("new_rig", RIGS.values(), ids=RIGS)
async def test_a_service_that_is_gone_is_an_outcome(new_rig):
    async with new_rig() as gone:
        push = message(await gone.token())
    outcome = await gone.channel.push(push)
    await gone.channel.aclose()

    assert outcome.verdict is PushVerdict.UNAVAILABLE


async def test_a_credential_that_the_service_does_not_know_is_told_as_such(rig):
    stranger = rig.stranger()

    outcome = await stranger.push(message(await rig.token()))
    await stranger.aclose()

    assert (outcome.verdict, outcome.attempts) == (PushVerdict.CREDENTIAL, 1)


async def test_check_passes_where_our_credential_is_known(rig):
    await rig.channel.check()


async def test_check_says_why_not(rig):
    stranger = rig.stranger()
    with pytest.raises(DependencyDown) as unknown:
        await stranger.check()
    await stranger.aclose()
    rig.inject(Answer(status=503))
    with pytest.raises(DependencyDown) as ill:
        await rig.channel.check()

    assert "credential" in unknown.value.detail
    assert "unavailable" in ill.value.detail


async def test_no_secret_is_in_the_written_form_of_a_push_or_an_outcome(rig):
    push = message(await rig.token())

    assert push.token not in repr(push)
    assert SEALED not in repr(push)
    assert push.token not in repr(await rig.channel.push(push))
