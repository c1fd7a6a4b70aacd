"""The management API that every simulator has: health, faults, and what was received."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ringproof.simulators.faults import FaultRefused, Faults
from ringproof.simulators.recording import RequestLog

NO_CONTENT = 204


def management_routes(faults: Faults, requests: RequestLog) -> list[Route]:
    """Serve `/healthz`, `/sim/faults` and `/sim/requests`."""
    return [Route("/healthz", _health), *_fault_routes(faults), *_request_routes(requests)]


async def _health(_: Request) -> Response:
    return JSONResponse({"status": "ok"})


def _fault_routes(faults: Faults) -> list[Route]:
    async def put(request: Request) -> Response:
        try:
            faults.inject_json(await request.body())
        except FaultRefused as refused:
            return JSONResponse({"error": str(refused)}, 400)
        return JSONResponse(faults.describe())

    async def get(_: Request) -> Response:
        return JSONResponse(faults.describe())

    async def delete(_: Request) -> Response:
        faults.clear()
        return Response(status_code=NO_CONTENT)

    return _resource("/sim/faults", PUT=put, GET=get, DELETE=delete)


def _request_routes(requests: RequestLog) -> list[Route]:
    async def get(_: Request) -> Response:
        return JSONResponse({"requests": requests.describe()})

    async def delete(_: Request) -> Response:
        requests.forget()
        return Response(status_code=NO_CONTENT)

    return _resource("/sim/requests", GET=get, DELETE=delete)


def _resource(path: str, **methods: Callable[[Request], Awaitable[Response]]) -> list[Route]:
    return [Route(path, endpoint, methods=[method]) for method, endpoint in methods.items()]
