"""Apple Push Notification service: HTTP/2, token-based (RFC 7519, ES256)."""

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from pyreqwest.client import Client

from ringproof.adapters.push import apns_answers
from ringproof.adapters.push.answer import KEEP_CREDENTIAL, RENEW_CREDENTIAL_ELSEWHERE, STOP, Answer
from ringproof.adapters.push.apns_message import body, headers, wanted
from ringproof.adapters.push.client import exchange, http2_client, trusted
from ringproof.adapters.push.deadline import ATTEMPT_SECONDS
from ringproof.adapters.push.delivery import deliver
from ringproof.adapters.push.generations import Generations
from ringproof.adapters.push.probe import probe, require_well
from ringproof.adapters.push.provider_token import ProviderToken
from ringproof.core.people import PushService
from ringproof.ports import Clock, Push, PushOutcome, PushVerdict

PRODUCTION = "https://api.push.apple.com"
SANDBOX = "https://api.sandbox.push.apple.com"

# It becomes part of a path, and a phone chose it. Apple: of variable length, do not hard-code it.
_TOKEN = re.compile(r"[0-9A-Fa-f]{2,400}")


@dataclass(frozen=True, slots=True)
class ApnsConfig:
    """
    How to reach APNs and who we are there.

    *app_id* is the bundle id that `check` asks about. *url*, if set, stands for both environments.
    *ca_file* (PEM) is trusted besides the system's roots. An attempt that takes longer than
    *attempt_seconds* costs its connection.
    """

    key: ec.EllipticCurvePrivateKey = field(repr=False)
    key_id: str
    team_id: str
    app_id: str
    url: str | None = None
    ca_file: Path | None = None
    attempt_seconds: float = ATTEMPT_SECONDS


class _Environment:
    """One of Apple's two, with its connections."""

    def __init__(self, url: str, ca_file: Path | None) -> None:
        self.url = url
        self.clients = Generations(partial(http2_client, trusted(ca_file)), url)


class ApnsChannel:
    """
    APNs, both environments, one provider token.

    One channel serves a whole process: a second one would mint a second token.
    """

    service = PushService.APNS

    def __init__(self, config: ApnsConfig, clock: Clock) -> None:
        self._config = config
        self._clock = clock
        self._token = ProviderToken(config.key, config.key_id, config.team_id, clock)
        self._production = _Environment(config.url or PRODUCTION, config.ca_file)
        self._sandbox = _Environment(config.url or SANDBOX, config.ca_file)

    async def push(self, message: Push) -> PushOutcome:
        """Hand *message* over before its deadline; never raise for one device."""
        if not _TOKEN.fullmatch(message.token):
            now = self._clock.now()
            return PushOutcome(PushVerdict.TOKEN_DEAD, "not a device token", now, attempts=0)
        if not wanted(message):
            return PushOutcome(PushVerdict.REJECTED, "not for voip", attempts=0)
        environment = self._sandbox if message.sandbox else self._production
        url = f"{environment.url}/3/device/{message.token}"
        attempt = partial(self._attempt, environment.clients, url, headers(message), body(message))
        longest = self._config.attempt_seconds
        return await deliver(attempt, self._clock, message.deadline, longest)

    async def check(self) -> None:
        """Ask with a push to no device: APNs judges the credential before the device token."""
        require_well("apns", await self.push(probe(self.service, self._config.app_id, self._clock)))

    async def aclose(self) -> None:
        """Let go of connections."""
        for environment in (self._production, self._sandbox):
            await environment.clients.aclose()

    async def _attempt(
        self, clients: Generations, url: str, head: Mapping[str, str], sealed: bytes, seconds: float
    ) -> Answer:
        jwt = self._token.current()
        asked_at = self._clock.now()

        async def request(client: Client) -> Answer:
            built = (
                client.post(url)
                .headers(head)
                .header("authorization", f"bearer {jwt}", is_sensitive=True)
                .body_bytes(sealed)
                .build()
            )
            response = await built.send()
            return apns_answers.read(response.status, bytes(await response.bytes()), asked_at)

        return self._judged(await exchange(clients, request, seconds), jwt)

    def _judged(self, answer: Answer, jwt: str) -> Answer:
        """Do what the answer asks for the token, and stop where there is no other to try."""
        if answer.follow is KEEP_CREDENTIAL:
            self._token.hold(jwt)
        if answer.follow is RENEW_CREDENTIAL_ELSEWHERE and not self._token.renew(jwt):
            return dataclasses.replace(answer, follow=STOP)
        return answer
