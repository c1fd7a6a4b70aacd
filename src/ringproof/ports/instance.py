"""What tells us how the Connect instance is configured."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from ringproof.core.instance import Instance

Progress = Callable[[str, int, int], object]
"""Called with what is being read, how many of it are read, and of how many; from any thread."""


def untold(_what: str, _done: int, _of: int) -> None:
    """Tell nobody how far it is."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be read one by one: flows by id, functions by ARN, quotas by code."""

    flows: tuple[str, ...]
    functions: tuple[str, ...]
    quotas: tuple[str, ...]


class Configuration(Protocol):
    """The instance's configuration; reading it changes nothing."""

    async def read(self, wanted: Wanted, progress: Progress = untold) -> Instance:
        """
        Read everything; what could not be read is named in the result, and raises nothing.

        DependencyDown only where there is no way to ask at all, such as without a Region.
        """
