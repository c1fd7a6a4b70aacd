"""What can go wrong with Amazon Connect, once the customer was told."""

from functools import partial
from typing import Any

from ringproof.commands.local_ports import HOST
from ringproof.simulators.faults import (
    AcceptThenSilence,
    Answer,
    Blackhole,
    Fault,
    Garbage,
    Reset,
)
from tests.faults.registry import FAULTS, fault
from tests.faults.rig import IPHONE, Rig, Running, Told
from tests.faults.world import Trouble, held_port

DIAL = "/contact/outbound-voice"


async def _injected(shown: Fault, rig: Rig, **settings: str) -> Told:
    async with rig.running(IPHONE, trouble=Trouble(settings=settings)) as bank:
        bank.world.connect.faults.inject(shown)
        return await bank.story()


def no(status: int, reason: str, **how: Any) -> Answer:
    return Answer(status=status, reason=reason, path=DIAL, **how)


INJECTED: dict[str, Fault] = {
    "Connect throttles one dial": no(429, "TooManyRequestsException", times=1),
    "Connect answers 400 `InvalidParameterException`": no(400, "InvalidParameterException"),
    "Connect answers 403 `AccessDeniedException`": no(403, "AccessDeniedException"),
    "Connect answers 500 `InternalServiceException`": no(500, "InternalServiceException"),
    "Connect resets the connection": Reset(path=DIAL),
    "Connect answers garbage": Garbage(path=DIAL),
    "Connect is silent, and has not taken the call": Blackhole(path=DIAL),
    "Connect takes the call and is silent, but its events tell": AcceptThenSilence(path=DIAL),
}
FAULTS.update({name: partial(_injected, shown) for name, shown in INJECTED.items()})
FAULTS["Connect throttles every dial"] = partial(
    _injected, no(429, "TooManyRequestsException"),
    RINGPROOF_ANNOUNCE_WAIT="1s", RINGPROOF_DIAL_WITHIN="2s",
)  # fmt: skip


async def _instance(rig: Rig, **options: Any) -> Told:
    async with rig.running(IPHONE, trouble=Trouble(connect=options)) as bank:
        return await bank.story()


INSTANCES: dict[str, dict[str, Any]] = {
    "all of Connect's lines are in use (`LimitExceededException`)": {"concurrent_calls": 0},
    "Connect may not call this country (`DestinationNotAllowedException`)": {
        "dialable_prefixes": ("+1",)
    },
    "Connect may not call out (`OutboundContactNotPermittedException`)": {"outbound_calls": False},
    "the flow does not exist (`ResourceNotFoundException`)": {"flows": ()},
    "Connect does not know our signature (`InvalidSignatureException`)": {
        "access_keys": {"simulator": "another secret"}
    },
}
FAULTS.update({name: partial(_instance, **options) for name, options in INSTANCES.items()})


@fault("Connect refuses connections")
async def refused(rig: Rig) -> Told:
    with held_port() as nobody:
        url = {"AWS_ENDPOINT_URL_CONNECT": f"http://{HOST}:{nobody}"}
        async with rig.running(IPHONE, trouble=Trouble(settings=url)) as bank:
            return await bank.story()


@fault("Connect takes the call and is silent, and its first event is lost")
async def silence(rig: Rig) -> Told:
    async with rig.running(IPHONE) as bank:
        await disturb(bank, drop=["INITIATED"])
        bank.world.connect.faults.inject(AcceptThenSilence(path=DIAL))
        return await bank.story()


async def disturb(bank: Running, **how: Any) -> None:
    url = f"http://{HOST}:{bank.world.ports.connect}/sim/events"
    answer = await bank.world.client.put(url).body_json(how).build().send()
    assert answer.status == 204


@fault("every contact event comes twice")
async def doubled(rig: Rig) -> Told:
    async with rig.running(IPHONE) as bank:
        await disturb(bank, duplicate=["*"])
        return await bank.story()


async def _unheard(rig: Rig, *, swept: bool = False, **how: Any) -> Told:
    """Let the customer talk and hang up while events do not come as they should."""
    async with rig.running(IPHONE) as bank:
        await disturb(bank, **how)
        first = await bank.press()
        await bank.talk()
        if swept:
            bank.pass_time()
        return Told(first, await bank.until(first.json["callId"]))


FAULTS["the event that the customer answered is lost"] = partial(
    _unheard, drop=["CONNECTED_TO_SYSTEM"]
)
FAULTS["the event that the call is over comes before the one that it was answered"] = partial(
    _unheard, delayMs={"CONNECTED_TO_SYSTEM": 500}
)
FAULTS["the event that the call is over is lost"] = partial(
    _unheard, swept=True, drop=["DISCONNECTED"]
)
FAULTS["the event feed is silent"] = partial(_unheard, swept=True, drop=["*"])
