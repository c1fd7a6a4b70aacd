"""The pages under `/ccp-v2`, which only an approved origin may put into a frame."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from ringproof.simulators.connect.ccp.agent import configuration
from ringproof.simulators.connect.exchange import Exchange

PAGE = Path(__file__).parent / "page"


def ccp_routes(exchange: Exchange) -> list[BaseRoute]:
    """Serve the panel, its script, and what it shows of an agent."""
    headers = {
        # Amazon's answers with its approved origins in the same way.
        "Content-Security-Policy": "default-src 'self'; frame-ancestors 'self' "
        + " ".join(exchange.options.configuration.origins),
        "Cache-Control": "no-cache",
    }

    async def page(_: Request) -> Response:
        return FileResponse(PAGE / "index.html", headers=headers)

    async def file(request: Request) -> Response:
        wanted = PAGE / request.path_params["name"]
        return FileResponse(wanted, headers=headers) if wanted.is_file() else Response(None, 404)

    async def agent(request: Request) -> Response:
        arn = request.query_params.get("agentArn")
        if not arn:
            return JSONResponse({"message": "agentArn is needed"}, 400)
        return JSONResponse(configuration(exchange.options, arn))

    return [
        Route("/ccp-v2", page),
        Route("/ccp-v2/", page),
        Route("/ccp-v2/agent", agent),
        Route("/ccp-v2/{name}", file),
    ]
