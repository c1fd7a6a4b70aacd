"""The organisation as a whole, on one port."""

import contextlib
import dataclasses
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from ringproof.simulators.dynamics.solution import Solution, import_solution
from ringproof.simulators.faults import Answer, Faults
from ringproof.simulators.loopback import CORS, served
from ringproof.simulators.management import management_routes
from ringproof.simulators.recording import RequestLog
from ringproof.simulators.vendor_side import VendorSide

_PAGES = Path(__file__).parent / "pages"


@dataclass(frozen=True)
class Record:
    """A row of the organisation's, with the columns that its form shows."""

    id: str
    name: str
    phone: str
    table: str = "contact"


SAMPLE = (
    Record("6513270e-269e-4d37-b2a7-4de452e6b438", "Amara Okafor", "+44 7700 900101"),
    Record("d23f0824-128b-4f33-8c5c-7fd0a6a3a450", "Noah Whitfield", "+44 20 7946 0511"),
    Record("9531985d-5d9d-49f8-9818-e811892f902b", "Layla Haddad", "+44 7700 900103", "lead"),
)


@dataclass(frozen=True)
class DynamicsOptions:
    """What was imported and set; *panel* is the Channel URL, *variables* have values by name."""

    solution: Path
    panel: str = "http://127.0.0.1:8400/dynamics/"
    variables: Mapping[str, str] = field(default_factory=dict)
    records: tuple[Record, ...] = SAMPLE
    host: str = "127.0.0.1"
    port: int = 8408


class DynamicsSimulator:
    """One organisation whose only user looks at one form."""

    def __init__(self, options: DynamicsOptions) -> None:
        self.options = options
        self.faults = Faults()
        self.requests = RequestLog()
        self.solution: Solution = import_solution(options.solution.read_bytes())
        self.url = ""

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator["DynamicsSimulator"]:
        """Serve until the block ends."""
        async with served(self._app(), self.options.host, self.options.port) as self.url:
            yield self

    async def web_resource(self, request: Request) -> Response:
        """Serve what was imported."""
        found = self.solution.web_resources.get(request.path_params["name"])
        if found is None:
            return Response(status_code=404)
        return Response(found.content, media_type=found.media_type)

    async def organisation(self, _: Request) -> Response:
        """Tell the page what is on record here."""
        return JSONResponse(self._described())

    async def begin(self, _: Request) -> Response:
        """Open the first record."""
        first = self.options.records[0]
        return RedirectResponse(f"/main.aspx?pagetype=entityrecord&etn={first.table}&id={first.id}")

    async def form(self, request: Request) -> Response:
        """Serve the page; its address says which record."""
        return await StaticFiles(directory=_PAGES).get_response("main.html", request.scope)

    def _described(self) -> dict[str, Any]:
        options = self.options
        values = {name: options.variables.get(name, "") for name in self.solution.variables}
        return {
            "panel": options.panel,
            "records": [dataclasses.asdict(each) for each in options.records],
            "commands": [dataclasses.asdict(each) for each in self.solution.commands],
            "variables": values,
        }

    def _app(self) -> Starlette:
        organisation = Starlette(
            routes=[
                Route("/", self.begin),
                Route("/main.aspx", self.form),
                Route("/organisation.json", self.organisation),
                Route("/WebResources/{name:path}", self.web_resource),
                Mount("/webresources/Widget", StaticFiles(directory=_PAGES / "Widget")),
                Mount("/pages", StaticFiles(directory=_PAGES)),
            ]
        )
        vendor = VendorSide(organisation, faults=self.faults, requests=self.requests, shape=_shape)
        routes = [*management_routes(self.faults, self.requests), Mount("/", vendor)]
        return Starlette(routes=routes, middleware=[CORS])


def _shape(_: str, fault: Answer) -> Response:
    return JSONResponse({"error": {"code": "0x80040217", "message": fault.reason}}, fault.status)
