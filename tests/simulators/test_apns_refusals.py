import json
import uuid

import pytest
import pytest_asyncio

from tests.simulators.apns_kit import ALERT, TEAM, TOPIC, World

pytestmark = pytest.mark.asyncio(loop_scope="module")
BACKGROUND = b'{"aps":{"content-available":1}}'
OTHER_KEY = "0" * 64


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world():
    async with World().running() as world:
        yield world


async def ask(world, body=ALERT, *, device=None, **replaced):
    device = device or await world.device_token()
    async with world.connection() as http2:
        return await http2.ask(world.provider().headers(device, **replaced), body)


async def test_a_good_request_is_accepted_and_its_id_echoed(world):
    apns_id = str(uuid.uuid4())

    reply = await ask(world, apns_id=apns_id)

    assert (reply.status, reply.body) == (200, b"")
    assert reply.headers["apns-id"] == apns_id


async def test_a_request_without_an_id_is_given_one(world):
    reply = await ask(world)

    assert uuid.UUID(reply.headers["apns-id"])


VOIP = {"apns_topic": f"{TOPIC}.voip", "apns_push_type": "voip"}


@pytest.mark.parametrize(
    ("status", "reason", "replaced", "body"),
    [
        (404, "BadPath", {":path": "/4/device/00"}, ALERT),
        (405, "MethodNotAllowed", {":method": "GET"}, ALERT),
        (400, "MissingDeviceToken", {":path": "/3/device/"}, ALERT),
        (400, "BadDeviceToken", {":path": "/3/device/not-hex"}, ALERT),
        (400, "BadDeviceToken", {":path": f"/3/device/{OTHER_KEY}"}, ALERT),
        (400, "BadMessageId", {"apns_id": "42"}, ALERT),
        (400, "MissingTopic", {"apns_topic": None}, ALERT),
        (400, "BadTopic", {"apns_topic": "not a bundle id"}, ALERT),
        (400, "TopicDisallowed", {"apns_topic": "com.somebody.else"}, ALERT),
        (400, "DeviceTokenNotForTopic", {"apns_topic": "com.other"}, ALERT),
        (400, "InvalidPushType", {"apns_push_type": "shout"}, ALERT),
        (400, "InvalidPushType", {"apns_push_type": "voip"}, ALERT),
        (400, "InvalidPushType", {"apns_topic": f"{TOPIC}.voip"}, ALERT),
        (400, "InvalidPushType", {"apns_push_type": "background"}, ALERT),
        (400, "InvalidPushType", {}, BACKGROUND),
        (400, "InvalidPushType", {}, b'{"sealed":"x"}'),
        (400, "BadPriority", {"apns_priority": "7"}, ALERT),
        (400, "BadPriority", {"apns_push_type": "background", "apns_priority": "10"}, BACKGROUND),
        (400, "BadExpirationDate", {"apns_expiration": "soon"}, ALERT),
        (400, "BadExpirationDate", {"apns_expiration": "-1"}, ALERT),
        (400, "BadCollapseId", {"apns_collapse_id": "c" * 65}, ALERT),
        (400, "BadCollapseId", {"apns_collapse_id": "é" * 33}, ALERT),
        (400, "PayloadEmpty", {}, b""),
        (400, "PayloadEmpty", {}, b"not json"),
        (403, "MissingProviderToken", {"authorization": None}, ALERT),
        (403, "InvalidProviderToken", {"authorization": "bearer x.y.z"}, ALERT),
        (403, "InvalidProviderToken", {"authorization": "basic eDp5"}, ALERT),
    ],
)
async def test_apns_refuses(world, status, reason, replaced, body):
    reply = await ask(world, body, **replaced)

    assert (reply.status, reply.reason) == (status, reason)
    assert json.loads(reply.body) == {"reason": reason}
    assert uuid.UUID(reply.headers["apns-id"])


@pytest.mark.parametrize(
    ("replaced", "body"),
    [
        ({"apns_push_type": None}, ALERT),
        ({"apns_push_type": "background", "apns_priority": "5"}, BACKGROUND),
        ({"apns_expiration": "0"}, ALERT),
        ({"apns_expiration": None}, ALERT),
        ({"apns_collapse_id": "c" * 64, "apns_priority": "1"}, ALERT),
    ],
)
async def test_apns_accepts(world, replaced, body):
    assert (await ask(world, body, **replaced)).status == 200


def padded(size):
    frame = len(b'{"aps":{"alert":""}}')
    return b'{"aps":{"alert":"%s"}}' % (b"x" * (size - frame))


