"""What can go wrong when the agent's browser dials, and the gate decides."""

from ringproof.commands.local_ports import HOST
from ringproof.core.call import DialMode
from ringproof.simulators.connect.contacts import Stage
from tests import kit
from tests.faults.registry import fault
from tests.faults.rig import IPHONE, Rig, Running, Told
from tests.faults.world import Trouble, held_port

BY_BROWSER = Trouble(mode=DialMode.AGENT)


@fault("the gate cannot be reached when the agent's browser dials")
async def no_gate(rig: Rig) -> Told:
    with held_port() as nobody:
        gate = {"gate_url": f"http://{HOST}:{nobody}"}
        trouble = Trouble(mode=DialMode.AGENT, connect=gate)
        async with rig.running(IPHONE, trouble=trouble) as bank:
            return await stopped(bank, kit.ADAS)


@fault("the agent dials another number than the one announced")
async def another_number(rig: Rig) -> Told:
    async with rig.running(IPHONE, trouble=BY_BROWSER) as bank:
        return await stopped(bank, kit.BOBS)


async def stopped(bank: Running, number: str) -> Told:
    """Press, and dial what the gate must not let through."""
    first = await bank.press()
    contact = await bank.dial_in_browser(number)
    assert Stage.DIALED not in contact.timeline
    return await bank.outcome(first, first.json["callId"])


@fault("the agent dials twice")
async def twice(rig: Rig) -> Told:
    async with rig.running(IPHONE, trouble=BY_BROWSER) as bank:
        first = await bank.press()
        await bank.dial_in_browser()
        await bank.talk(first.json["callId"])
        again = await bank.dial_in_browser()
        assert Stage.DIALED not in again.timeline
        return Told(first, await bank.until(first.json["callId"]))


@fault("the agent dials after the deadline")
async def late(rig: Rig) -> Told:
    async with rig.running(IPHONE, trouble=BY_BROWSER) as bank:
        first = await bank.press()
        bank.clock.ahead = 30_000
        contact = await bank.dial_in_browser()
        assert Stage.DIALED not in contact.timeline
        return await bank.outcome(first, first.json["callId"])


@fault("the agent's browser never dials")
async def never(rig: Rig) -> Told:
    async with rig.running(IPHONE, trouble=BY_BROWSER) as bank:
        return await bank.story()
