"""Minting, on a clock moved by hand; the simulator's view of it is in test_apns.py."""

import json
from dataclasses import dataclass

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from ringproof.adapters.push.provider_token import ProviderToken
from ringproof.core import jws
from ringproof.core.keys import PublicKey
from ringproof.core.time import MINUTE, SECOND, Millis

KEY = ec.generate_private_key(ec.SECP256R1())
START: Millis = 1_790_000_000_000


@dataclass
class HandClock:
    at: Millis = START

    def now(self) -> Millis:
        return self.at


@pytest.fixture
def clock():
    return HandClock()


def provider(clock: HandClock) -> ProviderToken:
    return ProviderToken(KEY, "KEY1234567", "TEAM123456", clock)


def age(token: str, clock: HandClock) -> Millis:
    claims = json.loads(jws.parse(token).payload)
    return clock.at - int(claims["iat"]) * SECOND


def test_it_names_the_key_and_the_team_and_nothing_else(clock):
    token = jws.parse(provider(clock).current())

    assert token.header == {"alg": "ES256", "kid": "KEY1234567"}
    claims = json.loads(token.verified_by(PublicKey.of(KEY.public_key())))
    assert claims.keys() == {"iss", "iat"}
    assert claims["iss"] == "TEAM123456"


@given(st.lists(st.integers(0, 90 * MINUTE), max_size=40), st.integers(0, 40 * MINUTE))
def test_at_every_moment_it_is_valid_and_never_replaced_within_twenty_minutes(steps, offset):
    clock = HandClock(START + offset)
    token = provider(clock)
    current, since = token.current(), clock.at
    for step in steps:
        clock.at += step
        now = token.current()
        assert 0 < age(now, clock) < 60 * MINUTE
        if now != current:
            assert clock.at - since >= 20 * MINUTE
            current, since = now, clock.at


@given(st.integers(0, 300 * MINUTE))
def test_processes_that_start_at_any_two_moments_between_marks_agree(offset):
    mark = (START - 30 * SECOND) // (35 * MINUTE) * (35 * MINUTE) + 30 * SECOND
    first, second = HandClock(mark + offset % (35 * MINUTE)), HandClock(mark)

    assert provider(first).current() == provider(second).current()


def test_a_young_token_is_not_renewed(clock):
    clock.at += 5 * MINUTE - clock.at % (35 * MINUTE)
    token = provider(clock)

    assert not token.renew(token.current())


def test_an_old_one_is_renewed_once_whoever_asks(clock):
    clock.at += 30 * MINUTE - clock.at % (35 * MINUTE)
    token = provider(clock)
    stale = token.current()

    assert token.renew(stale)
    renewed = token.current()
    assert token.renew(stale)
    assert token.current() == renewed != stale
    assert not token.renew(renewed)


def test_while_held_nothing_is_minted_as_long_as_there_is_a_token(clock):
    clock.at += 34 * MINUTE - clock.at % (35 * MINUTE)
    token = provider(clock)
    current = token.current()
    clock.at += 20 * MINUTE
    token.hold(current)

    assert token.current() == current
    assert not token.renew(current)
    clock.at += 20 * MINUTE
    assert token.current() != current