@pytest.mark.parametrize(
    ("size", "topic", "push_type", "status"),
    [
        (4096, TOPIC, "alert", 200),
        (4097, TOPIC, "alert", 413),
        (5120, f"{TOPIC}.voip", "voip", 200),
        (5121, f"{TOPIC}.voip", "voip", 413),
        (16_000, TOPIC, "alert", 413),
    ],
)
async def test_a_payload_has_a_largest_size(world, size, topic, push_type, status):
    device = await world.device_token(app=topic)

    reply = await ask(
        world, padded(size), device=device, apns_topic=topic, apns_push_type=push_type
    )

    assert reply.status == status
    assert reply.reason == (None if status == 200 else "PayloadTooLarge")


async def test_a_header_given_twice_is_refused(world):
    device = await world.device_token()
    headers = [*world.provider().headers(device), ("apns-topic", TOPIC)]

    async with world.connection() as http2:
        reply = await http2.ask(headers)

    assert (reply.status, reply.reason) == (400, "DuplicateHeaders")


@pytest.mark.parametrize("reason", ["Unregistered", "ExpiredToken"])
async def test_a_dead_token_is_gone_since_a_time_in_milliseconds(world, reason):
    device = await world.device_token()
    world.simulator.installations.end(device, reason)

    reply = await ask(world, device=device)

    assert reply.status == 410
    assert json.loads(reply.body) == {"reason": reason, "timestamp": int(world.clock.now * 1000)}


@pytest.mark.parametrize(
    "flaw",
    [
        {"header": {"kid": "UNKNOWN"}},
        {"header": {"kid": None}},
        {"header": {"alg": "none"}},
        {"claims": {"iss": "NOT" + TEAM}},
        {"claims": {"iat": "today"}},
        {"age": -60},
    ],
)
async def test_a_flawed_provider_token_is_invalid(world, flaw):
    provider = world.provider()
    device = await world.device_token()

    async with world.connection() as http2:
        reply = await http2.ask(provider.headers(device, token=provider.token(**flaw)))

    assert (reply.status, reply.reason) == (403, "InvalidProviderToken")


async def test_a_provider_token_signed_by_another_key_is_invalid(world):
    provider, stranger = world.provider(), world.provider()
    device = await world.device_token()

    async with world.connection() as http2:
        forged = provider.token(key=stranger.key)
        reply = await http2.ask(provider.headers(device, token=forged))

    assert (reply.status, reply.reason) == (403, "InvalidProviderToken")


async def test_an_expired_provider_token_wedges_the_connection_and_no_other(world):
    provider = world.provider()
    device = await world.device_token()
    old, new = provider.token(age=3600), provider.token()

    async with world.connection() as wedged, world.connection() as other:
        first = await wedged.ask(provider.headers(device, token=old))
        second = await wedged.ask(provider.headers(device, token=new))
        elsewhere = await other.ask(provider.headers(device, token=new))

    assert (first.status, first.reason) == (403, "ExpiredProviderToken")
    assert (second.status, second.reason) == (403, "ExpiredProviderToken")
    assert elsewhere.status == 200


async def test_a_provider_token_may_be_replaced_after_twenty_minutes_and_not_before(world):
    provider = world.provider()
    device = await world.device_token()
    first = provider.token()

    async with world.connection() as blocked, world.connection() as other:
        assert (await blocked.ask(provider.headers(device, token=first))).status == 200
        world.clock.now += 19 * 60
        early = await blocked.ask(provider.headers(device, token=provider.token()))
        still_blocked = await blocked.ask(provider.headers(device, token=first))
        elsewhere = await other.ask(provider.headers(device, token=first))
        world.clock.now += 60
        later = await blocked.ask(provider.headers(device, token=provider.token()))

    assert (early.status, early.reason) == (429, "TooManyProviderTokenUpdates")
    assert (still_blocked.status, still_blocked.reason) == (429, "TooManyProviderTokenUpdates")
    assert elsewhere.status == later.status == 200


async def test_the_former_provider_token_stays_good_until_it_is_an_hour_old(world):
    provider = world.provider()
    device = await world.device_token()
    first = provider.token()

    async with world.connection() as http2:
        await http2.ask(provider.headers(device, token=first))
        world.clock.now += 20 * 60
        await http2.ask(provider.headers(device, token=provider.token()))
        world.clock.now += 39 * 60
        before = await http2.ask(provider.headers(device, token=first))
        world.clock.now += 60
        after = await http2.ask(provider.headers(device, token=first))

    assert before.status == 200
    assert (after.status, after.reason) == (403, "ExpiredProviderToken")


async def test_only_one_stream_is_allowed_until_a_provider_has_proved_who_it_is(world):
    headers = world.provider().headers(await world.device_token())
    max_concurrent_streams, refused_stream = 3, 7

    async with world.connection() as http2:
        first = http2.open(headers)
        second = http2.send(headers)
        refused = await http2.reply(second)
        announced = await http2.settings.get()
        http2.finish(first, ALERT)
        proven = await http2.reply(first)
        raised = await http2.settings.get()

    assert announced[max_concurrent_streams].new_value == 1
    assert refused.reset == refused_stream
    assert proven.status == 200
    assert raised[max_concurrent_streams].new_value == 1000
