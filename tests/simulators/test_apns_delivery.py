import json
import uuid

import pytest
import pytest_asyncio
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Origin

from tests.simulators.apns_kit import ALERT, TOPIC, World

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world():
    async with World().running() as world:
        yield world


@pytest_asyncio.fixture(loop_scope="module")
async def push(world):
    """Send a push and return its id."""
    provider = world.provider()
    token = provider.token()
    async with world.connection() as http2:

        async def send(device, body=ALERT, **replaced):
            apns_id = str(uuid.uuid4())
            headers = provider.headers(device, token=token, apns_id=apns_id, **replaced)
            assert (await http2.ask(headers, body)).status == 200
            return apns_id

        yield send


async def test_a_phone_gets_exactly_what_was_sent(world, push):
    body = b'{ "aps": {"alert": "\xc3\xa9"},  "v": 1 }'

    async with world.phone() as phone:
        apns_id = await push(phone.token, body, apns_collapse_id="call-1", apns_priority="10")
        got = await phone.push()

    assert got == {
        "type": "push",
        "id": apns_id,
        "pushType": "alert",
        "priority": 10,
        "collapseId": "call-1",
        "payload": body.decode(),
    }


async def test_a_token_is_32_bytes_in_hex_and_is_resumed(world):
    async with world.phone() as first:
        pass
    async with world.phone(token=first.token) as second:
        pass

    assert len(bytes.fromhex(first.token)) == 32
    assert second.token == first.token


async def test_an_unknown_token_and_one_of_another_app_are_replaced(world):
    async with world.phone(app="com.other") as other:
        pass
    async with world.phone(token="00" * 32) as unknown, world.phone(token=other.token) as moved:
        assert unknown.token != "00" * 32
        assert moved.token != other.token


async def test_of_what_was_sent_to_a_phone_that_was_away_the_newest_is_kept(world, push):
    device = await world.device_token()
    await push(device)
    newest = await push(device)

    async with world.phone(token=device) as phone:
        stored = await phone.push()
        live = await push(device)
        following = await phone.push()

    assert (stored["id"], following["id"]) == (newest, live)


async def test_a_stored_push_ends_at_its_expiration(world, push):
    device = await world.device_token()
    await push(device, apns_expiration=str(int(world.clock.now) + 30))
    world.clock.now += 30

    async with world.phone(token=device) as phone:
        live = await push(device)

        assert (await phone.push())["id"] == live


async def test_expiration_zero_is_delivered_now_or_never(world, push):
    device = await world.device_token()
    await push(device, apns_expiration="0")

    async with world.phone(token=device) as phone:
        live = await push(device, apns_expiration="0")

        assert (await phone.push())["id"] == live


async def test_a_push_that_expired_in_the_store_does_not_come_back_in_place_of_a_live_one(
    world, push
):
    device = await world.device_token()
    kept = await push(device)
    await push(device, apns_expiration="0")

    async with world.phone(token=device) as phone:
        assert (await phone.push())["id"] == kept


async def test_a_dozing_phone_takes_urgent_pushes_at_once_and_the_others_when_it_wakes(world, push):
    async with world.phone() as phone:
        await phone.say(type="power", saving=True)
        await settled(world, phone, lambda installation: installation.saving)
        later = await push(phone.token, apns_priority="5")
        urgent = await push(phone.token, apns_priority="10")
        first = await phone.push()
        await phone.say(type="power", saving=False)
        second = await phone.push()

    assert (first["id"], second["id"]) == (urgent, later)


async def settled(world, phone, holds):
    """Return once the simulator has read what the phone said: it reads in order."""
    await (await phone.socket.ping())
    assert holds(world.simulator.installations.find(phone.token))


async def test_removing_the_app_kills_the_token(world):
    provider = world.provider()
    async with world.phone() as phone:
        await phone.say(type="unregister")
        await phone.gone()

    async with world.connection() as http2:
        reply = await http2.ask(provider.headers(phone.token))
    async with world.phone(token=phone.token) as again:
        pass

    assert (reply.status, reply.reason) == (410, "Unregistered")
    assert again.token != phone.token


async def test_of_two_connections_of_one_installation_the_newer_is_served(world, push):
    async with world.phone() as old, world.phone(token=old.token) as new:
        await old.gone()
        apns_id = await push(new.token)

        assert (await new.push())["id"] == apns_id


@pytest.mark.parametrize(
    "message",
    [
        '{"type":"register","app":"com.unknown"}',
        '{"type":"unregister"}',
        '{"type":"sing"}',
        "not json",
    ],
)
async def test_a_phone_that_does_not_register_is_told_why_and_hung_up_on(world, message):
    async with connect(world.endpoint.device_url.replace("http", "ws") + "/device") as socket:
        await socket.send(message)
        told = json.loads(await socket.recv())
        await socket.wait_closed()

    assert told["type"] == "error"
    assert socket.close_code == 1008


async def test_a_page_from_elsewhere_cannot_be_a_phone(world):
    url = world.endpoint.device_url.replace("http", "ws") + "/device"

    with pytest.raises(InvalidStatus):
        await connect(url, origin=Origin("https://evil.example"))


async def test_a_voip_topic_has_tokens_of_its_own(world, push):
    topic = f"{TOPIC}.voip"
    async with world.phone(app=topic) as phone:
        await push(phone.token, b'{"call":1}', apns_topic=topic, apns_push_type="voip")

        assert (await phone.push())["pushType"] == "voip"
