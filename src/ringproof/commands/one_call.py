"""One verified call from the press to the end, with a handset and an agent in software."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass

from ringproof.commands import handset as phone
from ringproof.commands import telephone as line
from ringproof.commands.agent_desk import AgentDesk, Call, agent_desk
from ringproof.commands.diary import Diary
from ringproof.commands.handset_identity import Outside
from ringproof.commands.local_ports import HOST
from ringproof.commands.stack import Stack
from ringproof.commands.wire import ask
from ringproof.core.people import PushService
from ringproof.settings import Settings

_PATIENCE = 60
"""Seconds for the whole call; a call that hangs is shown as far as it came."""
_NOTICE_PATIENCE = 5
"""Seconds for the end notice, which is not what the call is judged by."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls whom, and through which push service the customer is told."""

    agent_subject: str
    customer_id: str
    service: PushService = PushService.APNS


@dataclass(frozen=True, slots=True)
class OneCall:
    """What became of it: the call as its agent sees it, and what the customer's phone saw."""

    call: Call
    diary: Diary

    @property
    def proved_before_ring(self) -> bool:
        """True when the phone verified the proof of this call before it rang."""
        verified = self.diary.find(phone.VERIFIED, self.call["callId"])
        ringing = self.diary.find(line.RINGING)
        if verified is None or ringing is None:
            return False
        return self.diary.entries.index(verified) < self.diary.entries.index(ringing)


async def place_one(stack: Stack, caller: Caller) -> OneCall:
    """Enrol a handset for the customer, call it, let it answer, hang up, and say what was seen."""
    settings, diary = Settings.read(stack.environment), Diary()
    async with AsyncExitStack() as held:
        desk = await held.enter_async_context(
            agent_desk(
                stack.client, stack.api, stack.connect,
                await _token(stack, "staff", caller.agent_subject, settings.staff_clients[0]),
            )
        )  # fmt: skip
        customer = await _token(
            stack, "customers", caller.customer_id, settings.customer_clients[0]
        )
        enrolled = await held.enter_async_context(
            phone.handset(_outside(stack, settings, caller.service), customer, diary)
        )
        number = next(iter(enrolled.enrolled.expected.dest))
        await held.enter_async_context(
            line.telephone(f"ws://{HOST}:{stack.ports.connect}/network", number, diary)
        )
        return OneCall(await _lived(desk, caller.customer_id, diary), diary)


async def _lived(desk: AgentDesk, customer_id: str, diary: Diary) -> Call:
    """Take a call from its beginning to its end."""
    async with asyncio.timeout(_PATIENCE):
        call = await desk.follow(
            await desk.place(customer_id), lambda call: call["state"] == "connected"
        )
        if call["state"] == "connected":
            await desk.hang_up()
            call = await desk.follow(call, lambda _: False)
    try:
        async with asyncio.timeout(_NOTICE_PATIENCE):
            await diary.until(phone.UPDATED, call["callId"])
    except TimeoutError:
        diary.note("no end notice", call["callId"])
    return call


async def _token(stack: Stack, issuer: str, subject: str, client_id: str) -> str:
    wish = {"issuer": issuer, "subject": subject, "clientId": client_id}
    answer = await ask(stack.client, "POST", f"{stack.idp}/sim/token", json_body=wish)
    return str(answer["access_token"])


def _outside(stack: Stack, settings: Settings, service: PushService) -> Outside:
    push = settings.phone_apns if service is PushService.APNS else settings.phone_fcm
    return Outside(stack.api, push or "", service, settings.apps[0], stack.client)
