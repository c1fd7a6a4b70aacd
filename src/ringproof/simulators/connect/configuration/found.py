"""What every description of a record is made of."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, TypeVar

from ringproof.simulators.connect.options import ConnectOptions
from ringproof.simulators.connect.refusals import Refused

Params = Mapping[str, Any]
Item = dict[str, Any]


class Named(Protocol):
    """A record with an id."""

    @property
    def id(self) -> str:
        """Name it."""


R = TypeVar("R", bound=Named)


def summary(options: ConnectOptions, kind: str, record_id: str, name: str) -> Item:
    """Write what a list says of a record."""
    return {"Id": record_id, "Arn": f"{options.instance_arn}/{kind}/{record_id}", "Name": name}


def find(records: Iterable[R], record_id: str) -> R:
    """Find a record by its id or ARN; Refused if there is none."""
    for each in records:
        if record_id == each.id or record_id.endswith(f"/{each.id}"):
            return each
    raise Refused("ResourceNotFoundException", f"{record_id} is not of this instance.")
