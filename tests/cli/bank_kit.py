"""A running sample bank, and who takes part in a call."""

from contextlib import AbstractAsyncContextManager
from pathlib import Path

from ringproof.commands.diary import Diary
from ringproof.commands.handset import Handset, handset
from ringproof.commands.handset_identity import Outside
from ringproof.commands.local_ports import HOST
from ringproof.commands.stack import Stack
from ringproof.commands.wire import ask
from ringproof.core.people import PushService

BANK = Path("examples/bank")
CUSTOMER = "C-1001"
AYESHA = (BANK / "agents.csv").read_text().splitlines()[1].split(",")[2].partition("/")[2]


async def agent_token(stack: Stack) -> str:
    return await _token(stack, "staff", AYESHA, "ringproof-agent")


async def phone_of(stack: Stack) -> AbstractAsyncContextManager[Handset]:
    outside = Outside(
        stack.api,
        f"ws://{HOST}:{stack.ports.apns_device}/device",
        PushService.APNS,
        "com.examplebank.app",
        stack.client,
    )
    customer = await _token(stack, "customers", CUSTOMER, "ringproof-handset")
    return handset(outside, customer, Diary())


async def _token(stack: Stack, issuer: str, subject: str, client: str) -> str:
    wish = {"issuer": issuer, "subject": subject, "clientId": client}
    said = await ask(stack.client, "POST", f"{stack.idp}/sim/token", json_body=wish)
    return str(said["access_token"])
