"""The simulator as a whole: two issuers, served on one port."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from ringproof.simulators.faults import Answer, Faults
from ringproof.simulators.idp.authorize import authorize, log_out
from ringproof.simulators.idp.grants import Grants
from ringproof.simulators.idp.issuer import Issuer
from ringproof.simulators.idp.keys import SigningKeys
from ringproof.simulators.idp.minting import Wish, mint, mint_over_http
from ringproof.simulators.idp.options import IdpOptions
from ringproof.simulators.idp.token import token
from ringproof.simulators.loopback import CORS, served
from ringproof.simulators.management import management_routes
from ringproof.simulators.recording import RequestLog
from ringproof.simulators.vendor_side import VendorSide

NO_CONTENT = 204
Endpoint = Callable[[Request, Issuer], Awaitable[Response]]


class IdpSimulator:
    """The bank's OpenID provider for its staff, and the one for its customers."""

    def __init__(
        self,
        options: IdpOptions | None = None,
        *,
        clock: Callable[[], int] = lambda: int(time.time()),
    ) -> None:
        self.options = options or IdpOptions()
        self.faults = Faults()
        self.requests = RequestLog()
        self.url = ""
        self.keys = SigningKeys(self.options.key_directory)
        grants, people = Grants(clock), self.options.people

        def origin() -> str:
            return self.url

        common = (self.options, self.keys, grants, clock, origin)
        self.staff = Issuer("Staff sign-in", self.options.staff, people.staff, *common)
        self.customers = Issuer(
            "Customer sign-in", self.options.customers, people.customers, *common
        )

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator["IdpSimulator"]:
        """Serve until the block ends."""
        async with served(self._app(), self.options.host, self.options.port) as self.url:
            yield self

    def mint(self, wish: Wish) -> str:
        """Make an access token for a test in this process."""
        return mint(self._issuers()[wish.issuer], wish)

    def _issuers(self) -> dict[str, Issuer]:
        return {"staff": self.staff, "customers": self.customers}

    def _app(self) -> Starlette:
        async def sim_token(request: Request) -> Response:
            return await mint_over_http(request, self._issuers())

        async def rotate(_: Request) -> Response:
            self.keys.rotate()
            return Response(status_code=NO_CONTENT)

        provider = Starlette(routes=[*_routes(self.staff), *_routes(self.customers)])
        vendor = VendorSide(provider, faults=self.faults, requests=self.requests, shape=_shape)
        routes = [
            *management_routes(self.faults, self.requests),
            Route("/sim/token", sim_token, methods=["POST"]),
            Route("/sim/keys/rotate", rotate, methods=["POST"]),
            Mount("/", vendor),
        ]
        return Starlette(routes=routes, middleware=[CORS])


async def serve(options: IdpOptions) -> None:
    """Serve until cancelled."""
    async with IdpSimulator(options).running():
        await asyncio.Event().wait()


def _routes(issuer: Issuer) -> list[BaseRoute]:
    """Lay the endpoints out as Entra ID does."""
    folder = f"/{issuer.realm.folder}"

    async def discovery(_: Request) -> Response:
        return JSONResponse(issuer.discovery())

    async def keys(_: Request) -> Response:
        return JSONResponse(issuer.keys.published())

    def bound(endpoint: Endpoint) -> Callable[[Request], Awaitable[Response]]:
        async def call(request: Request) -> Response:
            return await endpoint(request, issuer)

        return call

    return [
        Route(f"{folder}/v2.0/.well-known/openid-configuration", discovery),
        Route(f"{folder}/discovery/v2.0/keys", keys),
        Route(f"{folder}/oauth2/v2.0/authorize", bound(authorize), methods=["GET", "POST"]),
        Route(f"{folder}/oauth2/v2.0/token", bound(token), methods=["POST"]),
        Route(f"{folder}/oauth2/v2.0/logout", bound(log_out)),
    ]


def _shape(_: str, fault: Answer) -> Response:
    body = {"error": fault.reason or "temporarily_unavailable"}
    headers = {"Retry-After": str(fault.retry_after)} if fault.retry_after is not None else None
    return JSONResponse(body, fault.status, headers)
