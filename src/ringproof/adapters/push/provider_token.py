"""The JWT by which APNs knows the provider."""

import structlog
from cryptography.hazmat.primitives.asymmetric import ec

from ringproof.adapters.push.deadline import whole_seconds
from ringproof.core import jws
from ringproof.core.keys import sign
from ringproof.core.time import MINUTE, SECOND, Millis
from ringproof.ports import Clock

_log = structlog.get_logger(__name__)

# Apple, "Establishing a token-based connection to APNs": refresh no more than once every 20 minutes
# and no less than once every 60.
_SOONEST: Millis = 20 * MINUTE
_LATEST: Millis = 60 * MINUTE

# Tokens are stamped with marks 35 minutes apart, not with the time of minting. Signatures are
# deterministic (RFC 6979), so every process that holds the key mints the very same token: a crash
# loop, or `ringproof check` beside `ringproof serve`, is no update in Apple's eyes. At 35 minutes, a
# process that minted just before a mark can keep its token for 20 more and still be within 60.
_MARKS: Millis = 35 * MINUTE
# A clock this much ahead of Apple's still stamps no token in Apple's future.
_SKEW: Millis = 30 * SECOND


class ProviderToken:
    """
    One JWT for everything in the process, and for all processes that share the key.

    A pool in which each part mints its own is the classic way to TooManyProviderTokenUpdates.
    """

    def __init__(
        self, key: ec.EllipticCurvePrivateKey, key_id: str, team_id: str, clock: Clock
    ) -> None:
        self._key = key
        self._key_id = key_id
        self._team_id = team_id
        self._clock = clock
        self._token = ""
        self._stamp: Millis = 0
        self._minted_at: Millis = 0
        self._former = ("", 0)
        self._held_until: Millis = 0

    def current(self) -> str:
        """Return the token; a new one when it is past its mark and 20 minutes in use."""
        now = self._clock.now()
        past = now - self._stamp >= _MARKS + _SKEW and now - self._minted_at >= _SOONEST
        if not self._token or (past and now >= self._held_until):
            self._mint((now - _SKEW) // _MARKS * _MARKS)
        return self._token

    def renew(self, stale: str) -> bool:
        """
        Replace *stale*, which APNs calls expired; True if there is another token to try now.

        Not within 20 minutes of its stamp: a young token that is called expired means that a clock
        is wrong, and minting would only add a throttle to it.
        """
        now = self._clock.now()
        if stale == self._token and now >= max(self._stamp + _SOONEST, self._held_until):
            self._mint(now)
        return stale != self._token

    def hold(self, refused: str) -> None:
        """
        Stop minting for 20 minutes, and go back to the former token while it is valid.

        APNs said TooManyProviderTokenUpdates of *refused*.
        """
        now = self._clock.now()
        self._held_until = now + _SOONEST
        former, stamp = self._former
        if refused == self._token and former and now - stamp < _LATEST:
            self._token, self._stamp = former, stamp
        _log.warning("apns_provider_token_held")

    def _mint(self, stamp: Millis) -> None:
        self._former = (self._token, self._stamp)
        signed = jws.signing_input(
            {"alg": "ES256", "kid": self._key_id},
            {"iss": self._team_id, "iat": whole_seconds(stamp)},
        )
        self._token = jws.compact(signed, sign(self._key, signed.encode()))
        self._stamp, self._minted_at = stamp, self._clock.now()
        _log.info("apns_provider_token_minted")
