"""
A customer's handset in software: real keys, real pushes, the same verification as a phone's app.

It learns of calls through its push service alone. The demo, the bench and the fault tests use it.
"""

import asyncio
import contextlib
import json
import time
import uuid
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from pyreqwest.exceptions import RequestError
from websockets.exceptions import ConnectionClosed

from ringproof.commands.diary import Diary
from ringproof.commands.handset_identity import Enrolled, Keys, Outside, enrol
from ringproof.commands.wire import Line, Problem, ask, line
from ringproof.core import passport, seal, status, update
from ringproof.core.call import CallId
from ringproof.core.errors import Refused
from ringproof.core.passport import Announcement
from ringproof.core.receipt import RECEIPT_TYP, Evt
from ringproof.core.seal import SealedType
from ringproof.core.time import SECOND, Millis
from ringproof.core.update import CallUpdate

VERIFIED, REFUSED, UPDATED, RECEIPTED = "verified", "refused", "updated", "receipted"


class Handset:
    """
    One enrolled device.

    Its diary has VERIFIED and UPDATED about a call, REFUSED with the code of what was wrong, and
    RECEIPTED about a call once the server took a receipt.
    """

    def __init__(self, outside: Outside, keys: Keys, enrolled: Enrolled, diary: Diary) -> None:
        self._outside, self._keys, self.enrolled = outside, keys, enrolled
        self.diary = diary
        self.announcements: dict[CallId, Announcement] = {}
        self.updates: dict[CallId, CallUpdate] = {}

    async def listen(self, pushes: Line) -> None:
        """Take pushes until the service hangs up."""
        with contextlib.suppress(ConnectionClosed):
            while True:
                message = await pushes.receive()
                if message["type"] == "push":
                    await self.take(content(message))

    async def take(self, pushed: Mapping[str, Any]) -> None:
        """Open, verify and acknowledge what the app was pushed; what does not verify goes to the diary."""
        try:
            kind = SealedType(str(pushed.get("type")))
            token = self._opened(kind, str(pushed.get("sealed")))
            if kind is SealedType.CALL_VERIFICATION:
                await self._announced(token)
            elif kind is SealedType.CALL_UPDATE:
                self._updated(token)
        except (Refused, ValueError) as refused:
            code = refused.code.value if isinstance(refused, Refused) else "wrong_type"
            self.diary.note(REFUSED, detail=code)

    async def receipt(self, announcement: Announcement, evt: Evt) -> Any:
        """Tell the server what happened on this device; return its answer."""
        claims = {
            "cid": announcement.cid, "dev": self.enrolled.device_id, "evt": evt,
            "iat": _now() // SECOND, "jti": announcement.jti,
        }  # fmt: skip
        answer = await self._post("/receipts", RECEIPT_TYP, claims)
        self.diary.note(RECEIPTED, announcement.cid, evt)
        return answer

    async def status(self) -> status.Answer:
        """Ask "is my bank calling me now?"; Refused if the answer is not the bank's, to this question."""
        nonce = uuid.uuid4().hex
        e = self.enrolled.expected
        claims = {"aud": e.aud, "dev": e.dev, "iat": _now() // SECOND, "nonce": nonce}
        answer = await self._post("/status", status.QUESTION_TYP, claims)
        token = self._opened(SealedType.STATUS, answer["sealed"])
        return status.verify_answer(
            token, self.enrolled.status_keys,
            iss=e.iss, aud=e.aud, dev=e.dev, nonce=nonce, now=_now(),
        )  # fmt: skip

    async def _announced(self, token: str) -> None:
        seen = {each.jti for each in self.announcements.values()}
        e = self.enrolled
        announcement = passport.verify(token, e.proof_keys, e.expected, _now(), seen)
        self.announcements[announcement.cid] = announcement
        self.diary.note(VERIFIED, announcement.cid)
        # The server may have given the call up meanwhile, or be away; the next push is still for us.
        with contextlib.suppress(Problem, RequestError):
            await self.receipt(announcement, Evt.DELIVERED)

    def _updated(self, token: str) -> None:
        e = self.enrolled.expected
        said = update.verify(
            token, self.enrolled.proof_keys, iss=e.iss, aud=e.aud, dev=e.dev, now=_now()
        )
        self.updates[said.cid] = said
        self.diary.note(UPDATED, said.cid, said.outcome)

    def _opened(self, kind: SealedType, sealed: str) -> str:
        context = seal.info(kind, self._outside.service, self.enrolled.device_id)
        return seal.unseal(sealed, self._keys.sealing, context)

    async def _post(self, path: str, typ: str, claims: Mapping[str, Any]) -> Any:
        token = self._keys.signed({"kid": self.enrolled.device_id, "typ": typ}, claims)
        return await ask(self._outside.client, "POST", self._outside.api + path, jose=token)


@asynccontextmanager
async def handset(outside: Outside, customer_token: str, diary: Diary) -> AsyncIterator[Handset]:
    """Enrol a new device for the customer whose token this is; it takes pushes until the block ends."""
    async with line(outside.push) as pushes:
        await pushes.send(type="register", app=outside.app, token=None)
        registered = await pushes.receive()
        keys = Keys()
        enrolled = await enrol(outside, keys, customer_token, registered["token"])
        phone = Handset(outside, keys, enrolled, diary)
        listening = asyncio.create_task(phone.listen(pushes))
        try:
            yield phone
        finally:
            listening.cancel()
            await asyncio.wait([listening])


def content(message: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what the app gets of a push: APNs' body beside `aps`, or FCM's data."""
    body = message["data"] if "data" in message else json.loads(message["payload"])
    return body if isinstance(body, dict) else {}


def _now() -> Millis:
    return time.time_ns() // 1_000_000
