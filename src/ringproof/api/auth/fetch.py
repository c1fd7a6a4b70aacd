"""Fetch an identity provider's documents."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
from pyreqwest.client import Client, ClientBuilder
from pyreqwest.exceptions import PyreqwestError

from ringproof.core.errors import DependencyDown

_PATIENCE = timedelta(seconds=5)
_LONGEST = 1024 * 1024
_OK = 200


class JsonFetcher:
    """GET for JSON documents; every failure is DependencyDown."""

    def __init__(self, ca_file: Path | None = None) -> None:
        builder = ClientBuilder().user_agent("ringproof").timeout(_PATIENCE)
        for certificate in _certificates(ca_file):
            builder = builder.add_root_certificate_pem(certificate)
        self._client: Client = builder.build()

    async def get(self, url: str) -> dict[str, Any]:
        """Return the document at *url*."""
        try:
            answer = await self._client.get(url).build().send()
            body = bytes(await answer.bytes())
        except PyreqwestError as error:
            raise DependencyDown("identity provider", f"{url}: {type(error).__name__}") from error
        if answer.status != _OK or len(body) > _LONGEST:
            raise DependencyDown("identity provider", f"{url}: status {answer.status}")
        try:
            return msgspec.json.decode(body, type=dict[str, Any])
        except ValueError as error:
            raise DependencyDown("identity provider", f"{url}: not JSON") from error

    async def aclose(self) -> None:
        """Let go of connections."""
        await self._client.close()


def _certificates(ca_file: Path | None) -> list[bytes]:
    if ca_file is None:
        return []
    end = b"-----END CERTIFICATE-----"
    return [part + end for part in ca_file.read_bytes().split(end)[:-1]]
