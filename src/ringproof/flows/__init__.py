"""Connect's flows as they are deployed: files with placeholders, and the one way to fill them."""

from ringproof.flows.fill import PlaceholderRefused, fill
from ringproof.flows.read import NAMES, flow_file

__all__ = ["NAMES", "PlaceholderRefused", "fill", "flow_file"]
