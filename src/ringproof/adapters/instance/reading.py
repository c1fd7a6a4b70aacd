"""One reading of an instance: what is asked, how far it is, and what would not be told."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from ringproof.adapters.instance.aws import Aws, Unanswered
from ringproof.core.instance import Unread
from ringproof.ports import Progress

T = TypeVar("T")
R = TypeVar("R")


class Reading:
    """Keeps a list of what could not be read; nothing that fails is left out of it."""

    def __init__(self, aws: Aws, instance_id: str, progress: Progress) -> None:
        self.aws, self.instance_id = aws, instance_id
        self._progress = progress
        self.unread: list[Unread] = []

    def ask(self, operation: str, key: str, **request: Any) -> Any:
        """Ask Connect about the instance."""
        return self.aws.ask("connect", operation, key, InstanceId=self.instance_id, **request)

    def all(self, operation: str, key: str, **request: Any) -> list[Any]:
        """Ask Connect for a whole list."""
        return self.aws.all("connect", operation, key, InstanceId=self.instance_id, **request)

    def part(self, what: str, read: Callable[[], R]) -> R | None:
        """Read a part; None, and a note of it, where it cannot be read."""
        try:
            return read()
        except Unanswered as silence:
            self.unread.append(Unread(what, silence.reason))
        except (LookupError, TypeError, AttributeError) as garbage:
            self.unread.append(Unread(what, f"the answer makes no sense: {garbage!r}"))
        return None

    def each(
        self, kind: str, items: Sequence[T], name: Callable[[T], str], read: Callable[[T], R]
    ) -> tuple[R, ...]:
        """Read one after another, saying how far it is; leave out, and note, what cannot be read."""
        found: list[R] = []
        for done, item in enumerate(items):
            self._progress(kind, done, len(items))
            one = self.part(f"{kind} {name(item)}", lambda item=item: read(item))  # type: ignore[misc]
            if one is not None:
                found.append(one)
        self._progress(kind, len(items), len(items))
        return tuple(found)
