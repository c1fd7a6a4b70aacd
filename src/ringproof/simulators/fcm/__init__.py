"""Firebase Cloud Messaging: its HTTP v1 API, the token endpoint before it, and the phones' side."""

from ringproof.simulators.fcm.oauth import ServiceAccount
from ringproof.simulators.fcm.simulator import FcmOptions, FcmSimulator, read_account, serve

__all__ = ["FcmOptions", "FcmSimulator", "ServiceAccount", "read_account", "serve"]
