import json

import pytest
import pytest_asyncio
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from ringproof.simulators.fcm import read_account
from tests.simulators.fcm_kit import EMAIL, KEY, PROJECT, World

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world():
    async with World().running() as world:
        yield world


async def test_a_good_assertion_is_granted_a_bearer_token(world):
    status, body = await world.grant(world.assertion())

    assert status == 200
    assert body["token_type"] == "Bearer"
    assert body["expires_in"] == 3599
    assert body["access_token"].startswith("ya29.")


@pytest.mark.parametrize(
    ("flaw", "error", "description"),
    [
        ({"iss": "nobody@example.com"}, "invalid_grant", "account not found"),
        ({"iss": "other@stranger", "aud": "https://x"}, "invalid_grant", "Failed audience check"),
        ({"aud": "https://oauth2.googleapis.com/token"}, "invalid_grant", "Failed audience check"),
        ({"scope": "openid"}, "invalid_scope", "Invalid OAuth scope"),
        ({"without": ("scope",)}, "invalid_scope", "Invalid OAuth scope"),
        ({"without": ("exp",)}, "invalid_grant", "short-lived token"),
        ({"without": ("iat",)}, "invalid_grant", "short-lived token"),
        ({"exp": 1_800_000_000 + 3601}, "invalid_grant", "short-lived token"),
        ({"iat": 1, "exp": 3601}, "invalid_grant", "short-lived token"),
        ({"iat": 1_800_000_000 + 301}, "invalid_grant", "short-lived token"),
        ({"header": {"alg": "HS256"}}, "invalid_grant", "Invalid JWT Signature."),
    ],
)
async def test_google_refuses_an_assertion(world, flaw, error, description):
    status, body = await world.grant(world.assertion(**flaw))

    assert status == 400
    assert body["error"] == error
    assert description in body["error_description"]


async def test_an_assertion_by_another_key_is_refused(world):
    stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    status, body = await world.grant(world.assertion(key=stranger))

    assert status == 400
    assert body == {"error": "invalid_grant", "error_description": "Invalid JWT Signature."}


async def test_what_is_no_assertion_is_refused(world):
    assert await world.grant("nonsense") == (
        400,
        {"error": "invalid_grant", "error_description": "Bad Request"},
    )


async def test_another_grant_type_is_unsupported(world):
    status, body = await world.grant(world.assertion(), grant_type="password")

    assert (status, body["error"]) == (400, "unsupported_grant_type")


async def test_a_service_accounts_file_is_read_and_its_private_half_forgotten(tmp_path):
    pem = KEY.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()
    path = tmp_path / "account.json"
    path.write_text(
        json.dumps(
            {
                "type": "service_account",
                "client_email": EMAIL,
                "project_id": PROJECT,
                "private_key": pem,
            }
        )
    )

    account = read_account(path)

    assert (account.email, account.project) == (EMAIL, PROJECT)
    assert account.key.public_numbers() == KEY.public_key().public_numbers()
