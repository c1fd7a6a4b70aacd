"""Firebase Cloud Messaging, HTTP v1: data-only messages to one registration token."""

import asyncio
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import msgspec
from pyreqwest.client import Client

from ringproof.adapters.push import fcm_answers
from ringproof.adapters.push.access_tokens import AccessToken, AccessTokens
from ringproof.adapters.push.answer import AGAIN, RENEW_CREDENTIAL, Answer
from ringproof.adapters.push.client import exchange, http_client, trusted
from ringproof.adapters.push.deadline import ATTEMPT_SECONDS, seconds_left
from ringproof.adapters.push.delivery import deliver
from ringproof.adapters.push.generations import Generations
from ringproof.adapters.push.oauth import ServiceAccount
from ringproof.adapters.push.probe import probe, require_well
from ringproof.core.people import PushService
from ringproof.core.seal import SealedType
from ringproof.ports import Clock, Push, PushOutcome, PushVerdict

URL = "https://fcm.googleapis.com"

_encode = msgspec.json.Encoder().encode

# FCM lowers an app's HIGH messages to NORMAL if they often lead to no notification that the user
# sees. An announcement always leads to one; an end notice only takes its place, so it goes as NORMAL:
# whoever just had a call holds a phone that is awake, and a sleeping one may learn of it later.
_PRIORITY = {SealedType.CALL_VERIFICATION: "HIGH", SealedType.CALL_UPDATE: "NORMAL"}


@dataclass(frozen=True, slots=True)
class FcmConfig:
    """
    How to reach FCM and who we are there.

    The account names its own token endpoint. *ca_file* (PEM) is trusted besides the system's roots.
    An attempt that takes longer than *attempt_seconds* costs its connection.
    """

    account: ServiceAccount = field(repr=False)
    url: str = URL
    ca_file: Path | None = None
    attempt_seconds: float = ATTEMPT_SECONDS


class FcmChannel:
    """FCM for one Firebase project; every app of it is reached with the same credential."""

    service = PushService.FCM

    def __init__(self, config: FcmConfig, clock: Clock) -> None:
        self._clock = clock
        self._longest = config.attempt_seconds
        self._url = f"{config.url}/v1/projects/{config.account.project_id}/messages:send"
        build = partial(http_client, trusted(config.ca_file))
        self._clients = Generations(build, config.url)
        self._token_clients = Generations(build, config.account.token_uri)
        self._tokens = AccessTokens(
            config.account, self._token_clients, clock, config.attempt_seconds
        )

    async def push(self, message: Push) -> PushOutcome:
        """Hand *message* over before its deadline; never raise for one device."""
        attempt = partial(self._attempt, message)
        return await deliver(attempt, self._clock, message.deadline, self._longest)

    async def check(self) -> None:
        """Ask with a message to no device: FCM judges the credential before the token."""
        require_well("fcm", await self.push(probe(self.service, "", self._clock)))

    async def aclose(self) -> None:
        """Let go of connections."""
        await self._tokens.aclose()
        await self._clients.aclose()
        await self._token_clients.aclose()

    async def _attempt(self, message: Push, seconds: float) -> Answer:
        try:
            async with asyncio.timeout(seconds):
                token = await self._tokens.get()
        except TimeoutError:
            return Answer(PushVerdict.UNAVAILABLE, "no access token in time", AGAIN)
        if isinstance(token, Answer):
            return token
        seconds = min(seconds, seconds_left(self._clock, message.deadline))
        answer = await exchange(self._clients, partial(self._request, message, token), seconds)
        if answer.follow is RENEW_CREDENTIAL:
            self._tokens.discard(token)
        return answer

    async def _request(self, message: Push, token: AccessToken, client: Client) -> Answer:
        asked_at = self._clock.now()
        response = await (
            client.post(self._url)
            .header("content-type", "application/json")
            .header("authorization", f"Bearer {token.text}", is_sensitive=True)
            .body_bytes(_body(message, self._clock))
            .build()
            .send()
        )
        return fcm_answers.read(
            response.status,
            bytes(await response.bytes()),
            response.get_header("retry-after"),
            asked_at,
        )


def _body(message: Push, clock: Clock) -> bytes:
    """
    Write the message; *ttl* is what is left of its life when it is sent, so a retry's is shorter.

    No collapse key: FCM keeps at most four of them for an app, and throttles messages that have one.
    """
    ttl = max(0, int(seconds_left(clock, message.expires_at)))
    return _encode(
        {
            "message": {
                "token": message.token,
                "data": {"type": message.type, "v": "1", "sealed": message.sealed},
                "android": {
                    "priority": _PRIORITY[message.type],
                    "ttl": f"{ttl}s",
                    "direct_boot_ok": False,
                },
            }
        }
    )
