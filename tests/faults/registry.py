"""The faults that docs/errors.md speaks of, by name, each with how it is brought about."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from tests.faults.rig import Rig, Told

Story: TypeAlias = Callable[[Rig], Awaitable[Told]]
"""Brings a fault about, has an agent meet it, and returns what the agent was told."""

FAULTS: dict[str, Story] = {}


def fault(name: str) -> Callable[[Story], Story]:
    """Enter a story under the name that its row has."""

    def enter(story: Story) -> Story:
        assert name not in FAULTS, f"two faults are called {name}"
        FAULTS[name] = story
        return story

    return enter
