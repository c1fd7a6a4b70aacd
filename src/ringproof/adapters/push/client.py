"""The HTTP client of the push channels, and one exchange on it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from pathlib import Path

from pyreqwest.client import Client, ClientBuilder
from pyreqwest.exceptions import BuilderError, PyreqwestError, RequestTimeoutError

from ringproof.adapters.push.answer import ABANDON_CONNECTION, RECONNECT, Answer
from ringproof.adapters.push.generations import Generations
from ringproof.ports import PushVerdict

# Apple: keep connections open; a2 keeps idle ones for the same ten minutes. Nothing is sent on an
# idle connection, and after that the next push opens another.
_IDLE = timedelta(minutes=10)


def trusted(ca_file: Path | None) -> Sequence[bytes]:
    """Read the certificates of a PEM bundle, one by one as the client takes them; OSError if it cannot."""
    if ca_file is None:
        return ()
    end = b"-----END CERTIFICATE-----"
    return [part + end for part in ca_file.read_bytes().split(end)[:-1]]


def http2_client(certificates: Sequence[bytes]) -> Client:
    """Build a client that speaks HTTP/2 only, as APNs does, and offers only it in ALPN."""
    return _builder(certificates).http2_prior_knowledge().build()


def http_client(certificates: Sequence[bytes]) -> Client:
    """Build a client that speaks HTTP/2 where the server offers it."""
    return _builder(certificates).http2(enable=True).build()


def _builder(certificates: Sequence[bytes]) -> ClientBuilder:
    """Prepare a client that trusts the system's roots and *certificates*."""
    builder = (
        ClientBuilder()
        .user_agent("ringproof")
        .follow_redirects(enable=False)  # neither service redirects; a token goes nowhere else
        .pool_idle_timeout(_IDLE)
    )
    for certificate in certificates:
        builder = builder.add_root_certificate_pem(certificate)
    return builder


async def exchange(
    clients: Generations, request: Callable[[Client], Awaitable[Answer]], seconds: float
) -> Answer:
    """Make one request within *seconds*; failure is an answer, and may cost the connection."""
    async with clients.lend() as generation:
        try:
            async with asyncio.timeout(seconds):
                answer = await request(generation.client)
        except (PyreqwestError, TimeoutError) as error:
            answer = failed(error)
    follow = answer.follow
    # A service in trouble is met with patience: what waits before it retries may keep a young connection.
    if follow.fresh and not (follow.jitter and generation.young):
        await clients.replace(generation, answer.reason)
    return answer


def failed(error: PyreqwestError | TimeoutError) -> Answer:
    """
    Say what follows from an attempt that got no answer.

    Resets, GOAWAY and refused connections are tried again on a new connection of the same client,
    which never reuses a broken one. Silence costs the whole client: the pool cannot see it.
    """
    reason = type(error).__name__
    if isinstance(error, BuilderError):
        return Answer(PushVerdict.REJECTED, reason)
    if isinstance(error, TimeoutError | RequestTimeoutError):
        return Answer(PushVerdict.UNAVAILABLE, reason, ABANDON_CONNECTION)
    return Answer(PushVerdict.UNAVAILABLE, reason, RECONNECT)
