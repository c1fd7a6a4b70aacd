"""OpenAPI 3.1, written from the routes and their structs."""

import re
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from importlib.metadata import version
from typing import Any

import msgspec
from msgspec import Struct

from ringproof.api.body import JOSE
from ringproof.api.problems import CONTENT_TYPE, PROBLEMS, Problem
from ringproof.api.route import Audience, Route
from ringproof.core.errors import Code

Json = dict[str, Any]

_REF = "#/components/schemas/{name}"
_PARAMETER = re.compile(r"\{(\w+)\}")
_UUID: Json = {"type": "string", "format": "uuid"}
_TEXT: Json = {"type": "string", "minLength": 1, "maxLength": 256}
_PATH: Mapping[str, Json] = {
    "callId": _UUID,
    "deviceId": _UUID,
    "customerId": _TEXT,
    "keyId": _TEXT,
    "contactId": _TEXT,
    "number": {"type": "integer", "minimum": 1, "maximum": 10**15},
    "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
}
_SECURITY: Mapping[Audience, Sequence[Json]] = {
    Audience.AGENT: ({"staff": []}, {"apiKey": []}),
    Audience.SUPERVISOR: ({"staff": []}, {"apiKey": []}),
    Audience.ADMIN: ({"staff": []}, {"apiKey": []}),
    Audience.CUSTOMER: ({"customer": []},),
    Audience.CONNECT: ({"apiKey": []},),
    Audience.METRICS: ({"apiKey": []}, {}),
    Audience.DEVICE: (),
    Audience.PUBLIC: (),
}
_BEARER = {"type": "http", "scheme": "bearer"}
_SCHEMES: Json = {
    "staff": {
        **_BEARER,
        "bearerFormat": "JWT",
        "description": "An access token of the staff's IdP.",
    },
    "customer": {**_BEARER, "bearerFormat": "JWT", "description": "Of the customers' IdP."},
    "apiKey": {**_BEARER, "description": "rpk_<id>_<secret>"},
}
_IDEMPOTENCY: Json = {
    "name": "Idempotency-Key",
    "in": "header",
    "schema": _UUID,
    "description": "A repeat with the same key gets the same call.",
}
_ACTING: Json = {
    "name": "Ringproof-Agent",
    "in": "header",
    "schema": _TEXT,
    "description": "Which agent a trusted server acts for (scope act_for_agents).",
}
_COMPACT: Json = {
    "type": "string",
    "pattern": r"^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{86}$",
}


def openapi(routes: Iterable[Route], server: str) -> Json:
    """Write the document."""
    routes = list(routes)
    named = [t for route in routes for t in (route.body, route.answer, route.query) if _struct(t)]
    kinds = list(dict.fromkeys([*named, Problem]))
    schemas, components = msgspec.json.schema_components(kinds, ref_template=_REF)
    by_kind = dict(zip(kinds, schemas, strict=True))
    paths: dict[str, Json] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(
            route, by_kind, components
        )
    document: Json = _portable(
        {
            "openapi": "3.1.0",
            "info": {"title": "ringproof", "version": version("ringproof")},
            "servers": [{"url": server}],
            "paths": paths,
            "components": {"schemas": components, "securitySchemes": _SCHEMES},
        }
    )
    return document


def _struct(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Struct)


def _operation(route: Route, schemas: Mapping[Any, Json], components: Json) -> Json:
    operation: Json = {
        "summary": route.summary,
        "description": (route.handle.__doc__ or "").strip(),
        "operationId": route.handle.__name__,
        "tags": [route.audience.value],
        "security": list(_SECURITY[route.audience]),
        "parameters": _parameters(route, components),
        "responses": _responses(route, schemas),
    }
    if body := _body(route, schemas):
        operation["requestBody"] = {"required": True, "content": body}
    return operation


def _parameters(route: Route, components: Json) -> list[Json]:
    path = [
        {"name": name, "in": "path", "required": True, "schema": _PATH[name]}
        for name in _PARAMETER.findall(route.path)
    ]
    headers = [_ACTING] if route.audience is Audience.AGENT else []
    if Code.IDEMPOTENCY_MISMATCH in route.codes:
        headers.append(_IDEMPOTENCY)
    return [*path, *_query(route, components), *headers]


def _query(route: Route, components: Json) -> list[Json]:
    if route.query is None:
        return []
    # The struct is the parameters: it is no schema that anything refers to.
    shape = components.pop(route.query.__name__)
    return [
        {"name": name, "in": "query", "required": name in shape.get("required", ()), "schema": each}
        for name, each in shape["properties"].items()
    ]


def _body(route: Route, schemas: Mapping[Any, Json]) -> Json | None:
    if route.signed:
        return {JOSE: {"schema": _COMPACT}}
    if route.body is None:
        return None
    schema = schemas.get(route.body, {"type": "object"})
    return {kind: {"schema": schema} for kind in route.takes if kind}


def _responses(route: Route, schemas: Mapping[Any, Json]) -> Json:
    by_status: dict[int, list[Code]] = {}
    for code in route.all_codes:
        by_status.setdefault(PROBLEMS[code][0], []).append(code)
    refused = {
        str(status): _problem(status, codes, schemas) for status, codes in sorted(by_status.items())
    }
    return {str(route.status): _success(route, schemas), **refused}


def _success(route: Route, schemas: Mapping[Any, Json]) -> Json:
    said: Json = {"description": HTTPStatus(route.status).phrase}
    if route.answer is bytes:
        return {**said, "content": {route.media: {}}}
    if route.answer is None:
        return said
    schema = schemas.get(
        route.answer, {"type": "object", "additionalProperties": {"type": "string"}}
    )
    return {**said, "content": {route.media: {"schema": schema}}}


def _problem(status: int, codes: Sequence[Code], schemas: Mapping[Any, Json]) -> Json:
    narrowed = {"properties": {"code": {"enum": [code.value for code in codes]}}}
    schema = {"allOf": [schemas[Problem], narrowed]}
    return {
        "description": f"{HTTPStatus(status).phrase}: {', '.join(codes)}",
        "content": {CONTENT_TYPE: {"schema": schema}},
    }


def _portable(value: Any) -> Any:
    r"""Spell the end of a pattern as ECMA-262 does: `$`, where Python needs `\Z`."""
    if isinstance(value, dict):
        return {
            name: each.replace(r"\Z", "$") if name == "pattern" and isinstance(each, str)
            else _portable(each)
            for name, each in value.items()
        }  # fmt: skip
    return [_portable(each) for each in value] if isinstance(value, list) else value
