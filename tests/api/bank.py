"""The application on a socket, with its identity provider: what tests of the API share."""

import dataclasses
import json
import uuid
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from pyreqwest.client import Client, ClientBuilder
from starlette.types import ASGIApp

from ringproof.api.app import create_app
from ringproof.api.auth.api_keys import Scope, new_api_key
from ringproof.api.auth.fetch import JsonFetcher
from ringproof.api.service import Service
from ringproof.core import jws
from ringproof.core.call import DialMode
from ringproof.core.keys import PublicKey, sign
from ringproof.settings import Settings
from ringproof.simulators.idp import IdpOptions, IdpSimulator
from ringproof.simulators.idp.minting import Wish
from ringproof.simulators.loopback import served
from ringproof.wiring import service_for
from tests import kit

DESK_APP, PHONE_APP = "desk", "phone"
TENANT = "t"


@dataclass(frozen=True)
class Reply:
    """An answer, read."""

    status: int
    headers: Mapping[str, str]
    raw: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.raw)

    @property
    def code(self) -> str:
        """The problem's code; a problem says so in its content type and repeats its status."""
        assert self.headers["content-type"] == "application/problem+json"
        assert self.json["status"] == self.status
        assert self.json["type"] == f"/problems/{self.json['code']}"
        assert self.json["instance"] == self.headers["x-request-id"]
        assert self.json["detail"].endswith((".", ")"))
        return str(self.json["code"])


@dataclass
class Api:
    """The application, and tokens for it."""

    house: kit.House
    service: Service
    app: ASGIApp
    idp: IdpSimulator
    url: str
    client: Client

    async def ask(
        self, method: str, path: str, *, token: str | None = None, body: Any = None, **headers: str
    ) -> Reply:
        """Send a request; bytes as they are, anything else as JSON."""
        request = self.client.request(method, self.url + path)
        if token:
            request = request.header("Authorization", f"Bearer {token}")
        if body is not None:
            raw = body if isinstance(body, bytes) else json.dumps(body).encode()
            headers = {"Content-Type": "application/json"} | _names(headers)
            request = request.body_bytes(raw)
        for name, value in _names(headers).items():
            request = request.header(name, value)
        answer = await request.build().send()
        heads = {name.lower(): value for name, value in answer.headers.items()}
        return Reply(answer.status, heads, bytes(await answer.bytes()))

    def agent(self, oid: str = "o1", **claims: Any) -> str:
        """An access token of an agent; o1 is Ayesha, o2 is Ben."""
        return self.idp.mint(Wish("staff", oid, claims, DESK_APP))

    def admin(self) -> str:
        return self.agent("o9", scp=None, roles=["admin"])

    def supervisor(self) -> str:
        return self.agent("o8", scp=None, roles=["supervisor"])

    def customer(self, customer_id: str = "c1", **claims: Any) -> str:
        return self.idp.mint(Wish("customers", customer_id, claims, PHONE_APP))

    async def key(self, *scopes: Scope, sources: tuple[str, ...] = ()) -> str:
        made, text = new_api_key(scopes, sources, self.house.clock.now())
        await self.house.store.add_api_key(made)
        return text

    async def place(self, token: str, path: str = "/send-push", **order: Any) -> Reply:
        return await self.ask("POST", path, token=token, body={"customerId": "c1", **order})


def _names(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def settings_for(idp: IdpSimulator, **changed: Any) -> Settings:
    """Settings that know this identity provider, and let a test ask as often as it likes."""
    known: dict[str, Any] = {
        "staff_issuer": idp.staff.url,
        "staff_tenant": TENANT,
        "staff_clients": (DESK_APP,),
        "customer_issuer": idp.customers.url,
        "customer_clients": (PHONE_APP,),
        "rate_agent": None,
        "rate_address": None,
        "rate_failed": None,
        "dial_mode": DialMode.AGENT,
    }
    return Settings(**(known | changed))


@asynccontextmanager
async def open_api(folder: Path, **changed: Any) -> AsyncIterator[Api]:
    """Open the small bank's API on a free port; *changed* are settings."""
    options = IdpOptions(port=0, tenant=TENANT, key_directory=folder / "idp")
    async with kit.house(folder) as house, IdpSimulator(options).running() as idp:
        settings = settings_for(idp, **changed)
        fetcher = JsonFetcher()
        service = service_for(settings, house.desk, fetcher)
        app = create_app(service)
        async with served(app, "127.0.0.1", 0) as url, ClientBuilder().build() as client:
            yield Api(house, service, app, idp, url, client)
        await fetcher.aclose()


class NewPhone:
    """A phone that is not enrolled yet."""

    def __init__(self) -> None:
        self.receipt_key = ec.generate_private_key(ec.SECP256R1())
        self.sealing_key = ec.generate_private_key(ec.SECP256R1())

    def enrolment(self, challenge: str, **changed: Any) -> bytes:
        claims = {
            "challenge": challenge,
            "platform": "ios",
            "appId": kit.APP,
            "pushService": "apns",
            "pushToken": uuid.uuid4().hex * 2,
            "sealingKey": PublicKey.of(self.sealing_key.public_key()).jwk(),
            "receiptKey": PublicKey.of(self.receipt_key.public_key()).jwk(),
        }
        signed = jws.signing_input({"alg": "ES256", "typ": "enrolment+jwt"}, claims | changed)
        return jws.compact(signed, sign(self.receipt_key, signed.encode())).encode()


def with_service(api: Api, **changed: Any) -> Service:
    return dataclasses.replace(api.service, **changed)
