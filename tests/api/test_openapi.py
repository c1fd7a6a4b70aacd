"""The description is held to be true by asking everything that it describes."""

import asyncio
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from ringproof.api.app import ROUTES
from ringproof.api.auth.api_keys import Scope
from ringproof.api.openapi import openapi
from tests.api.bank import Api, open_api


async def test_every_route_is_described(api: Api):
    document = (await api.ask("GET", "/openapi.json")).json

    described = {
        (method.upper(), path) for path, each in document["paths"].items() for method in each
    }
    operations = [each for path in document["paths"].values() for each in path.values()]
    assert document["openapi"] == "3.1.0"
    assert described == {(r.method, r.path) for r in ROUTES} | {("GET", "/openapi.json")}
    assert len({each["operationId"] for each in operations}) == len(operations)
    assert "\\Z" not in json.dumps(document)


class Served:
    """The application in a thread of its own: schemathesis asks with blocking sockets."""

    def __init__(self, folder: Path) -> None:
        self.url = ""
        self.tokens: dict[str, str] = {}
        self._up = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._end = asyncio.Event()
        self._thread = threading.Thread(target=self._run, args=(folder,))

    def __enter__(self) -> Self:
        self._thread.start()
        self._up.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join()

    def _run(self, folder: Path) -> None:
        self._loop.run_until_complete(self._serve(folder))
        self._loop.close()

    async def _serve(self, folder: Path) -> None:
        try:
            async with open_api(folder) as api:
                self.url = api.url
                self.tokens = {
                    "agent": api.agent(),
                    "customer": api.customer(),
                    "supervisor": api.supervisor(),
                    "admin": api.admin(),
                    "connect": await api.key(Scope.CONNECT),
                    "metrics": await api.key(Scope.METRICS),
                }
                self._up.set()
                await self._end.wait()
        finally:
            self._up.set()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with Served(tmp_path_factory.mktemp("bank")) as running:
        yield running


@schemathesis.serializer("application/jose")
def as_it_is(_: object, value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


schema = schemathesis.openapi.from_dict(openapi(ROUTES, "http://127.0.0.1"))

# A well-formed request may still name a customer, a number or a token that means nothing to the bank.
_NOT_HELD_TO: list[Any] = [positive_data_acceptance]


@schema.parametrize()
@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_the_api_does_as_it_is_described(case: schemathesis.Case[Any], served: Served):
    tag = case.operation.definition.raw["tags"][0]
    token = served.tokens.get(tag)
    headers = {"Authorization": f"Bearer {token}"} if token else {}

    case.call_and_validate(base_url=served.url, headers=headers, excluded_checks=_NOT_HELD_TO)
