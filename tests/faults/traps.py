"""Ports that end their process, by SIGKILL, at one named point in the life of a call."""

import os
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from ringproof.core.call import CallState
from ringproof.core.seal import SealedType
from ringproof.ports import Ports

ACTS = (
    "open_call", "sign", "push", "note", "record_receipt", "advance to announced",
    "advance to dialed", "dial", "bind_contact", "advance to connected", "advance to ended",
    "end notice", "end_noticed",
)  # fmt: skip
"""In the order in which a call that the server dials meets them."""
BY_BROWSER = ("consume",)
"""What only a call meets that the agent's browser dials."""


@dataclass(frozen=True)
class Point:
    """Just before, or just after, an act is done for the first time."""

    when: str
    act: str

    def __str__(self) -> str:
        return f"{self.when} {self.act}"

    @classmethod
    def read(cls, text: str) -> "Point":
        return cls(*text.split(" ", 1))


def points(*acts: str) -> list[Point]:
    return [Point(when, act) for act in acts for when in ("before", "after")]


def armed(point: Point) -> Callable[[Ports], Ports]:
    """Put the trap around the ports."""

    def around(ports: Ports) -> Ports:
        def trapped(port: Any) -> Any:
            return Trapped(port, point)

        channels = {service: trapped(channel) for service, channel in ports.push.items()}
        return replace(
            ports, store=trapped(ports.store), signer=trapped(ports.signer),
            dialer=trapped(ports.dialer), push=channels,
        )  # fmt: skip

    return around


class Trapped:
    """A port like the one inside, but for the one point."""

    def __init__(self, inside: object, point: Point) -> None:
        self._inside = inside
        self._point = point

    def __getattr__(self, name: str) -> Any:
        inside = getattr(self._inside, name)
        if name not in _ACTS:
            return inside

        async def act(*args: Any, **kwargs: Any) -> Any:
            called = _ACTS[name](args, kwargs)
            self._die_at(Point("before", called))
            result = await inside(*args, **kwargs)
            self._die_at(Point("after", called))
            return result

        return act

    def _die_at(self, point: Point) -> None:
        if point == self._point:
            os.kill(os.getpid(), signal.SIGKILL)


def _itself(name: str) -> Callable[[Any, Any], str]:
    return lambda _args, _kwargs: name


def _advance(_: Any, kwargs: Mapping[str, Any]) -> str:
    return f"advance to {cast(CallState, kwargs['to'])}"


def _push(args: Any, _: Any) -> str:
    return "push" if args[0].type is SealedType.CALL_VERIFICATION else "end notice"


_ACTS: Mapping[str, Callable[[Any, Any], str]] = {
    **{name: _itself(name) for name in (
        "open_call", "sign", "note", "record_receipt", "dial", "bind_contact", "consume",
        "end_noticed",
    )},
    "advance": _advance,
    "push": _push,
}  # fmt: skip
