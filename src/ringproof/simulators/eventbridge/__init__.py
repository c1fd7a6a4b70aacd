"""Amazon EventBridge, as far as PutEvents goes."""

from ringproof.simulators.eventbridge.server import EventBridgeOptions, EventBridgeSimulator

__all__ = ["EventBridgeOptions", "EventBridgeSimulator"]
