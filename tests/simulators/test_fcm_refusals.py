import pytest
import pytest_asyncio

from tests.simulators.fcm_kit import DATA, PROJECT, World, error_code

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world():
    async with World().running() as world:
        yield world


async def refused(world, message, **how):
    response = await world.send(message, **how)
    body = await response.json()
    assert response.status == body["error"]["code"]
    return body


async def test_a_good_message_is_given_a_name(world):
    token = await world.device_token()

    name = await world.accepted({"token": token, "data": DATA, "android": {"priority": "HIGH"}})

    assert name.startswith(f"projects/{PROJECT}/messages/")


def with_data(data):
    return {"data": data}


def with_android(**android):
    return {"android": android}


BIG = {"k" * 96: "v" * 4001}
FULL = {"k" * 96: "v" * 4000}


@pytest.mark.parametrize(
    ("part", "field"),
    [
        ({"colour": "red"}, "message"),
        (with_android(colour="red"), "message.android"),
        (with_data({"v": 1}), "message.data[0].value"),
        (with_data({"v": "1", "at": None}), "message.data[1].value"),
        (with_data("text"), "message.data"),
        (with_android(priority="URGENT"), "message.android.priority"),
        (with_android(ttl="15"), "message.android.ttl"),
        (with_android(ttl=15), "message.android.ttl"),
        (with_android(ttl="-1s"), "message.android.ttl"),
        (with_android(collapse_key=7), "message.android.collapse_key"),
        (with_android(direct_boot_ok="no"), "message.android.direct_boot_ok"),
        ({"topic": "news"}, "message"),
        ({"android": "no"}, "message.android"),
    ],
)
async def test_what_is_not_the_apis_json_never_reaches_fcm(world, part, field):
    body = await refused(world, {"token": await world.device_token(), **part})

    assert body["error"]["status"] == "INVALID_ARGUMENT"
    assert error_code(body) is None
    (detail,) = body["error"]["details"]
    assert detail["@type"] == "type.googleapis.com/google.rpc.BadRequest"
    assert [violation["field"] for violation in detail["fieldViolations"]] == [field]


@pytest.mark.parametrize(
    ("part", "message"),
    [
        (with_data({"from": "us"}), "Invalid data payload key: from"),
        (with_data({"gcm.n": "x"}), "Invalid data payload key: gcm.n"),
        (with_data({"google.x": "x"}), "Invalid data payload key: google.x"),
        (with_data(BIG), "Android message is too big"),
        (with_android(data=BIG), "Android message is too big"),
        (with_android(ttl="2419201s"), "Invalid ttl: must be at most 4 weeks"),
        ({"token": "nonsense"}, "The registration token is not a valid FCM registration token"),
    ],
)
async def test_fcm_finds_an_argument_invalid(world, part, message):
    body = await refused(world, {"token": await world.device_token(), **part})

    assert (body["error"]["code"], body["error"]["status"]) == (400, "INVALID_ARGUMENT")
    assert error_code(body) == "INVALID_ARGUMENT"
    assert body["error"]["message"] == message


@pytest.mark.parametrize(
    "part",
    [
        with_data(FULL),
        with_android(ttl="0s", priority="high", collapse_key="vc", direct_boot_ok=False),
        with_android(ttl="3.5s", priority="NORMAL", collapseKey="vc", directBootOk=True),
        with_android(ttl="2419200s"),
    ],
)
async def test_fcm_accepts(world, part):
    await world.accepted({"token": await world.device_token(), "data": DATA, **part})


@pytest.mark.parametrize("body", [b"", b"not json", b"[]", b'{"msg":{}}'])
async def test_a_body_that_is_not_the_request_is_refused(world, body):
    answer = await refused(world, body)

    assert answer["error"]["status"] == "INVALID_ARGUMENT"
    assert error_code(answer) is None


async def test_a_message_needs_a_recipient(world):
    body = await refused(world, {"data": DATA})

    assert body["error"]["message"] == "Recipient of the message is not set."


async def test_a_message_that_is_only_validated_is_not_sent(world):
    async with world.phone() as phone:
        response = await world.send({"token": phone.token, "data": DATA}, validate_only=True)
        name = await world.accepted({"token": phone.token, "data": DATA})
        push = await phone.push()

    assert response.status == 200
    assert push["id"] == name


async def test_the_token_of_an_app_that_was_removed_is_unregistered(world):
    async with world.phone() as phone:
        await phone.say(type="unregister")
        await phone.gone()

    body = await refused(world, {"token": phone.token, "data": DATA})

    assert (body["error"]["code"], body["error"]["status"]) == (404, "NOT_FOUND")
    assert error_code(body) == "UNREGISTERED"


async def test_a_token_that_was_never_given_out_is_unregistered(world):
    token = await world.device_token()

    body = await refused(world, {"token": "A" * 22 + token[22:], "data": DATA})

    assert error_code(body) == "UNREGISTERED"


async def test_a_token_of_another_project_is_a_sender_id_mismatch(world):
    body = await refused(world, {"token": await world.device_token(sender="stranger")})

    assert (body["error"]["code"], body["error"]["status"]) == (403, "PERMISSION_DENIED")
    assert error_code(body) == "SENDER_ID_MISMATCH"


async def test_an_account_may_send_for_its_own_project_only(world):
    body = await refused(world, {"token": "x"}, project="stranger")

    assert (body["error"]["code"], body["error"]["status"]) == (403, "PERMISSION_DENIED")
    assert error_code(body) is None


@pytest.mark.parametrize("access", ["made-up", "ya29.c.made-up"])
async def test_an_unknown_access_token_is_unauthenticated(world, access):
    body = await refused(world, {"token": "x"}, access=access)

    assert (body["error"]["code"], body["error"]["status"]) == (401, "UNAUTHENTICATED")


async def test_an_access_token_lives_for_an_hour(world):
    access = await world.access_token()
    message = {"token": await world.device_token(), "data": DATA}

    world.clock.now += 3598
    before = await world.send(message, access=access)
    world.clock.now += 1
    after = await refused(world, message, access=access)

    assert before.status == 200
    assert after["error"]["status"] == "UNAUTHENTICATED"
    assert after["error"]["details"][0]["reason"] == "ACCESS_TOKEN_EXPIRED"


async def test_access_tokens_can_be_revoked(world):
    access = await world.access_token()
    world.simulator.access_tokens.revoke_all()

    assert (await refused(world, {"token": "x"}, access=access))["error"]["code"] == 401
