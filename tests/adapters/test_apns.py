"""What only APNs has: its headers, its provider token, its connections, its table."""

import asyncio
import time
from dataclasses import dataclass
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from ringproof.adapters.clock import SystemClock
from ringproof.adapters.push.apns import ApnsChannel, ApnsConfig
from ringproof.adapters.push.apns_answers import TABLE
from ringproof.core.people import PushKind
from ringproof.core.seal import SealedType
from ringproof.core.time import MINUTE, SECOND, Millis
from ringproof.ports import Push, PushVerdict
from ringproof.simulators.apns import ApnsOptions, ApnsSimulator
from ringproof.simulators.faults import Answer, Blackhole, Goaway, Latency, Reset
from tests.contract.push_rig import SEALED, TEAM, TOPIC, ApnsRig, apns_rig, message


@pytest.fixture
async def rig():
    async with apns_rig() as running:
        yield running


async def sent(rig: ApnsRig, **changes: Any) -> tuple[Push, dict[str, Any]]:
    """Push once and return the request as APNs got it."""
    app = TOPIC + (".voip" if changes.get("kind") is PushKind.VOIP else "")
    push = message(await rig.token(app), **changes)
    outcome = await rig.channel.push(push)
    assert outcome.verdict is PushVerdict.ACCEPTED
    return push, rig.received()[-1]


