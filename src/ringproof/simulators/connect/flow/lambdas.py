"""Invoking a Lambda from a flow (admin guide, "connect-lambda-functions")."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pyreqwest.client import Client
from pyreqwest.exceptions import RequestError

from ringproof.simulators.connect.flow.effects import Done, Failed, Outcome

MOST_TRIES = 3
LARGEST_REPLY = 32 * 1024
RETRIED_FROM = 500
TOO_MANY = 429
OK = 200
PREFIX = "ringproof-"  # what a deployment may put before the functions' names


@dataclass(frozen=True)
class Lambdas:
    """Functions behind one URL, which answers as Lambda's own API does.

    Without a URL there is no function. Connect's limits: `longest_try_ms` caps what a flow asks for,
    and all tries of one invocation have `total_ms`.
    """

    client: Client
    url: str | None
    key: str
    longest_try_ms: int
    total_ms: int

    async def invoke(self, arn: str, event: Mapping[str, Any], limit_ms: int) -> Outcome:
        """Invoke a function; throttles, 5xx, function errors and silence are tried again."""
        if self.url is None:
            return Failed()
        url = f"{self.url}/2015-03-31/functions/{function_name(arn)}/invocations"
        try:
            async with asyncio.timeout(self.total_ms / 1000):
                for _ in range(MOST_TRIES):
                    if outcome := await self._try(url, event, min(limit_ms, self.longest_try_ms)):
                        return outcome
        except TimeoutError:
            return Failed()
        return Failed()

    async def _try(self, url: str, event: Mapping[str, Any], limit_ms: int) -> Outcome | None:
        request = self.client.post(url).bearer_auth(self.key).body_json(dict(event))
        try:
            async with asyncio.timeout(limit_ms / 1000):
                answer = await request.build().send()
                body = bytes(await answer.bytes())
        except (RequestError, TimeoutError):
            return None
        failed = answer.get_header("x-amz-function-error") is not None
        return read(answer.status, body, failed=failed)


def function_name(arn: str) -> str:
    """Name a function by its ARN, `arn:aws:lambda:…:function:<name>[:<alias>]`."""
    return arn.split(":")[6].removeprefix(PREFIX)


def read(status: int, body: bytes, *, failed: bool = False) -> Outcome | None:
    """Read a STRING_MAP reply; anything else is a failure, and None asks for another try."""
    if failed or status == TOO_MANY or status >= RETRIED_FROM:
        return None
    if status != OK or len(body) > LARGEST_REPLY:
        return Failed()
    try:
        reply = json.loads(body)
    except ValueError:
        return Failed()
    flat = isinstance(reply, dict) and all(isinstance(value, str) for value in reply.values())
    return Done(reply) if flat else Failed()
