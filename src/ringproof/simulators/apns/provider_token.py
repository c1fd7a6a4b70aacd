"""Provider authentication tokens, judged as APNs judges them.

Source: "Establishing a token-based connection to APNs", developer.apple.com:
refreshed no more than once every 20 minutes and no less than once every 60.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ringproof.simulators.apns.refusals import Refused
from ringproof.simulators.jws import PublicKey, is_signed_by, parse

MAX_AGE_S = 60 * 60
MIN_BETWEEN_UPDATES_S = 20 * 60
BEARER = b"bearer "


@dataclass(slots=True)
class Standing:
    """How a connection stands with APNs; what spoils it here does not heal by a better token."""

    wedged: bool = False
    blocked_until: float = 0.0


@dataclass(frozen=True, slots=True)
class Verified:
    """What a token with a good signature says."""

    kid: str
    iat: float


@dataclass
class ProviderTokens:
    """Judge the tokens of one team; a token's signature is verified once."""

    keys: Mapping[str, PublicKey]
    team: str
    now: Callable[[], float]
    _verified: dict[bytes, Verified] = field(default_factory=dict)
    _accepted: dict[str, dict[bytes, float]] = field(default_factory=dict)

    def judge(self, authorization: bytes | None, standing: Standing) -> None:
        """Raise Refused unless this header may send on a connection of this standing."""
        now = self.now()
        if standing.wedged:
            raise Refused("ExpiredProviderToken")
        if now < standing.blocked_until:
            raise Refused("TooManyProviderTokenUpdates")
        if authorization is None:
            raise Refused("MissingProviderToken")
        verified = self._verify(authorization)
        self._judge_age(verified, standing, now)
        self._judge_update(authorization, verified, standing, now)

    def _verify(self, authorization: bytes) -> Verified:
        if known := self._verified.get(authorization):
            return known
        if not authorization[: len(BEARER)].lower() == BEARER:
            raise Refused("InvalidProviderToken")
        jws = parse(authorization[len(BEARER) :].decode("latin-1"))
        kid = jws.header.get("kid") if jws else None
        key = self.keys.get(kid) if isinstance(kid, str) else None
        if jws is None or key is None or not is_signed_by(jws, key):
            raise Refused("InvalidProviderToken")
        iat = jws.claims.get("iat")
        if jws.claims.get("iss") != self.team or not isinstance(iat, int | float):
            raise Refused("InvalidProviderToken")
        return self._verified.setdefault(authorization, Verified(str(kid), iat))

    def _judge_age(self, verified: Verified, standing: Standing, now: float) -> None:
        if verified.iat > now:
            raise Refused("InvalidProviderToken")
        if verified.iat <= now - MAX_AGE_S:
            # Apple's servers go on refusing here, whatever token comes next
            # (pushy, TokenAuthenticationApnsClientHandler).
            standing.wedged = True
            raise Refused("ExpiredProviderToken")

    def _judge_update(
        self, authorization: bytes, verified: Verified, standing: Standing, now: float
    ) -> None:
        accepted = self._accepted.setdefault(verified.kid, {})
        if authorization in accepted:
            return
        next_update = max(accepted.values(), default=0.0) + MIN_BETWEEN_UPDATES_S
        if now < next_update:
            # "… and then that connection is unusable until time passes" (Apple
            # engineer, developer.apple.com/forums/thread/675879).
            standing.blocked_until = next_update
            raise Refused("TooManyProviderTokenUpdates")
        accepted[authorization] = verified.iat
