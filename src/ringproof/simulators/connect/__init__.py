"""Amazon Connect as its clients meet it, and the telephone network behind it."""

from ringproof.simulators.connect.instance import (
    Flow,
    Queue,
    RoutingProfile,
    SecurityProfile,
    User,
)
from ringproof.simulators.connect.options import ConnectOptions
from ringproof.simulators.connect.server import ConnectSimulator, serve

__all__ = [
    "ConnectOptions",
    "ConnectSimulator",
    "Flow",
    "Queue",
    "RoutingProfile",
    "SecurityProfile",
    "User",
    "serve",
]
