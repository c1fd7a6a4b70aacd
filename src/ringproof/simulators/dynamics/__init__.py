"""A form of Dynamics 365 with a command bar and a docked panel, into which a solution was imported."""

from ringproof.simulators.dynamics.server import DynamicsOptions, DynamicsSimulator, Record

__all__ = ["DynamicsOptions", "DynamicsSimulator", "Record"]
