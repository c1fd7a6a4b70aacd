"""What people do, and what the bank's rules say to it."""

import asyncio
import json
import uuid
from functools import partial
from urllib.parse import urlsplit

from ringproof.core.call import CallId
from ringproof.core.receipt import Evt
from ringproof.simulators.connect.contacts import Stage
from ringproof.simulators.faults import Latency, Reset
from tests.faults.gate import BY_BROWSER
from tests.faults.registry import FAULTS, fault
from tests.faults.rig import IPHONE, SURE, Rig, Running, Told, night_owl, phone
from tests.faults.world import Trouble


@fault("nothing is wrong")
async def well(rig: Rig) -> Told:
    async with rig.running(IPHONE) as bank:
        return await bank.story()


async def _said_no(evt: Evt, rig: Rig) -> Told:
    async with rig.running(IPHONE, trouble=BY_BROWSER) as bank:
        first = await bank.press()
        await say(bank, first.json["callId"], evt)
        contact = await bank.dial_in_browser()
        assert Stage.DIALED not in contact.timeline
        return Told(first, await bank.until(first.json["callId"]))


async def say(bank: Running, call_id: str, evt: Evt) -> None:
    (phone_,) = bank.phones
    await phone_.receipt(phone_.announcements[CallId(call_id)], evt)


FAULTS["the customer says not now before the dial"] = partial(_said_no, Evt.DECLINED)
FAULTS["the customer says call later before the dial"] = partial(_said_no, Evt.CALL_LATER)
FAULTS["the customer reports the announcement before the dial"] = partial(_said_no, Evt.REPORTED)


@fault("the customer says not now while the phone rings")
async def no_while_ringing(rig: Rig) -> Told:
    async with rig.running(IPHONE) as bank:
        first = await bank.press()
        (contact,) = bank.contacts_of(first.json["callId"])
        await contact.until(Stage.RINGING)
        await say(bank, first.json["callId"], Evt.DECLINED)
        return Told(first, await bank.until(first.json["callId"]))


@fault("the agent cancels before the dial")
async def cancelled(rig: Rig) -> Told:
    async with rig.running(IPHONE, trouble=BY_BROWSER) as bank:
        first = await bank.press()
        await bank.ask("POST", f"/calls/{first.json['callId']}/cancel")
        contact = await bank.dial_in_browser()
        assert Stage.DIALED not in contact.timeline
        return Told(first, await bank.until(first.json["callId"]))


@fault("two agents call one customer")
async def two_agents(rig: Rig) -> Told:
    async with rig.running(IPHONE) as bank:
        before = await bank.press()
        call_id = str(uuid.uuid4())
        first = await bank.press(call_id, token=bank.world.staff("o2"))
        await bank.outcome(before, before.json["callId"])
        return Told(first, await bank.look(call_id))


@fault("the same request comes 50 times at once")
async def fifty(rig: Rig) -> Told:
    async with rig.running(IPHONE) as bank:
        call_id, token = str(uuid.uuid4()), bank.world.staff("o1")
        replies = await asyncio.gather(*(bank.press(call_id, token=token) for _ in range(50)))
        assert {(each.status, each.json["callId"]) for each in replies} == {(200, call_id)}
        assert len(bank.contacts_of(call_id)) == 1
        return await bank.outcome(replies[0], call_id)


@fault("the agent's browser goes away while the customer is told")
async def hung_up(rig: Rig) -> Told:
    async with rig.running(IPHONE) as bank:
        call_id = str(uuid.uuid4())
        bank.world.apns.faults.inject(Latency(ms=300))
        await _press_and_leave(bank, call_id)
        await bank.until(call_id, "dialed")
        await bank.placed(call_id)
        return await bank.outcome(await bank.ask("GET", f"/calls/{call_id}"), call_id)


