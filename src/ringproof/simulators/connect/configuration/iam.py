"""IAM, as far as GetAccountAuthorizationDetails goes: the Query protocol, answered in XML."""

import uuid
from datetime import UTC, datetime
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ringproof.simulators.connect.configuration.iam_details import details
from ringproof.simulators.connect.configuration.pages import page
from ringproof.simulators.connect.configuration.xml import XML, document
from ringproof.simulators.connect.options import ConnectOptions
from ringproof.simulators.connect.refusals import STATUSES, Refused
from ringproof.simulators.connect.sigv4 import check_signature
from ringproof.simulators.faults import Answer

NAMESPACE = "https://iam.amazonaws.com/doc/2010-05-08/"
REGION = "us-east-1"  # IAM is global, and signed for there; but see _region
ACTION = "GetAccountAuthorizationDetails"
# What the other protocols' front end calls an error, in IAM's words.
CODES = {
    "MissingAuthenticationTokenException": "MissingAuthenticationToken",
    "IncompleteSignatureException": "IncompleteSignature",
    "UnrecognizedClientException": "InvalidClientTokenId",
    "InvalidSignatureException": "SignatureDoesNotMatch",
    "InvalidParameterException": "InvalidInput",
}


def iam_api(options: ConnectOptions) -> Starlette:
    """Serve the one operation."""

    async def serve(request: Request) -> Response:
        try:
            body = await request.body()
            check_signature(
                request,
                body,
                keys=options.access_keys,
                region=_region(request, options),
                now=datetime.now(UTC),
                service="iam",
            )
            said = {name: values[0] for name, values in parse_qs(body.decode()).items()}
            return _answer(options, said)
        except Refused as refused:
            status = STATUSES.get(refused.code, 400)
            return _error(CODES.get(refused.code, refused.code), refused.message, status)

    return Starlette(routes=[Route("/{path:path}", serve, methods=["POST"])])


def injected(_: str, fault: Answer) -> Response:
    """Answer with an injected error."""
    return _error(fault.reason or "ServiceFailure", "Injected fault.", fault.status)


def _region(request: Request, options: ConnectOptions) -> str:
    """Take the instance's Region as well: the SDK signs for its own where it is given an endpoint."""
    own = f"/{options.region}/iam/" in request.headers.get("authorization", "")
    return options.region if own else REGION


def _answer(options: ConnectOptions, said: dict[str, str]) -> Response:
    if said.get("Action") != ACTION:
        raise Refused("InvalidAction", f"Could not find operation {said.get('Action')}.")
    every = details(options)
    wanted = int(said.get("MaxItems", "100"))
    found, marker = page(every, said.get("Marker"), wanted, options.configuration.page)
    result: dict[str, XML] = {
        kind: [content for of, content in found if of == kind]
        for kind in ("UserDetailList", "GroupDetailList", "RoleDetailList", "Policies")
    }
    result["IsTruncated"] = "true" if marker else "false"
    if marker:
        result["Marker"] = marker
    answer: dict[str, XML] = {f"{ACTION}Result": result, "ResponseMetadata": _request_id()}
    return _xml(document(f"{ACTION}Response", NAMESPACE, answer))


def _error(code: str, message: str, status: int) -> Response:
    error: dict[str, XML] = {"Type": "Sender", "Code": code, "Message": message}
    return _xml(document("ErrorResponse", NAMESPACE, {"Error": error, **_request_id()}), status)


def _request_id() -> dict[str, XML]:
    return {"RequestId": str(uuid.uuid4())}


def _xml(text: bytes, status: int = 200) -> Response:
    return Response(text, status, media_type="text/xml")
