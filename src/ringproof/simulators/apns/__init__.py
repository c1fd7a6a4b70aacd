"""Apple Push Notification service: the provider API on HTTP/2 with TLS, and the phones' side."""

from ringproof.simulators.apns.simulator import ApnsOptions, ApnsSimulator, serve

__all__ = ["ApnsOptions", "ApnsSimulator", "serve"]
