"""A server that sends, and a phone, for tests of the FCM simulator, on nothing but the wire."""

import base64
import contextlib
import json
from urllib.parse import urlencode

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from pyreqwest.client import ClientBuilder
from websockets.asyncio.client import connect

from ringproof.simulators.fcm import FcmOptions, FcmSimulator, ServiceAccount
from tests.simulators.apns_kit import Clock, Phone

PROJECT = "example-bank"
EMAIL = "pusher@example-bank.iam.gserviceaccount.com"
APP = "com.examplebank.app"
SCOPE = "https://www.googleapis.com/auth/firebase.messaging"
GRANT_TYPE = "urn:ietf:params:oauth:grant-type:jwt-bearer"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
DATA = {"type": "call_verification", "v": "1", "sealed": "c2VhbGVk"}


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def error_code(body):
    """Find FCM's own code in an error, None if it has none."""
    details = body["error"].get("details", [])
    return next((d["errorCode"] for d in details if d["@type"].endswith("FcmError")), None)


class World:
    """A simulator whose clock belongs to the test, with a project and a stranger's."""

    def __init__(self):
        self.clock = Clock()
        accounts = tuple(
            ServiceAccount(email, project, KEY.public_key())
            for email, project in ((EMAIL, PROJECT), ("other@stranger", "stranger"))
        )
        self.simulator = FcmSimulator(FcmOptions(accounts, now=self.clock))

    @contextlib.asynccontextmanager
    async def running(self):
        async with (
            self.simulator.running() as self.endpoint,
            ClientBuilder().build() as self.client,
        ):
            yield self

    def assertion(self, *, key=KEY, header=None, without=(), **claims):
        now = int(self.clock.now)
        stated = {
            "iss": EMAIL,
            "aud": self.endpoint.token_url,
            "scope": SCOPE,
            "iat": now,
            "exp": now + 3600,
            **claims,
        }
        stated = {name: value for name, value in stated.items() if name not in without}
        parts = (header or {"alg": "RS256", "typ": "JWT"}, stated)
        signing_input = ".".join(b64(json.dumps(part).encode()) for part in parts)
        signature = key.sign(signing_input.encode(), padding.PKCS1v15(), hashes.SHA256())
        return f"{signing_input}.{b64(signature)}"

    async def grant(self, assertion, grant_type=GRANT_TYPE):
        """Ask for an access token; return the status and the body."""
        form = urlencode({"grant_type": grant_type, "assertion": assertion})
        response = await (
            self.client.post(self.endpoint.token_url)
            .header("content-type", "application/x-www-form-urlencoded")
            .body_text(form)
            .build()
            .send()
        )
        return response.status, await response.json()

    async def access_token(self, **claims):
        _, body = await self.grant(self.assertion(**claims))
        return body["access_token"]

    async def send(self, message, *, access=None, project=PROJECT, **more):
        """Send a message (a dict, or a body as it stands)."""
        body = message if isinstance(message, bytes) else json.dumps({"message": message, **more})
        access = access or await self.access_token()
        return await (
            self.client.post(f"{self.endpoint.url}/v1/projects/{project}/messages:send")
            .header("authorization", f"Bearer {access}")
            .header("content-type", "application/json")
            .body_bytes(body if isinstance(body, bytes) else body.encode())
            .build()
            .send()
        )

    async def accepted(self, message):
        response = await self.send(message)
        body = await response.json()
        assert response.status == 200, body
        return body["name"]

    @contextlib.asynccontextmanager
    async def phone(self, *, token=None, **register):
        async with connect(self.endpoint.url.replace("http", "ws") + "/device") as socket:
            message = {"type": "register", "app": APP, "token": token, **register}
            await socket.send(json.dumps(message))
            registered = json.loads(await socket.recv())
            assert registered["type"] == "registered"
            yield Phone(socket, registered["token"])

    async def device_token(self, **register):
        """Register a phone that goes away again."""
        async with self.phone(**register) as phone:
            return phone.token
