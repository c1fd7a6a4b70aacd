"""What goes wrong between Connect and ringproof: answers lost, late or doubled, and a store that hiccups."""

import json
import random
from collections import Counter
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ringproof.core.errors import DependencyDown

_FUNCTIONS = "/2015-03-31/functions/"
_MOST_IN_A_ROW = 2
"""Connect tries a Lambda three times: a fault that passes lets one of them through."""

Hits = Counter[str]
"""How often each contact's function has been hit, by the weather and the store together."""


class Weather:
    """
    Stands before the API, and disturbs what Connect asks.

    A passing fault hits a contact twice at most; an *outage* hits every time.
    """

    def __init__(self, app: ASGIApp, chance: random.Random, share: float, hits: Hits) -> None:
        self._app = app
        self._chance = chance
        self._share = share
        self._hits = hits
        self.outage = False
        self.faults: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(_FUNCTIONS):
            await self._app(scope, receive, send)
            return
        body = await _read(receive)
        kind = self._fault(scope["path"] + _contact(body))
        if kind in ("fine", "answer lost"):
            await self._app(scope, _replay(body), send if kind == "fine" else _nowhere)
        if kind != "fine":
            self.faults[kind] += 1
            await _fail(send, 429 if kind == "throttled" else 500)

    def _fault(self, key: str) -> str:
        if self.outage:
            return self._chance.choice(["crashed", "throttled"])
        if self._hits[key] >= _MOST_IN_A_ROW or self._chance.random() >= self._share:
            return "fine"
        self._hits[key] += 1
        return self._chance.choice(["crashed", "throttled", "answer lost"])


class Hiccups:
    """A store whose gate fails now and then, before or after it has done its work."""

    def __init__(self, store: Any, chance: random.Random, share: float, hits: Hits) -> None:
        self._store = store
        self._chance = chance
        self._share = share
        self._hits = hits
        self.count = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    async def consume(self, question: Any, now: int) -> Any:
        when = self._chance.choice(["before", "after"]) if self._due(question.contact_id) else ""
        if when == "before":
            raise DependencyDown("store", "a hiccup")
        ruling = await self._store.consume(question, now)
        if when == "after":
            raise DependencyDown("store", "a hiccup")
        return ruling

    def _due(self, contact: str) -> bool:
        key = f"{_FUNCTIONS}gate/invocations{contact}"
        if self._hits[key] >= _MOST_IN_A_ROW or self._chance.random() >= self._share:
            return False
        self._hits[key] += 1
        self.count += 1
        return True


async def _read(receive: Receive) -> bytes:
    parts, more = [], True
    while more:
        message = await receive()
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts)


def _replay(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


async def _nowhere(_: Message) -> None:
    return


async def _fail(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def _contact(body: bytes) -> str:
    return str(json.loads(body)["Details"]["ContactData"]["ContactId"])
