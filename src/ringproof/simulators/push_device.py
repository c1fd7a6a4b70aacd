"""Phones as a push service knows them: tokens, what waits for them, and the line to them."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

Frame = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """One message for a phone: *frame* is what it receives, *expires_at* in epoch seconds."""

    frame: Frame
    urgent: bool
    expires_at: float
    collapse: str | None = None


Keep = Callable[[list[Message], Message], list[Message]]


class Line:
    """The open connection to a phone; what could not be sent stays in *unsent*."""

    def __init__(self) -> None:
        self.unsent: deque[Message] = deque()
        self._news = asyncio.Event()
        self._closed = False

    def put(self, message: Message) -> None:
        """Hand over a message; it is sent in its turn."""
        self.unsent.append(message)
        self._news.set()

    def close(self) -> None:
        """Let `flow` end."""
        self._closed = True
        self._news.set()

    async def flow(self, send: Callable[[Frame], Awaitable[None]]) -> None:
        """Send messages until the line is closed."""
        while not self._closed:
            while self.unsent:
                await send(self.unsent[0].frame)
                self.unsent.popleft()
            await self._news.wait()
            self._news.clear()


@dataclass(eq=False, slots=True)
class Installation:
    """One app on one phone.

    *saving*: the phone dozes and takes only urgent messages. *demotes*: the
    service delivers its urgent messages as normal ones (FCM). *sender*: the
    project that may send to it (FCM). *ended*: why and when (epoch seconds)
    the token died.
    """

    token: str
    app: str
    sender: str = ""
    demotes: bool = False
    saving: bool = False
    line: Line | None = None
    waiting: list[Message] = field(default_factory=list)
    ended: tuple[str, float] | None = None


class Installations:
    """All installations of one push service, by token.

    *keep* says what waits for a phone after one more message must.
    """

    def __init__(
        self, *, new_token: Callable[[], str], keep: Keep, now: Callable[[], float]
    ) -> None:
        self._by_token: dict[str, Installation] = {}
        self._new_token, self._keep, self._now = new_token, keep, now

    def find(self, token: str) -> Installation | None:
        """Return the installation with this token, dead or alive."""
        return self._by_token.get(token)

    def register(self, app: str, token: str | None = None) -> Installation:
        """Resume a live installation of *app*, or make one with a token of its own."""
        known = self._by_token.get(token or "")
        if known and known.app == app and not known.ended:
            return known
        installation = Installation(self._new_token(), app)
        self._by_token[installation.token] = installation
        return installation

    def end(self, token: str, reason: str = "Unregistered") -> None:
        """Kill a token, as removing the app does; what waited for it is lost."""
        installation = self._by_token[token]
        installation.ended = (reason, self._now())
        installation.waiting = []
        if installation.line:
            installation.line.close()

    def push(self, to: Installation, message: Message) -> None:
        """Deliver a message now, or keep it for as long as it lives."""
        if to.line is not None and (message.urgent or not to.saving):
            to.line.put(message)
        else:
            self._store(to, message)

    def attach(self, to: Installation) -> Line:
        """Open the line to a phone, which ends a former one, and send what waited."""
        former, to.line = to.line, Line()
        if former:
            former.close()
            self._store_unsent(to, former)
        self.save_power(to, saving=False)
        return to.line

    def detach(self, from_: Installation, line: Line) -> None:
        """Note that a phone went away; what it did not get waits for it."""
        if from_.line is line:
            from_.line = None
            self._store_unsent(from_, line)

    def save_power(self, installation: Installation, *, saving: bool) -> None:
        """Let the phone doze, or wake it and send what waited."""
        installation.saving = saving
        if saving or not installation.line:
            return
        waiting, installation.waiting = installation.waiting, []
        for message in waiting:
            if message.expires_at > self._now():
                installation.line.put(message)

    def _store_unsent(self, to: Installation, line: Line) -> None:
        for message in line.unsent:
            self._store(to, message)

    def _store(self, to: Installation, message: Message) -> None:
        now = self._now()
        if message.expires_at > now and not to.ended:
            live = [waiting for waiting in to.waiting if waiting.expires_at > now]
            to.waiting = self._keep(live, message)
