"""A browser and a client for the tests of the OpenID provider."""

import contextlib
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet
from pyreqwest.client import Client, ClientBuilder
from pyreqwest.response import Response

from ringproof.simulators.idp import Customer, IdpOptions, IdpSimulator, People, Staff
from ringproof.simulators.idp.grants import s256
from ringproof.simulators.idp.issuer import Issuer

AYESHA = Staff(oid="oid-1", name="Ayesha Khan", roles=("agent",), agent_id="a1")
SAM = Staff(oid="oid-2", name='Sam "<b>" Lee', roles=("supervisor", "admin"), agent_id="a2")
CARA = Customer(sub="c1", name="Cara Jones")
DESK = "http://127.0.0.1:5173/"
PHONE = "http://127.0.0.1:5174/?app=1"
VERIFIER = "v" * 43
API_SCOPE = "openid profile offline_access api://ringproof/VerifiedCall.Start"


class Now:
    """A clock that a test moves by hand."""

    def __init__(self) -> None:
        self.at = 1_800_000_000

    def __call__(self) -> int:
        return self.at


@contextlib.asynccontextmanager
async def provider(keys: Path, clock: Callable[[], int] | None = None) -> AsyncIterator[Any]:
    options = IdpOptions(
        port=0,
        people=People(staff=(AYESHA, SAM), customers=(CARA,)),
        staff_clients={"desk": (DESK,), "other": (DESK,)},
        customer_clients={"phone": (PHONE,)},
        key_directory=keys,
    )
    sim = IdpSimulator(options, clock=clock) if clock else IdpSimulator(options)
    async with sim.running():
        yield sim


class Browser:
    """Keeps one cookie and follows no redirect by itself."""

    def __init__(self, client: Client, issuer: Issuer) -> None:
        self.client, self.issuer = client, issuer
        self.cookie: str | None = None

    async def open(self, person: str | None = None, **changes: str | None) -> Response:
        asked: dict[str, str | None] = {
            "client_id": "desk",
            "redirect_uri": DESK,
            "response_type": "code",
            "scope": API_SCOPE,
            "state": "s",
            "nonce": "n",
            "code_challenge": s256(VERIFIER),
            "code_challenge_method": "S256",
            **changes,
        }
        query = urlencode({name: value for name, value in asked.items() if value is not None})
        url = f"{self.issuer.discovery()['authorization_endpoint']}?{query}"
        request = self.client.post(url) if person is not None else self.client.get(url)
        if person is not None:
            request = request.body_text(urlencode({"person": person}))
        if self.cookie:
            request = request.header("Cookie", self.cookie)
        answer = await request.build().send()
        if given := answer.get_header("set-cookie"):
            self.cookie = given.split(";")[0]
        return answer

    async def redeem(self, **changes: str) -> tuple[int, dict[str, Any]]:
        form = {
            "grant_type": "authorization_code",
            "client_id": "desk",
            "redirect_uri": DESK,
            "code_verifier": VERIFIER,
            **changes,
        }
        url = self.issuer.discovery()["token_endpoint"]
        answer = await self.client.post(url).body_text(urlencode(form)).build().send()
        return answer.status, await answer.json()

    async def sign_in(self, person: str, **changes: str | None) -> str:
        return came_back(await self.open(person, **changes))["code"]


@contextlib.asynccontextmanager
async def browser(issuer: Issuer) -> AsyncIterator[Browser]:
    async with ClientBuilder().follow_redirects(enable=False).build() as client:
        yield Browser(client, issuer)


def came_back(answer: Response) -> dict[str, str]:
    assert answer.status == 303, answer.status
    target = urlsplit(answer.get_header("location") or "")
    return {name: values[0] for name, values in parse_qs(target.query).items()}


async def read(issuer: Issuer, token: str) -> dict[str, Any]:
    """Verify a token as a client does: by the published keys and nothing else."""
    async with ClientBuilder().build() as client:
        published = await client.get(issuer.discovery()["jwks_uri"]).build().send()
        keys = KeySet.import_key_set(json.loads(await published.text()))
    return dict(jwt.decode(token, keys, algorithms=["RS256"]).claims)
