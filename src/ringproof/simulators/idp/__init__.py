"""An OpenID provider with two issuers: the bank's staff and the bank's customers."""

from ringproof.simulators.idp.options import IdpOptions
from ringproof.simulators.idp.people import Customer, People, Staff, read_people
from ringproof.simulators.idp.server import IdpSimulator, serve

__all__ = [
    "Customer",
    "IdpOptions",
    "IdpSimulator",
    "People",
    "Staff",
    "read_people",
    "serve",
]