async def test_a_proof_is_an_alert_that_breaks_through_and_shows_generic_text(rig):
    push, request = await sent(rig)

    assert request["path"] == f"/3/device/{push.token}"
    headers = request["headers"]
    assert {name: headers[name] for name in headers if name.startswith("apns-")} == {
        "apns-topic": TOPIC,
        "apns-push-type": "alert",
        "apns-priority": "10",
        "apns-expiration": str(push.expires_at // 1000),
        "apns-collapse-id": push.collapse,
        "apns-id": push.id,
    }
    assert request["body"] == {
        "aps": {
            "alert": {"title-loc-key": "RINGPROOF_CALL_TITLE", "loc-key": "RINGPROOF_CALL_BODY"},
            "mutable-content": 1,
            "interruption-level": "time-sensitive",
        },
        "type": "call_verification",
        "v": 1,
        "sealed": SEALED,
    }


async def test_an_end_notice_takes_the_cards_place_and_interrupts_nobody(rig):
    _, request = await sent(rig, type=SealedType.CALL_UPDATE)

    assert request["body"]["type"] == "call_update"
    assert request["body"]["aps"]["interruption-level"] == "passive"
    assert "sound" not in request["body"]["aps"]


async def test_a_voip_push_has_its_own_topic_and_is_never_stored(rig):
    _, request = await sent(rig, kind=PushKind.VOIP)

    assert request["headers"]["apns-topic"] == f"{TOPIC}.voip"
    assert request["headers"]["apns-push-type"] == "voip"
    assert request["headers"]["apns-expiration"] == "0"
    assert request["body"] == {"aps": {}, "type": "call_verification", "v": 1, "sealed": SEALED}


async def test_no_end_notice_rings_a_phone_by_voip(rig):
    token = await rig.token(f"{TOPIC}.voip")

    outcome = await rig.channel.push(
        message(token, kind=PushKind.VOIP, type=SealedType.CALL_UPDATE)
    )

    assert (outcome.verdict, outcome.attempts) == (PushVerdict.REJECTED, 0)
    assert rig.received() == []


async def test_a_retry_has_the_same_apns_id(rig):
    rig.inject(Reset(times=1))

    push, _ = await sent(rig)

    assert [request["headers"]["apns-id"] for request in rig.received()] == [push.id, push.id]


async def test_dead_since_is_apples_own_time_in_milliseconds(rig):
    rig.inject(Answer(status=410, reason="Unregistered", timestamp=1_790_000_000_123))

    outcome = await rig.channel.push(message(await rig.token()))

    assert outcome.dead_since == 1_790_000_000_123


@pytest.mark.parametrize("reason", ["", "SomethingNew"])
async def test_a_410_means_a_dead_token_whatever_its_reason(rig, reason):
    rig.inject(Answer(status=410, reason=reason))

    outcome = await rig.channel.push(message(await rig.token()))

    assert outcome.verdict is PushVerdict.TOKEN_DEAD
    assert outcome.dead_since is not None


ROWS = [
    (400, "BadCollapseId", PushVerdict.REJECTED, 1),
    (400, "BadDeviceToken", PushVerdict.TOKEN_DEAD, 1),
    (400, "BadExpirationDate", PushVerdict.REJECTED, 1),
    (400, "BadMessageId", PushVerdict.REJECTED, 1),
    (400, "BadPriority", PushVerdict.REJECTED, 1),
    (400, "BadTopic", PushVerdict.REJECTED, 1),
    (400, "DeviceTokenNotForTopic", PushVerdict.WRONG_APP, 1),
    (400, "DuplicateHeaders", PushVerdict.REJECTED, 1),
    (400, "IdleTimeout", PushVerdict.UNAVAILABLE, 2),
    (400, "InvalidPushType", PushVerdict.REJECTED, 1),
    (400, "MissingDeviceToken", PushVerdict.REJECTED, 1),
    (400, "MissingTopic", PushVerdict.REJECTED, 1),
    (400, "PayloadEmpty", PushVerdict.REJECTED, 1),
    (400, "TopicDisallowed", PushVerdict.WRONG_APP, 1),
    (403, "BadCertificate", PushVerdict.CREDENTIAL, 1),
    (403, "BadCertificateEnvironment", PushVerdict.CREDENTIAL, 1),
    (403, "BadEnvironmentKeyIdInToken", PushVerdict.CREDENTIAL, 1),
    (403, "ExpiredProviderToken", PushVerdict.CREDENTIAL, None),
    (403, "Forbidden", PushVerdict.CREDENTIAL, 1),
    (403, "InvalidProviderToken", PushVerdict.CREDENTIAL, 1),
    (403, "MissingProviderToken", PushVerdict.CREDENTIAL, 1),
    (403, "UnrelatedKeyIdInToken", PushVerdict.CREDENTIAL, 1),
    (404, "BadPath", PushVerdict.REJECTED, 1),
    (405, "MethodNotAllowed", PushVerdict.REJECTED, 1),
    (410, "ExpiredToken", PushVerdict.TOKEN_DEAD, 1),
    (410, "Unregistered", PushVerdict.TOKEN_DEAD, 1),
    (413, "PayloadTooLarge", PushVerdict.REJECTED, 1),
    (429, "TooManyProviderTokenUpdates", PushVerdict.CREDENTIAL, 2),
    (429, "TooManyRequests", PushVerdict.THROTTLED, 1),
    (500, "InternalServerError", PushVerdict.UNAVAILABLE, 3),
    (503, "ServiceUnavailable", PushVerdict.UNAVAILABLE, 3),
    (503, "Shutdown", PushVerdict.UNAVAILABLE, 3),
]


def test_every_row_of_the_table_is_asked_about():
    assert {(status, reason) for status, reason, *_ in ROWS} == TABLE.keys()


@pytest.mark.parametrize(("status", "reason", "verdict", "attempts"), ROWS)
async def test_apples_word_becomes_a_verdict(rig, status, reason, verdict, attempts):
    token = await rig.token()
    rig.inject(Answer(status=status, reason=reason))

    outcome = await rig.channel.push(message(token))

    assert (outcome.verdict, outcome.reason) == (verdict, reason)
    assert attempts in (None, outcome.attempts)
    assert len(rig.received()) == outcome.attempts


@pytest.mark.parametrize("excluding", [True, False])
async def test_a_goaway_costs_no_push(rig, excluding):
    token = await rig.token()
    await rig.channel.push(message(token))
    rig.inject(Goaway(excluding=excluding, reason="Shutdown", times=1))

    outcome = await rig.channel.push(message(token))

    assert outcome.verdict is PushVerdict.ACCEPTED


async def test_a_goaway_under_load_costs_no_push(rig):
    tokens = [await rig.token() for _ in range(40)]
    await rig.channel.push(message(tokens[0]))
    rig.inject(Goaway(times=2))

    outcomes = await asyncio.gather(*(rig.channel.push(message(token)) for token in tokens))

    assert {outcome.verdict for outcome in outcomes} == {PushVerdict.ACCEPTED}


async def test_a_stream_reset_costs_no_push(rig):
    token = await rig.token()
    rig.inject(Reset(stream=True, times=1))

    outcome = await rig.channel.push(message(token))

    assert (outcome.verdict, outcome.attempts) == (PushVerdict.ACCEPTED, 2)


async def test_a_healthy_request_on_the_old_connection_is_not_cut_off(rig):
    """One silent stream costs the generation while another of it is still being answered."""
    silent, slow = await rig.token(), await rig.token()
    await rig.channel.push(message(silent))
    rig.inject(Blackhole(stream=True, path=silent), Latency(ms=300, path=slow))
    soon = SystemClock().now() + 100

    given_up, late = await asyncio.gather(
        rig.channel.push(message(silent, deadline=soon)), rig.channel.push(message(slow))
    )

    assert given_up.verdict is PushVerdict.UNAVAILABLE
    assert (late.verdict, late.attempts) == (PushVerdict.ACCEPTED, 1)


# --- the provider token, with the simulator and the adapter on one clock ------------------------------


@dataclass
class HandClock:
    at: Millis

    def now(self) -> Millis:
        return self.at


@pytest.fixture
async def later():
    """A world whose time is moved by hand, begun in the middle between two marks of the token."""
    clock = HandClock(int(time.time()) * SECOND // (35 * MINUTE) * (35 * MINUTE) + 10 * MINUTE)
    key = ec.generate_private_key(ec.SECP256R1())
    simulator = ApnsSimulator(
        ApnsOptions(
            {"KEY1234567": key.public_key()},
            TEAM,
            frozenset({TOPIC}),
            now=lambda: clock.now() / SECOND,
        )
    )
    async with simulator.running() as at:
        config = ApnsConfig(key, "KEY1234567", TEAM, TOPIC, at.url, at.ca_file)
        channel = ApnsChannel(config, clock)
        yield World(clock, simulator, config, channel)
        await channel.aclose()


@dataclass
class World:
    clock: HandClock
    simulator: ApnsSimulator
    config: ApnsConfig
    channel: ApnsChannel

    async def push(self, channel=None):
        now = self.clock.now()
        token = self.simulator.installations.register(TOPIC).token
        push = message(token, expires_at=now + 30 * SECOND, deadline=now + 10 * SECOND)
        return await (channel or self.channel).push(push)


async def test_the_provider_token_lives_through_a_day(later):
    for _ in range(24 * 12):
        outcome = await later.push()
        assert (outcome.verdict, outcome.attempts) == (PushVerdict.ACCEPTED, 1)
        later.clock.at += 5 * MINUTE


async def test_many_processes_with_one_key_are_one_provider(later):
    """Each start, such as in a crash loop, and each `ringproof check` mints what the others mint."""
    for _ in range(20):
        another = ApnsChannel(later.config, later.clock)
        outcome = await later.push(another)
        await another.aclose()
        assert outcome.verdict is PushVerdict.ACCEPTED
        later.clock.at += 7 * MINUTE


async def test_after_hours_of_silence_a_new_token_is_minted_before_the_push(later):
    await later.push()
    later.clock.at += 5 * 60 * MINUTE

    outcome = await later.push()

    assert (outcome.verdict, outcome.attempts) == (PushVerdict.ACCEPTED, 1)


@dataclass
class SlowClock:
    """A machine's clock that is behind Apple's."""

    right: HandClock
    behind: Millis

    def now(self) -> Millis:
        return self.right.now() - self.behind


async def test_an_expired_token_is_renewed_once_on_a_new_connection(later):
    """Half an hour behind, a token of 31 minutes' age is 61 minutes old for Apple."""
    slow = SlowClock(later.clock, 30 * MINUTE)
    behind = ApnsChannel(later.config, slow)
    now = slow.now()
    slow.behind += (now - 31 * MINUTE) % (35 * MINUTE)
    token = later.simulator.installations.register(TOPIC).token
    push = message(token, expires_at=now + 60 * MINUTE, deadline=slow.now() + 10 * SECOND)

    outcome = await behind.push(push)
    await behind.aclose()

    assert (outcome.verdict, outcome.attempts) == (PushVerdict.ACCEPTED, 2)


async def test_a_clock_that_is_hours_behind_is_told_as_a_credential_fault(later):
    behind = ApnsChannel(later.config, SlowClock(later.clock, 180 * MINUTE))
    token = later.simulator.installations.register(TOPIC).token
    push = message(token, deadline=later.clock.now())

    outcome = await behind.push(push)
    await behind.aclose()

    assert (outcome.verdict, outcome.reason) == (PushVerdict.CREDENTIAL, "ExpiredProviderToken")
    assert outcome.attempts <= 2


async def test_too_many_updates_is_survived_with_the_token_that_was_known(later):
    """Another process had to renew two minutes before the mark at which ours mints: one too many."""
    await later.push()
    later.clock.at += 24 * MINUTE
    another = ApnsChannel(later.config, later.clock)
    later.simulator.faults.inject(Answer(status=403, reason="ExpiredProviderToken", times=1))
    renewed = await later.push(another)
    await another.aclose()
    later.clock.at += 2 * MINUTE

    held = await later.push()
    after = await later.push()

    assert (renewed.verdict, renewed.attempts) == (PushVerdict.ACCEPTED, 2)
    assert (held.verdict, held.attempts) == (PushVerdict.ACCEPTED, 2)
    assert (after.verdict, after.attempts) == (PushVerdict.ACCEPTED, 1)


async def test_secrets_are_in_no_log(later, capsys):
    await later.push()
    later.simulator.faults.inject(Answer(status=503, times=2))
    await later.push()

    printed = "".join(capsys.readouterr())
    assert "apns_provider_token_minted" in printed
    assert "eyJ" not in printed
