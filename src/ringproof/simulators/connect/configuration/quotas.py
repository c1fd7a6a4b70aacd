"""Service Quotas, as far as Connect's go: AWS JSON 1.1."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ringproof.simulators.connect.configuration.pages import page
from ringproof.simulators.connect.options import ConnectOptions
from ringproof.simulators.connect.refusals import STATUSES, Refused
from ringproof.simulators.connect.sigv4 import check_signature
from ringproof.simulators.faults import Answer

CALLS = "L-12AB7C57"
RATES = {
    "L-4E9BCC96": "StartOutboundVoiceContact",
    "L-650BD10F": "StopContact",
    "L-371095B8": "DescribeContact",
}
LONGEST = 100
Said = Mapping[str, Any]


def quotas_api(options: ConnectOptions) -> Starlette:
    """Serve ListServiceQuotas and GetAWSDefaultServiceQuota."""

    async def serve(request: Request) -> Response:
        try:
            body = await request.body()
            check_signature(
                request,
                body,
                keys=options.access_keys,
                region=options.region,
                now=datetime.now(UTC),
                service="servicequotas",
            )
            return _json(_operation(request)(options, json.loads(body)))
        except Refused as refused:
            return _error(refused.code, refused.message, STATUSES.get(refused.code, 400))

    return Starlette(routes=[Route("/{path:path}", serve, methods=["POST"])])


def injected(_: str, fault: Answer) -> Response:
    """Answer with an injected error, its code in the body as JSON 1.1 has it."""
    return _error(fault.reason or "ServiceException", "Injected fault.", fault.status)


def _list(options: ConnectOptions, said: Said) -> dict[str, Any]:
    """List the applied values; a quota that only has its default is not among them."""
    _check_service(said)
    level = said.get("QuotaAppliedAtLevel", "ACCOUNT")
    applied = [
        each
        for each in _quotas(options)
        if each["QuotaCode"] not in options.configuration.default_only
        and level in ("ALL", each["QuotaAppliedAtLevel"])
    ]
    longest = min(LONGEST, options.configuration.page)
    found, token = page(applied, said.get("NextToken"), said.get("MaxResults", LONGEST), longest)
    return {"Quotas": list(found), **({"NextToken": token} if token else {})}


def _default(options: ConnectOptions, said: Said) -> dict[str, Any]:
    _check_service(said)
    for each in _quotas(options):
        if each["QuotaCode"] == said.get("QuotaCode"):
            return {"Quota": {**each, "Value": 10.0 if each["QuotaCode"] == CALLS else 2.0}}
    raise Refused("NoSuchResourceException", "The request failed: no such quota.")


OPERATIONS: Mapping[str, Callable[[ConnectOptions, Said], dict[str, Any]]] = {
    "ListServiceQuotas": _list,
    "GetAWSDefaultServiceQuota": _default,
}


def _operation(request: Request) -> Callable[[ConnectOptions, Said], dict[str, Any]]:
    _, _, name = request.headers.get("x-amz-target", "").rpartition(".")
    if name not in OPERATIONS:
        raise Refused("UnknownOperationException", "")
    return OPERATIONS[name]


def _quotas(options: ConnectOptions) -> list[dict[str, Any]]:
    """Concurrent calls are an instance's, requests a second are the account's."""
    context = {
        "ContextScope": "RESOURCE",
        "ContextScopeType": "AWS::Connect::Instance",
        "ContextId": options.instance_arn,
    }
    calls = _quota(
        CALLS, "Concurrent active calls per instance", options.concurrent_calls, "RESOURCE"
    )
    rates = [
        _quota(code, f"Rate of {name} API requests", options.requests_per_second, "ACCOUNT")
        for code, name in RATES.items()
    ]
    return [{**calls, "QuotaContext": context}, *rates]


def _quota(code: str, name: str, value: float, level: str) -> dict[str, Any]:
    return {
        "ServiceCode": "connect",
        "ServiceName": "Amazon Connect",
        "QuotaCode": code,
        "QuotaName": name,
        "Value": float(value),
        "Unit": "None",
        "Adjustable": True,
        "GlobalQuota": False,
        "QuotaAppliedAtLevel": level,
    }


def _check_service(said: Said) -> None:
    if said.get("ServiceCode") != "connect":
        raise Refused("NoSuchResourceException", "The request failed: no such service.")


def _json(content: dict[str, Any], status: int = 200) -> Response:
    return JSONResponse(content, status, media_type="application/x-amz-json-1.1")


def _error(code: str, message: str, status: int) -> Response:
    return _json({"__type": code, "Message": message}, status)
