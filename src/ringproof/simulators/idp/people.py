"""Who can sign in, from a file that the operator writes."""

from pathlib import Path

import msgspec


class Staff(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A member of staff; `oid` is the object id, which with the tenant names the user."""

    oid: str
    name: str
    roles: tuple[str, ...] = ()
    agent_id: str | None = None
    username: str | None = None

    @property
    def id(self) -> str:
        """Tell the value that stands for the person on the login page."""
        return self.oid

    @property
    def details(self) -> str:
        """Tell what sets the person apart from a namesake."""
        return ", ".join(filter(None, (self.agent_id, *self.roles)))


class Customer(msgspec.Struct, frozen=True, kw_only=True):
    """A customer; `sub` is the customer id."""

    sub: str
    name: str

    @property
    def id(self) -> str:
        """Tell the value that stands for the person on the login page."""
        return self.sub

    @property
    def details(self) -> str:
        """Tell what sets the person apart from a namesake."""
        return self.sub


class People(msgspec.Struct, frozen=True):
    """Everybody."""

    staff: tuple[Staff, ...] = ()
    customers: tuple[Customer, ...] = ()


Person = Staff | Customer


def read_people(path: Path) -> People:
    """Read the people file; `msgspec.ValidationError` names the field that is wrong."""
    return msgspec.json.decode(path.read_bytes(), type=People)
