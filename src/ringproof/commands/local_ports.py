"""The ports of a whole bank on one machine."""

import dataclasses
import errno
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from ringproof.commands.screen import fail

HOST = "127.0.0.1"

_NOT_TO_BE_HAD = {errno.EADDRINUSE, errno.EADDRNOTAVAIL, errno.EACCES, errno.EAFNOSUPPORT}
"""What bind(2) and socket(2) answer for an address that we cannot listen on."""


@contextmanager
def listening_on(where: str, advice: str = "") -> Iterator[None]:
    """End the command with a sentence if *where* cannot be listened on; other errors go on."""
    try:
        yield
    except OSError as error:
        unknown = isinstance(error, socket.gaierror)
        # An error about a file names it; one about an address does not.
        if error.filename or not (unknown or error.errno in _NOT_TO_BE_HAD):
            raise
        fail(f"Cannot listen on {where}: {error.strerror}. {advice}".rstrip())


@dataclass(frozen=True, slots=True)
class LocalPorts:
    """One port for each server; APNs has two, for the provider and for the phones."""

    serve: int
    idp: int
    apns: int
    apns_device: int
    fcm: int
    connect: int

    @classmethod
    def from_base(cls, base: int) -> "LocalPorts":
        """Take six in a row."""
        return cls(*range(base, base + len(dataclasses.fields(cls))))

    @classmethod
    def free(cls) -> "LocalPorts":
        """Take any that are free now."""
        with ExitStack() as held:
            sockets = [
                held.enter_context(socket.create_server((HOST, 0))) for _ in dataclasses.fields(cls)
            ]
            return cls(*(each.getsockname()[1] for each in sockets))

    @property
    def dynamics(self) -> int:
        """Where `ringproof simulate dynamics` stands beside these; the demonstration starts none."""
        return self.serve + 8

    def taken(self) -> list[tuple[str, int]]:
        """Name those that somebody else listens on."""
        return [
            (each.name, port)
            for each in dataclasses.fields(self)
            if _taken(port := getattr(self, each.name))
        ]


def _taken(port: int) -> bool:
    try:
        socket.create_server((HOST, port)).close()
    except OSError:
        return True
    return False
