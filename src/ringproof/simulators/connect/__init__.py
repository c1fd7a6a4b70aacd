"""Amazon Connect as its clients meet it, and the telephone network behind it."""

from ringproof.simulators.connect.options import ConnectOptions, Queue
from ringproof.simulators.connect.server import ConnectSimulator, serve

__all__ = ["ConnectOptions", "ConnectSimulator", "Queue", "serve"]
