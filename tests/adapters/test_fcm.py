"""What only FCM has: its message, its access token, its waits."""

import asyncio
import json
import time
from dataclasses import dataclass

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from ringproof.adapters.push.oauth import ServiceAccount
from ringproof.core.seal import SealedType
from ringproof.core.time import HOUR, MINUTE, SECOND, Millis
from ringproof.ports import PushVerdict
from ringproof.simulators.faults import (
    AcceptThenSilence,
    Answer,
    Blackhole,
    Garbage,
    Latency,
    Reset,
)
from tests.contract.push_rig import PROJECT, RSA_KEY, SEALED, FcmRig, fcm_rig, message

TOKEN = "/token"


@dataclass
class HandClock:
    at: Millis

    def now(self) -> Millis:
        return self.at


@pytest.fixture
def clock():
    return HandClock(int(time.time()) * SECOND)


@pytest.fixture
async def rig(clock):
    async with fcm_rig(clock) as running:
        yield running


async def push(rig: FcmRig, clock: HandClock, **changes):
    times = {"expires_at": clock.at + 30 * SECOND, "deadline": clock.at + 10 * SECOND}
    return await rig.channel.push(message(await rig.token(), **{**times, **changes}))


def fetches(rig: FcmRig) -> int:
    return sum(asked["path"] == TOKEN for asked in rig.simulator.requests.describe())


async def test_a_proof_is_data_only_and_urgent(rig, clock):
    await push(rig, clock)

    (request,) = rig.received()
    sent = request["body"]["message"]
    assert request["path"] == f"/v1/projects/{PROJECT}/messages:send"
    assert sent.keys() == {"token", "data", "android"}
    assert sent["data"] == {"type": "call_verification", "v": "1", "sealed": SEALED}
    assert sent["android"] == {"priority": "HIGH", "ttl": "30s", "direct_boot_ok": False}


async def test_an_end_notice_may_wait_for_an_hour_and_wakes_nobody(rig, clock):
    await push(rig, clock, type=SealedType.CALL_UPDATE, expires_at=clock.at + HOUR)

    android = rig.received()[0]["body"]["message"]["android"]
    assert (android["priority"], android["ttl"]) == ("NORMAL", "3600s")


async def test_a_life_that_is_over_is_never_written_as_negative(rig, clock):
    await push(rig, clock, expires_at=clock.at - HOUR)

    assert rig.received()[0]["body"]["message"]["android"]["ttl"] == "0s"


@pytest.mark.parametrize(
    ("status", "code", "verdict", "attempts"),
    [
        (404, "UNREGISTERED", PushVerdict.TOKEN_DEAD, 1),
        (403, "SENDER_ID_MISMATCH", PushVerdict.WRONG_APP, 1),
        (400, "INVALID_ARGUMENT", PushVerdict.REJECTED, 1),
        (429, "QUOTA_EXCEEDED", PushVerdict.THROTTLED, 1),
        (401, "THIRD_PARTY_AUTH_ERROR", PushVerdict.CREDENTIAL, 1),
        (401, "", PushVerdict.CREDENTIAL, 2),
        (403, "PERMISSION_DENIED", PushVerdict.CREDENTIAL, 1),
        (500, "INTERNAL", PushVerdict.UNAVAILABLE, 2),
        (503, "UNAVAILABLE", PushVerdict.UNAVAILABLE, 3),
    ],
)
async def test_googles_word_becomes_a_verdict(rig, clock, status, code, verdict, attempts):  # noqa: PLR0917
    rig.inject(Answer(status=status, reason=code))

    outcome = await push(rig, clock)

    assert (outcome.verdict, outcome.attempts) == (verdict, attempts)


async def test_a_retry_after_beyond_the_deadline_ends_it_at_once(rig, clock):
    rig.inject(Answer(status=503, reason="UNAVAILABLE", retry_after=60, times=1))

    outcome = await push(rig, clock)

    assert (outcome.verdict, outcome.attempts) == (PushVerdict.UNAVAILABLE, 1)


async def test_a_retry_after_within_the_deadline_is_kept(rig, clock):
    rig.inject(Answer(status=503, reason="UNAVAILABLE", retry_after=0, times=1))

    outcome = await push(rig, clock)

    assert (outcome.verdict, outcome.attempts) == (PushVerdict.ACCEPTED, 2)


# --- the access token -------------------------------------------------------------------------------


async def test_many_at_once_fetch_one_access_token(rig, clock):
    outcomes = await asyncio.gather(*(push(rig, clock) for _ in range(20)))

    assert {outcome.verdict for outcome in outcomes} == {PushVerdict.ACCEPTED}
    assert fetches(rig) == 1


