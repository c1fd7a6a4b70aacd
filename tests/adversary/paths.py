"""Every way in which an agent, or somebody with keys, may try to reach a customer unannounced."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import boto3

from ringproof.core.call import Assurance, Call, CallId, CallState, DialMode
from ringproof.core.people import Agent
from ringproof.ports import Announced
from ringproof.simulators.connect.contacts import Contact, Stage
from ringproof.usecases.place_call import CallRequest, carry_out, request_call
from tests.adversary.world import OPEN, SHOWN, World, number


@dataclass(frozen=True)
class Try:
    """One attempt: by which path, and the contact that it became, if Connect took it at all."""

    path: str
    contact: Contact | None


async def panel(
    world: World, agent: Agent, to: str, where: str = "dial", **more: str
) -> Contact | None:
    """Do as the Contact Control Panel, or somebody in its developer tools, does."""
    body = {"agentArn": agent.connect_user_arn, "number": to, **more}
    answer = (
        await world.client.post(f"{world.sim.url}/browser/{where}").body_json(body).build().send()
    )
    return _newest(world, agent, to) if answer.status == 200 else None


def _newest(world: World, agent: Agent, to: str) -> Contact | None:
    contacts: Iterator[Contact] = reversed(world.sim.contacts._contacts.values())
    mine = (c for c in contacts if c.agent_arn == agent.connect_user_arn)
    return next((c for c in mine if c.customer_number == to), None)


async def over(contact: Contact | None) -> None:
    """Wait until a contact has ended."""
    if contact:
        async with asyncio.timeout(60):
            await contact.until(Stage.ENDED)


async def announce(world: World, agent: Agent, customer: int) -> Call:
    """Announce a genuine call, to be dialed by the agent's browser."""
    asked = CallRequest(agent, f"c{customer}", DialMode.AGENT)
    call = await carry_out(world.desk, await request_call(world.desk, asked), agent)
    assert call.state is CallState.ANNOUNCED, call
    return call


async def _unannounced(world: World, agent: Agent, n: int) -> Contact | None:
    return await panel(world, agent, number(n))


async def _offline(world: World, agent: Agent, n: int) -> Contact | None:
    await world.sim.exchange.desks.set_status(agent.connect_user_arn, "Offline")
    return await panel(world, agent, number(n))


async def _too_late(world: World, agent: Agent, n: int) -> Contact | None:
    """Dial what was announced, after its time."""
    now = world.desk.now()
    call = _call(world, agent, n, requested_at=now - 31_000, dial_before=now - 1_000)
    await world.store.open_call(call, [Announced("d", "j")], None)
    at = {CallState.REQUESTED}
    await world.store.advance(call.id, at=at, to=CallState.ANNOUNCED, now=now)
    return await panel(world, agent, number(n))


async def _cancelled(world: World, agent: Agent, n: int) -> Contact | None:
    """Dial what was announced and called off."""
    call = _call(world, agent, n)
    await world.store.open_call(call, [Announced("d", "j")], None)
    now = world.desk.now()
    for at, to in (
        (CallState.REQUESTED, CallState.ANNOUNCED), (CallState.ANNOUNCED, CallState.CANCELLED),
    ):  # fmt: skip
        await world.store.advance(call.id, at={at}, to=to, now=now)
    return await panel(world, agent, number(n))


async def _open_queue(world: World, agent: Agent, n: int) -> Contact | None:
    return await panel(world, agent, number(n), queueArn=OPEN)


async def _callback(world: World, agent: Agent, n: int) -> Contact | None:
    return await panel(world, agent, number(n), "callback")


async def _external(world: World, agent: Agent, n: int) -> Contact | None:
    """Call an emergency number, which nobody may block, and add the customer to that."""
    first = await panel(world, agent, "999")
    if first is None or not first.live:
        return None
    added = await panel(world, agent, number(n), "add", contactId=first.id)
    world.sim.exchange.finish(first, "AGENT_DISCONNECT")
    return added


async def _foreign_api(world: World, agent: Agent, n: int) -> Contact | None:
    """Ask Connect with stolen keys, with the attributes of a call that there is."""
    forged = {"verified_call": "true", "ringproof_call_id": str(uuid.uuid4())}
    return await _asked(world, n, forged if n % 2 else {}, agent)


async def _asked(world: World, n: int, attributes: dict[str, str], _: Agent) -> Contact | None:
    options = world.sim.options
    answer = await asyncio.to_thread(
        _client(world).start_outbound_voice_contact,
        InstanceId=options.instance_id, ContactFlowId=options.flows[0].id,
        DestinationPhoneNumber=number(n), SourcePhoneNumber=SHOWN, Attributes=attributes,
    )  # fmt: skip
    return world.sim.contacts.get(answer["ContactId"])


_CLIENTS: dict[str, Any] = {}


def _client(world: World) -> Any:
    if world.sim.url not in _CLIENTS:
        _CLIENTS[world.sim.url] = boto3.client(
            "connect", endpoint_url=world.sim.url, region_name=world.sim.options.region
        )
    return _CLIENTS[world.sim.url]


def _call(world: World, agent: Agent, n: int, **changed: int) -> Call:
    now = world.desk.now()
    made = Call(
        CallId(str(uuid.uuid4())), f"c{n}", agent.id, DialMode.AGENT, SHOWN, number(n),
        world.desk.deployment.queue, "general", "About your account", "07", Assurance.ACCEPTED, now,
        now + 30_000,
    )  # fmt: skip
    return replace(made, **changed)  # type: ignore[arg-type]


Path = Callable[[World, Agent, int], Awaitable[Contact | None]]
GATED: dict[str, Path] = {
    "dial pad, unannounced": _unannounced,
    "dial pad, agent Offline": _offline,
    "announced, too late": _too_late,
    "announced, cancelled": _cancelled,
}
UNGATED: dict[str, Path] = {
    "second queue, default whisper": _open_queue,
    "queued callback": _callback,
    "number added to a contact": _external,
    "foreign API caller": _foreign_api,
}
# Within a genuine call, by `mixed`.
STOLEN = ("another agent's", "for another number", "used again")
