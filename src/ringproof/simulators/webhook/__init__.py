"""A bank's receiver of webhooks, which verifies as Standard Webhooks tells receivers to."""

from ringproof.simulators.webhook.server import WebhookOptions, WebhookSimulator

__all__ = ["WebhookOptions", "WebhookSimulator"]
