"""Routes for everybody: keys, health, photos, metrics."""

import re
from importlib.metadata import version

import msgspec
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.responses import Response

from ringproof.api.auth.callers import Operator
from ringproof.api.jwks import published
from ringproof.api.pictures import media_type
from ringproof.api.route import Ask, Audience, Route
from ringproof.api.wire.handsets import Jwks
from ringproof.api.wire.shape import Nothing
from ringproof.api.wire.wellknown import Health
from ringproof.core.errors import Code, Refused

_SHA256 = re.compile(r"[0-9a-f]{64}")
_VERSION = version("ringproof")

Anybody = Ask[None, Nothing]


async def jwks(ask: Anybody) -> Response:
    """Publish the bank's keys; a new one is published well before it signs."""
    keys = msgspec.json.encode(await published(ask.service.desk.ports.signer))
    headers = {"Cache-Control": "public, max-age=300", "Access-Control-Allow-Origin": "*"}
    return Response(keys, headers=headers, media_type="application/jwk-set+json")


async def health(ask: Anybody) -> Health:
    """Ask the store whether it answers and can write; DependencyDown says no."""
    await ask.service.desk.ports.store.check()
    return Health(status="ok", version=_VERSION)


async def photo(ask: Anybody) -> Response:
    """Serve an agent's photo by its hash: what it names can never change."""
    name = ask.path["sha256"]
    image = await ask.service.desk.ports.store.photo(name) if _SHA256.fullmatch(name) else None
    if image is None:
        raise Refused(Code.NOT_FOUND, "There is no such photo.")
    headers = {
        "Cache-Control": "public, max-age=31536000, immutable",
        "Access-Control-Allow-Origin": "*",  # phones fetch it and compare its hash
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    return Response(
        image, headers=headers, media_type=media_type(image) or "application/octet-stream"
    )


async def metrics(ask: Ask[Operator, Nothing]) -> Response:  # noqa: ARG001
    """Tell Prometheus the numbers."""
    return Response(generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})


_QUIET = frozenset({Code.INVALID_REQUEST})

ROUTES = (
    Route(
        method="GET", path="/.well-known/jwks.json", audience=Audience.PUBLIC, handle=jwks,
        answer=Jwks, media="application/jwk-set+json", codes=_QUIET,
        summary="The keys that sign proofs and answers",
    ),
    Route(
        method="GET", path="/healthz", audience=Audience.PUBLIC, handle=health, answer=Health,
        codes=_QUIET, summary="Whether it is well",
    ),
    Route(
        method="GET", path="/photos/{sha256}", audience=Audience.PUBLIC, handle=photo,
        answer=bytes, media="image/*", codes=_QUIET | {Code.NOT_FOUND}, summary="An agent's photo",
    ),
    Route(
        method="GET", path="/metrics", audience=Audience.METRICS, handle=metrics, answer=bytes,
        media="text/plain", codes=_QUIET, summary="Numbers for Prometheus",
    ),
)  # fmt: skip
