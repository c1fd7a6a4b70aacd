"""The OAuth 2.0 access token by which FCM knows a service account (RFC 6749, RFC 7523)."""

import asyncio
from dataclasses import dataclass, field

import msgspec
from pyreqwest.client import Client

from ringproof.adapters.push.answer import AGAIN, Answer, by_status
from ringproof.adapters.push.client import exchange
from ringproof.adapters.push.generations import Generations
from ringproof.adapters.push.oauth import ServiceAccount
from ringproof.core.time import MINUTE, SECOND, Millis
from ringproof.ports import Clock, PushVerdict

_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_MARGIN: Millis = 5 * MINUTE


@dataclass(frozen=True, slots=True)
class AccessToken:
    """A bearer token and when it ends."""

    text: str = field(repr=False)
    expires_at: Millis


class AccessTokens:
    """
    Hand out the access token, fetched anew five minutes before it ends, one fetch at a time.

    A fetch may take *longest* seconds. While fetches fail, the old token serves until its very end.
    """

    def __init__(
        self, account: ServiceAccount, clients: Generations, clock: Clock, longest: float
    ) -> None:
        self._account = account
        self._clients = clients
        self._clock = clock
        self._longest = longest
        self._token: AccessToken | None = None
        self._fetching: asyncio.Task[AccessToken | Answer] | None = None

    async def get(self) -> AccessToken | Answer:
        """Return a token, or what the token endpoint answered instead."""
        token, now = self._token, self._clock.now()
        if token is not None and now < token.expires_at - _MARGIN:
            return token
        fetched = await self._fetch_once()
        if isinstance(fetched, Answer) and token is not None and now < token.expires_at:
            return token
        return fetched

    def discard(self, refused: AccessToken) -> None:
        """Forget a token that the service refused, unless another has come in the meantime."""
        if self._token == refused:
            self._token = None

    async def aclose(self) -> None:
        """Stop the fetch that is under way, if any."""
        if self._fetching is not None:
            self._fetching.cancel()
            await asyncio.wait([self._fetching])

    async def _fetch_once(self) -> AccessToken | Answer:
        """Join the fetch that is under way, or start one; it outlives whoever gives up waiting."""
        if self._fetching is None:
            self._fetching = asyncio.create_task(self._fetch())
            self._fetching.add_done_callback(self._forget_fetch)
        return await asyncio.shield(self._fetching)

    def _forget_fetch(self, _: asyncio.Task[AccessToken | Answer]) -> None:
        self._fetching = None

    async def _fetch(self) -> AccessToken | Answer:
        asked_at = self._clock.now()
        form = {"grant_type": _GRANT, "assertion": self._account.assertion(asked_at)}
        got: list[AccessToken] = []

        async def request(client: Client) -> Answer:
            response = await client.post(self._account.token_uri).form(form).build().send()
            read = _read(response.status, bytes(await response.bytes()), asked_at)
            if isinstance(read, AccessToken):
                got.append(read)
                return Answer(PushVerdict.ACCEPTED)
            return read

        answer = await exchange(self._clients, request, self._longest)
        if not got:
            return answer
        self._token = got[0]
        return got[0]


class _Granted(msgspec.Struct, frozen=True):
    access_token: str
    expires_in: int


class _Denied(msgspec.Struct, frozen=True):
    error: str = ""


def _read(status: int, body: bytes, asked_at: Millis) -> AccessToken | Answer:
    """Read the token endpoint's answer (RFC 6749 §5): any 400 is about our credential."""
    try:
        if status == 200:  # noqa: PLR2004
            granted = msgspec.json.decode(body, type=_Granted)
            return AccessToken(granted.access_token, asked_at + granted.expires_in * SECOND)
        denied = msgspec.json.decode(body, type=_Denied)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        denied = _Denied("garbage")
    reason = denied.error or f"status {status}"
    if status == 200:  # noqa: PLR2004
        return Answer(PushVerdict.UNAVAILABLE, reason, AGAIN)
    rule = by_status(status)
    credential = rule.verdict is PushVerdict.REJECTED
    return Answer(PushVerdict.CREDENTIAL if credential else rule.verdict, reason, rule.follow)
