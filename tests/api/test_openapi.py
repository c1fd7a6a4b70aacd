"""The description is held to be true by asking everything that it describes."""

import json
import re

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.specs.openapi.checks import (
    ignored_auth,
    positive_data_acceptance,
    unsupported_method,
)

from ringproof.api.app import ROUTES
from tests.api.bank import Api


async def test_every_route_is_described(api: Api):
    document = (await api.ask("GET", "/openapi.json")).json

    described = {
        (method.upper(), path) for path, each in document["paths"].items() for method in each
    }
    assert document["openapi"] == "3.1.0"
    assert described == {(r.method, r.path) for r in ROUTES} | {("GET", "/openapi.json")}
    operations = [each for path in document["paths"].values() for each in path.values()]
    assert len({each["operationId"] for each in operations}) == len(operations)
    assert not re.search(r"\\\\Z", json.dumps(document))
