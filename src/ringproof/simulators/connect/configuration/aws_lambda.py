"""Lambda, as far as a function's resource policy goes: REST-JSON."""

import uuid
from datetime import UTC, datetime

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ringproof.simulators.connect.options import ConnectOptions
from ringproof.simulators.connect.refusals import Refused, error_response
from ringproof.simulators.connect.sigv4 import check_signature
from ringproof.simulators.faults import Answer

PATH = "/2015-03-31/functions/{FunctionName}/policy"


def lambda_api(options: ConnectOptions) -> Starlette:
    """Serve GetPolicy."""

    async def get_policy(request: Request) -> Response:
        try:
            check_signature(
                request,
                await request.body(),
                keys=options.access_keys,
                region=options.region,
                now=datetime.now(UTC),
                service="lambda",
            )
            return JSONResponse(_policy(options, request.path_params["FunctionName"]))
        except Refused as refused:
            return error_response(refused.code, refused.message)

    return Starlette(routes=[Route(PATH, get_policy, methods=["GET"])])


def injected(_: str, fault: Answer) -> Response:
    """Answer with an injected error."""
    return error_response(
        fault.reason or "ServiceException",
        "Injected fault.",
        status=fault.status,
        retry_after=fault.retry_after,
    )


def _policy(options: ConnectOptions, name: str) -> dict[str, str]:
    policy = options.configuration.policies.get(name)
    if policy is None:
        raise Refused("ResourceNotFoundException", "The resource you requested does not exist.")
    return {"Policy": policy, "RevisionId": str(uuid.uuid5(uuid.NAMESPACE_URL, policy))}
