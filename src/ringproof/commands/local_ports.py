"""The ports of a whole bank on one machine."""

import dataclasses
import socket
from contextlib import ExitStack
from dataclasses import dataclass

HOST = "127.0.0.1"


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