async def _press_and_leave(bank: Running, call_id: str) -> None:
    at = urlsplit(bank.world.api)
    body = json.dumps({"callId": call_id, "customerId": "c1"})
    head = (
        f"POST /initiate-verified-call HTTP/1.1\r\nHost: {at.netloc}\r\n"
        f"Authorization: Bearer {bank.world.staff('o1')}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    _, writer = await asyncio.open_connection(at.hostname, at.port)
    writer.write((head + body).encode())
    await bank.world.apns.requests.until(1)
    writer.close()
    await writer.wait_closed()


@fault("the kill switch is thrown")
async def killed(rig: Rig) -> Told:
    async with rig.running(IPHONE) as bank:
        await bank.throw_switch()
        return await bank.story()


@fault("the kill switch is thrown while the customer is told")
async def killed_while_telling(rig: Rig) -> Told:
    async with rig.running(IPHONE) as bank:
        call_id = str(uuid.uuid4())
        bank.world.apns.faults.inject(Latency(ms=1500))
        pressing = asyncio.create_task(bank.press(call_id))
        await bank.world.apns.requests.until(1)
        await bank.throw_switch()
        return await bank.outcome(await pressing, call_id)


@fault("the kill switch is thrown before the agent's browser dials")
async def killed_before_dial(rig: Rig) -> Told:
    async with rig.running(IPHONE, trouble=BY_BROWSER) as bank:
        first = await bank.press()
        await bank.throw_switch()
        contact = await bank.dial_in_browser()
        assert Stage.DIALED not in contact.timeline
        return await bank.outcome(first, first.json["callId"])


@fault("telling the customer lasts past the deadline")
async def past_deadline(rig: Rig) -> Told:
    async with rig.running(IPHONE) as bank:
        call_id = str(uuid.uuid4())
        bank.world.apns.faults.inject(Latency(ms=600))
        pressing = asyncio.create_task(bank.press(call_id))
        await bank.world.apns.requests.until(1)
        bank.clock.ahead = 31_000
        return await bank.outcome(await pressing, call_id)


@fault("the customer has no phone with the app")
async def no_device(rig: Rig) -> Told:
    async with rig.running() as bank:
        return await bank.story()


@fault("the customer's phone is off")
async def phone_off(rig: Rig) -> Told:
    return await _off(rig)


@fault("the customer's phone is off, and the reason for calling asks for a sure sign")
async def phone_off_and_sure(rig: Rig) -> Told:
    return await _off(rig, reason=SURE.code)


async def _off(rig: Rig, **order: str) -> Told:
    quick = Trouble(settings={"RINGPROOF_ANNOUNCE_WAIT": "1s"})
    async with rig.running(trouble=quick) as bank:
        async with phone(bank.world, IPHONE) as enrolled:
            bank.phones.append(enrolled)
        return await bank.story(**order)


@fault("it is night where the customer is")
async def night(rig: Rig) -> Told:
    trouble = Trouble(settings={"RINGPROOF_QUIET_HOURS": "21:00-08:00"})
    async with rig.running(trouble=trouble) as bank, phone(bank.world, IPHONE, night_owl()):
        return await bank.story(customerId="c3")


@fault("the customer was called often enough")
async def customer_cap(rig: Rig) -> Told:
    return await _second(rig, RINGPROOF_CALLS_PER_CUSTOMER="1")


@fault("the agent has called often enough")
async def agent_cap(rig: Rig) -> Told:
    return await _second(rig, RINGPROOF_CALLS_PER_AGENT="1")


async def _second(rig: Rig, **settings: str) -> Told:
    async with rig.running(IPHONE, trouble=Trouble(settings=settings)) as bank:
        await bank.story()
        return await bank.story()


@fault("the identity provider is away, and its keys are known")
async def idp_away(rig: Rig) -> Told:
    async with rig.running(IPHONE) as bank:
        await bank.ask("GET", "/me")
        bank.world.idp.faults.inject(Reset())
        return await bank.story()


@fault("the identity provider is away, and its keys are not known yet")
async def idp_away_from_the_start(rig: Rig) -> Told:
    async with rig.running(IPHONE) as bank:
        bank.world.idp.faults.inject(Reset())
        return Told(await bank.press(), None)
