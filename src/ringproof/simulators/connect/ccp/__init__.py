"""A Contact Control Panel of our own: what amazon-connect-streams finds behind `ccpUrl`."""

from ringproof.simulators.connect.ccp.routes import ccp_routes

__all__ = ["ccp_routes"]