async def test_the_access_token_serves_until_five_minutes_before_its_end(rig, clock):
    await push(rig, clock)
    clock.at += 54 * MINUTE
    await push(rig, clock)
    before = fetches(rig)
    clock.at += 2 * MINUTE
    await push(rig, clock)

    assert (before, fetches(rig)) == (1, 2)


async def test_while_no_new_one_is_to_be_had_the_old_one_serves_to_its_end(rig, clock):
    await push(rig, clock)
    clock.at += 57 * MINUTE
    rig.inject(Answer(status=503, path=TOKEN))
    last_minutes = await push(rig, clock)
    clock.at += 5 * MINUTE
    after = await push(rig, clock)

    assert last_minutes.verdict is PushVerdict.ACCEPTED
    assert after.verdict is PushVerdict.UNAVAILABLE


async def test_a_revoked_access_token_is_fetched_anew_once(rig, clock):
    await push(rig, clock)
    rig.simulator.access_tokens.revoke_all()

    outcomes = await asyncio.gather(*(push(rig, clock) for _ in range(5)))

    assert {outcome.verdict for outcome in outcomes} == {PushVerdict.ACCEPTED}
    assert fetches(rig) == 2


@pytest.mark.parametrize(
    "fault",
    [Answer(status=503, path=TOKEN, times=1), Garbage(path=TOKEN, times=1),
     Reset(path=TOKEN, times=1), Blackhole(path=TOKEN, times=1)],
    ids=lambda fault: type(fault).__name__,
)  # fmt: skip
async def test_a_token_endpoint_that_is_ill_once_costs_no_push(rig, clock, fault):
    rig.inject(fault)

    assert (await push(rig, clock)).verdict is PushVerdict.ACCEPTED


@pytest.mark.parametrize(
    ("fault", "verdict"),
    [
        (Answer(status=400, reason="invalid_grant", path=TOKEN), PushVerdict.CREDENTIAL),
        (Answer(status=401, reason="invalid_client", path=TOKEN), PushVerdict.CREDENTIAL),
        (Answer(status=429, path=TOKEN), PushVerdict.THROTTLED),
        (Answer(status=500, path=TOKEN), PushVerdict.UNAVAILABLE),
        (Garbage(path=TOKEN), PushVerdict.UNAVAILABLE),
        (AcceptThenSilence(path=TOKEN), PushVerdict.UNAVAILABLE),
    ],
    ids=lambda value: type(value).__name__,
)
async def test_a_token_endpoint_that_stays_ill_is_an_outcome(rig, clock, fault, verdict):
    rig.inject(fault)

    outcome = await push(rig, clock)

    assert outcome.verdict is verdict
    assert rig.received() == []


async def test_a_fetch_outlives_the_push_that_asked_for_it(rig, clock):
    rig.inject(Latency(ms=200, path=TOKEN))

    early = await push(rig, clock, deadline=clock.at + 50)
    late = await push(rig, clock)

    assert (early.verdict, early.reason) == (PushVerdict.UNAVAILABLE, "no access token in time")
    assert late.verdict is PushVerdict.ACCEPTED
    assert fetches(rig) == 1


async def test_closing_ends_a_fetch_that_is_under_way(rig, clock):
    rig.inject(Blackhole(path=TOKEN))
    await push(rig, clock, deadline=clock.at + 50)

    await rig.channel.aclose()

    assert rig.received() == []


# --- the service account's file -----------------------------------------------------------------------


def account_file(**changes) -> bytes:
    pem = RSA_KEY.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    written = {
        "type": "service_account",
        "project_id": PROJECT,
        "private_key_id": "key-1",
        "private_key": pem.decode(),
        "client_email": "calls@examplebank.iam.example",
        "token_uri": "https://oauth2.googleapis.com/token",
    }
    return json.dumps({**written, **changes}).encode()


def test_an_account_is_read_from_googles_file():
    account = ServiceAccount.from_json(account_file())

    assert (account.project_id, account.token_uri) == (
        PROJECT,
        "https://oauth2.googleapis.com/token",
    )
    assert "PRIVATE" not in repr(account)


def test_a_file_of_another_kind_is_refused_without_its_contents():
    elliptic = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    for text in (b"{}", b"", account_file(private_key=elliptic.decode())):
        with pytest.raises(ValueError, match="service account") as refused:
            ServiceAccount.from_json(text)
        assert "PRIVATE" not in str(refused.value)


def test_a_key_that_is_no_pem_is_refused():
    with pytest.raises(ValueError, match="service account"):
        ServiceAccount.from_json(account_file(private_key="nonsense"))
