"""The FCM simulator as a whole, on one port."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Mount, Route

from ringproof.simulators.faults import Answer, Faults
from ringproof.simulators.fcm.errors import injected
from ringproof.simulators.fcm.oauth import AccessTokens, GrantRefused, ServiceAccount
from ringproof.simulators.fcm.service import FcmService, keep, new_token
from ringproof.simulators.jws import public_key
from ringproof.simulators.loopback import CORS, served
from ringproof.simulators.management import management_routes
from ringproof.simulators.push_device import Installations
from ringproof.simulators.push_socket import device_route
from ringproof.simulators.recording import MOST_KEPT, RequestLog
from ringproof.simulators.vendor_side import VendorSide

TOKEN_PATH = "/token"  # noqa: S105 (a path)


@dataclass(frozen=True)
class FcmOptions:
    """Who may send; port 0 takes any free one, *kept_requests* 0 records none, *now* in seconds."""

    accounts: tuple[ServiceAccount, ...]
    host: str = "127.0.0.1"
    port: int = 0
    kept_requests: int = MOST_KEPT
    now: Callable[[], float] = field(default=time.time)


@dataclass(frozen=True)
class FcmEndpoint:
    """Where a running simulator is; the phones' side has the same URL."""

    url: str
    token_url: str


class FcmSimulator:
    """FCM on this machine; its parts are there for tests in the same process."""

    def __init__(self, options: FcmOptions) -> None:
        self.options = options
        self.faults = Faults()
        self.requests = RequestLog(options.kept_requests)
        self.installations = Installations(new_token=new_token, keep=keep, now=options.now)
        accounts = {account.email: account for account in options.accounts}
        self.access_tokens = AccessTokens(accounts, options.now)
        self.service = FcmService(
            projects=frozenset(account.project for account in options.accounts),
            now=options.now,
            access_tokens=self.access_tokens,
            installations=self.installations,
        )

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[FcmEndpoint]:
        """Serve until the block ends."""
        async with served(self._app(), self.options.host, self.options.port) as url:
            yield FcmEndpoint(url, url + TOKEN_PATH)

    def _app(self) -> Starlette:
        google = Starlette(
            routes=[
                Route(TOKEN_PATH, self.access_tokens.endpoint, methods=["POST"]),
                Route("/v1/projects/{project}/messages:send", self.service.send, methods=["POST"]),
            ]
        )
        vendor = VendorSide(google, faults=self.faults, requests=self.requests, shape=_shape)
        routes = [
            *management_routes(self.faults, self.requests),
            device_route(self.installations, self.service.admit),
            Mount("/", vendor),
        ]
        return Starlette(routes=routes, middleware=[CORS])


async def serve(options: FcmOptions) -> None:
    """Serve until cancelled."""
    async with FcmSimulator(options).running():
        await asyncio.Event().wait()


class AccountFile(msgspec.Struct):
    """What is of use in the JSON file that Google gives out for a service account."""

    client_email: str
    project_id: str
    private_key: str


def read_account(path: Path) -> ServiceAccount:
    """Read a service account's file; only the public half of its key is kept."""
    account = msgspec.json.decode(path.read_bytes(), type=AccountFile)
    key = public_key(account.private_key.encode())
    return ServiceAccount(account.client_email, account.project_id, key)


def _shape(path: str, fault: Answer) -> Response:
    if path == TOKEN_PATH:
        response = GrantRefused(fault.reason or "internal_failure", "").response()
        response.status_code = fault.status
        if fault.retry_after is not None:
            response.headers["retry-after"] = str(fault.retry_after)
        return response
    return injected(fault.status, fault.reason).response(fault.retry_after)
