"""The services that an audit asks, through the SDK; imports it, so import this late."""

from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError

from ringproof.adapters.instance.config import InstanceConfig
from ringproof.adapters.instance.pace import Pace
from ringproof.adapters.instance.read_only import READS, only_reads

FAILURES = (BotoCoreError, ClientError, ResponseParserError, ValueError)
"""Everything that a call of the SDK raises; ValueError for a body that is not JSON."""

_ANSWERS = Config(
    # Reading twice does no harm, so throttling and lost answers are tried again.
    retries={"total_max_attempts": 4, "mode": "standard"},
    connect_timeout=3.0,
    read_timeout=15.0,
)


class Unanswered(Exception):  # noqa: N818
    """A service gave no answer that can be read; *code* is its own, if it had one."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


class Aws:
    """Four services, each held to reading and to the pace of its quota; for one thread."""

    def __init__(self, config: InstanceConfig) -> None:
        session = boto3.session.Session(region_name=config.region)
        urls: dict[str, str | None] = dict.fromkeys(READS, config.url)
        urls["connect"] = config.url or config.connect_url
        new: Any = session.client  # the stubs know no name made of a variable
        self._clients = {
            name: only_reads(new(name, endpoint_url=url, config=_ANSWERS), name)
            for name, url in urls.items()
        }
        self._pace = Pace(config.rate)

    def ask(self, service: str, operation: str, key: str, **request: Any) -> Any:
        """Call, and return what the answer has under *key*; raise Unanswered where it has nothing."""
        answer = self.answer(service, operation, **request)
        if key not in answer:
            raise Unanswered("", f"the answer has no {key}")
        return answer[key]

    def answer(self, service: str, operation: str, **request: Any) -> dict[str, Any]:
        """Call, and return the whole answer; raise Unanswered."""
        client = self._clients[service]
        self._pace.keep(f"{service}:{operation}")
        try:
            answer: dict[str, Any] = getattr(client, _method(client, operation))(**request)
        except FAILURES as error:
            raise _unanswered(error) from error
        return answer

    def all(
        self, service: str, operation: str, key: str, marker: str = "NextToken", **request: Any
    ) -> list[Any]:
        """Call until there is no more, and return the whole list; raise Unanswered, and never a part."""
        found: list[Any] = []
        for page in self.pages(service, operation, marker, **request):
            if key not in page:
                raise Unanswered("", f"the answer has no {key}")
            found += page[key]
        return found

    def pages(
        self, service: str, operation: str, marker: str = "NextToken", **request: Any
    ) -> list[dict[str, Any]]:
        """Call until there is no more, and return the answers; raise Unanswered, and never a part."""
        found: list[dict[str, Any]] = []
        following: dict[str, str] = {}
        while True:
            found.append(self.answer(service, operation, **request, **following))
            after = found[-1].get(marker)
            if not after:
                return found
            if following == {marker: after}:
                raise Unanswered("", "the same page comes again and again")
            following = {marker: after}


def _unanswered(error: Exception) -> Unanswered:
    if isinstance(error, ClientError):
        said = error.response.get("Error", {})
        code = said.get("Code", "")
        return Unanswered(code, f"{code}: {said.get('Message', '')}")
    return Unanswered("", f"{type(error).__name__}: {error}")


def _method(client: Any, operation: str) -> str:
    names: dict[str, str] = client.meta.method_to_api_mapping
    return next(method for method, name in names.items() if name == operation)
