"""An OAuth 2.0 access token for a Google service account (RFC 7523)."""

import asyncio
from dataclasses import dataclass, field
from typing import Self

import msgspec
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from pyreqwest.client import Client

from ringproof.adapters.push.answer import AGAIN, Answer, by_status
from ringproof.adapters.push.client import exchange
from ringproof.adapters.push.deadline import ATTEMPT_SECONDS, whole_seconds
from ringproof.adapters.push.generations import Generations
from ringproof.core import jws
from ringproof.core.time import HOUR, MINUTE, SECOND, Millis
from ringproof.ports import Clock, PushVerdict

_SCOPE = "https://www.googleapis.com/auth/firebase.messaging"
_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_MARGIN: Millis = 5 * MINUTE


@dataclass(frozen=True, slots=True)
class ServiceAccount:
    """Who we are at Google, as in the JSON file that its console gives out."""

    project_id: str
    client_email: str
    token_uri: str
    private_key_id: str
    private_key: rsa.RSAPrivateKey = field(repr=False)

    @classmethod
    def from_json(cls, text: bytes) -> Self:
        """Read such a file; ValueError says what is wrong with it, without its contents."""
        try:
            written = msgspec.json.decode(text, type=_ServiceAccountFile)
        except msgspec.MsgspecError as error:
            raise ValueError("not a service account file") from error
        key = load_pem_private_key(written.private_key.encode(), password=None)
        if not isinstance(key, rsa.RSAPrivateKey):
            raise ValueError("the service account's key is not an RSA key")  # noqa: TRY004
        return cls(
            written.project_id,
            written.client_email,
            written.token_uri,
            written.private_key_id,
            key,
        )

    def assertion(self, now: Millis) -> str:
        """Sign that we are this account, for an hour, the longest that Google takes."""
        iat = whole_seconds(now)
        signed = jws.signing_input(
            {"alg": "RS256", "kid": self.private_key_id, "typ": "JWT"},
            {
                "iss": self.client_email,
                "scope": _SCOPE,
                "aud": self.token_uri,
                "iat": iat,
                "exp": iat + HOUR // SECOND,
            },
        )
        signature = self.private_key.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
        return jws.compact(signed, signature)


@dataclass(frozen=True, slots=True)
class AccessToken:
    """A bearer token and when it ends."""

    text: str = field(repr=False)
    expires_at: Millis


class AccessTokens:
    """
    Hand out the access token, fetched anew five minutes before it ends, one fetch at a time.

    While a fetch fails, the old token serves until its very end.
    """

    def __init__(self, account: ServiceAccount, clients: Generations, clock: Clock) -> None:
        self._account = account
        self._clients = clients
        self._clock = clock
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

        answer = await exchange(self._clients, request, ATTEMPT_SECONDS)
        if not got:
            return answer
        self._token = got[0]
        return got[0]


class _ServiceAccountFile(msgspec.Struct, frozen=True):
    project_id: str
    client_email: str
    private_key: str
    private_key_id: str = ""
    token_uri: str = "https://oauth2.googleapis.com/token"  # noqa: S105


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
    except msgspec.MsgspecError:
        denied = _Denied("garbage")
    reason = denied.error or f"status {status}"
    if status == 200:  # noqa: PLR2004
        return Answer(PushVerdict.UNAVAILABLE, reason, AGAIN)
    rule = by_status(status)
    credential = rule.verdict is PushVerdict.REJECTED
    return Answer(PushVerdict.CREDENTIAL if credential else rule.verdict, reason, rule.follow)
