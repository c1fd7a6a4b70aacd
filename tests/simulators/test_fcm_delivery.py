import json

import pytest
import pytest_asyncio

from tests.simulators.fcm_kit import APP, DATA, World

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world():
    async with World().running() as world:
        yield world


def message(token, number=0, **android):
    return {"token": token, "data": {"number": str(number)}, "android": android}


async def numbers(phone, count):
    return [int((await phone.push())["data"]["number"]) for _ in range(count)]


async def test_a_phone_gets_exactly_what_was_sent(world):
    async with world.phone() as phone:
        name = await world.accepted(
            {
                "token": phone.token,
                "data": DATA,
                "android": {"priority": "HIGH", "ttl": "15s", "collapse_key": "vc"},
            }
        )
        got = await phone.push()

    assert got == {
        "type": "push",
        "id": name,
        "priority": "HIGH",
        "originalPriority": "HIGH",
        "collapseKey": "vc",
        "data": DATA,
    }


async def test_a_demoted_message_is_normal_and_says_what_it_was(world):
    async with world.phone(demote=True) as phone:
        await world.accepted(message(phone.token, priority="HIGH"))
        got = await phone.push()

    assert (got["priority"], got["originalPriority"]) == ("NORMAL", "HIGH")


async def doze(phone):
    """Return once the service knows that the phone dozes: it reads in order."""
    await phone.say(type="power", saving=True)
    await (await phone.socket.ping())


async def test_a_dozing_phone_takes_high_messages_at_once_and_normal_ones_when_it_wakes(world):
    async with world.phone() as phone:
        await doze(phone)
        await world.accepted(message(phone.token, 1, priority="NORMAL"))
        await world.accepted(message(phone.token, 2, priority="HIGH"))
        asleep = await numbers(phone, 1)
        await phone.say(type="power", saving=False)

        assert (asleep, await numbers(phone, 1)) == ([2], [1])


async def test_a_demoted_message_that_a_phone_slept_through_is_lost_with_its_ttl(world):
    async with world.phone(demote=True) as phone:
        await doze(phone)
        await world.accepted(message(phone.token, 1, priority="HIGH", ttl="15s"))
        await world.accepted(message(phone.token, 2, priority="HIGH", ttl="16s"))
        world.clock.now += 15
        await phone.say(type="power", saving=False)

        assert await numbers(phone, 1) == [2]


async def test_what_was_sent_to_a_phone_that_was_away_waits_within_its_ttl(world):
    token = await world.device_token()
    for number, ttl in enumerate(("60s", "0s", "10s", "61s")):
        await world.accepted(message(token, number, ttl=ttl))
    world.clock.now += 10

    async with world.phone(token=token) as phone:
        assert phone.token == token
        assert await numbers(phone, 2) == [0, 3]


async def test_a_collapse_key_keeps_its_newest_message(world):
    token = await world.device_token()
    for number, key in enumerate("aba"):
        await world.accepted(message(token, number, collapse_key=key))

    async with world.phone(token=token) as phone:
        assert await numbers(phone, 2) == [1, 2]


async def test_four_collapse_keys_are_kept_at_most(world):
    token = await world.device_token()
    for number, key in enumerate("abcde"):
        await world.accepted(message(token, number, collapse_key=key))

    async with world.phone(token=token) as phone:
        assert await numbers(phone, 4) == [1, 2, 3, 4]


async def test_a_hundred_messages_are_kept_and_one_more_deletes_them_all(world):
    access = await world.access_token()
    full, over = await world.device_token(), await world.device_token()
    for number in range(101):
        await world.send(message(over, number), access=access)
        if number < 100:
            await world.send(message(full, number), access=access)
    await world.send(message(over, 101), access=access)

    async with world.phone(token=full) as phone:
        assert await numbers(phone, 100) == list(range(100))
    async with world.phone(token=over) as phone:
        assert json.loads(await phone.socket.recv()) == {"type": "deleted"}
        assert await numbers(phone, 1) == [101]


async def test_a_topic_that_nobody_follows_takes_messages(world):
    await world.accepted({"topic": "news", "data": DATA})


async def test_a_token_of_another_app_is_replaced(world):
    token = await world.device_token(app="com.other")

    async with world.phone(token=token, app=APP) as phone:
        assert phone.token != token
