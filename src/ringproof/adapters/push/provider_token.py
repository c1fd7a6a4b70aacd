"""The JWT by which APNs knows the provider."""

import structlog
from cryptography.hazmat.primitives.asymmetric import ec

from ringproof.adapters.push.deadline import whole_seconds
from ringproof.core import jws
from ringproof.core.keys import sign
from ringproof.core.time import MINUTE, Millis
from ringproof.ports import Clock

_log = structlog.get_logger(__name__)

# Apple, "Establishing a token-based connection to APNs": refresh no more than once every 20 minutes
# and no less than once every 60.
_SOONEST: Millis = 20 * MINUTE
_REFRESH: Millis = 45 * MINUTE
_LATEST: Millis = 60 * MINUTE


class ProviderToken:
    """
    One JWT for everything in the process.

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
        self._minted_at: Millis | None = None
        self._former: tuple[str, Millis] | None = None
        self._held_until: Millis = 0

    def current(self) -> str:
        """Return the token, minted anew at 45 minutes."""
        if self._minted_at is None or self._age() >= _REFRESH:
            self._mint()
        return self._token

    def renew(self, stale: str) -> bool:
        """
        Replace *stale*, which APNs calls expired; True if there is another token to try now.

        Never twice within 20 minutes: a young token that is called expired means that a clock is
        wrong, and minting would only add a throttle to it.
        """
        if stale == self._token and self._age() >= _SOONEST:
            self._mint()
        return stale != self._token

    def hold(self, refused: str) -> None:
        """
        Stop minting for 20 minutes and go back to the former token while it is valid.

        APNs said TooManyProviderTokenUpdates of *refused*.
        """
        now = self._clock.now()
        self._held_until = now + _SOONEST
        if refused == self._token and self._former and now - self._former[1] < _LATEST:
            self._token, self._minted_at = self._former
            self._former = None
        _log.warning("apns_provider_token_held")

    def _age(self) -> Millis:
        return self._clock.now() - (self._minted_at or 0)

    def _mint(self) -> None:
        now = self._clock.now()
        if now < self._held_until and self._minted_at is not None:
            return
        if self._minted_at is not None:
            self._former = (self._token, self._minted_at)
        signed = jws.signing_input(
            {"alg": "ES256", "kid": self._key_id},
            {"iss": self._team_id, "iat": whole_seconds(now)},
        )
        self._token = jws.compact(signed, sign(self._key, signed.encode()))
        self._minted_at = now
        _log.info("apns_provider_token_minted")
