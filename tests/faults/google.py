"""What can go wrong with FCM, met by a customer with one Android phone."""

import json
from functools import partial

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from ringproof.commands.local_ports import HOST
from ringproof.settings import Settings
from ringproof.simulators.faults import Answer, Blackhole, Fault, Garbage, Latency, Reset
from tests.faults.apple import HASTY
from tests.faults.registry import FAULTS, fault
from tests.faults.rig import ANDROID, IPHONE, Rig, Told
from tests.faults.world import Trouble, held_port

SEND, TOKEN = "messages:send", "/token"
AFTER_THE_DEADLINE = 60
"""Seconds. Google asks for a minute; a call may be dialed for half of one."""


async def _injected(shown: Fault, rig: Rig) -> Told:
    async with rig.running(ANDROID) as bank:
        bank.world.fcm.faults.inject(shown)
        return await bank.story()


INJECTED: dict[str, Fault] = {
    "FCM resets every connection": Reset(path=SEND),
    "FCM answers 429 `QUOTA_EXCEEDED`, to be retried past the deadline": Answer(
        status=429, reason="QUOTA_EXCEEDED", retry_after=AFTER_THE_DEADLINE, path=SEND
    ),
    "FCM answers 503 `UNAVAILABLE`, to be retried past the deadline": Answer(
        status=503, reason="UNAVAILABLE", retry_after=AFTER_THE_DEADLINE, path=SEND
    ),
    "FCM answers 503 `UNAVAILABLE`": Answer(status=503, reason="UNAVAILABLE", path=SEND),
    "FCM answers one 503 `UNAVAILABLE`": Answer(
        status=503, reason="UNAVAILABLE", path=SEND, times=1
    ),
    "FCM answers 500 `INTERNAL`": Answer(status=500, reason="INTERNAL", path=SEND),
    "FCM answers 401 to every access token": Answer(status=401, path=SEND),
    "FCM answers garbage": Garbage(path=SEND),
    "Google's token endpoint answers 503": Answer(status=503, path=TOKEN),
    "Google's token endpoint answers garbage": Garbage(path=TOKEN),
}
FAULTS.update({name: partial(_injected, shown) for name, shown in INJECTED.items()})


async def _too_late(shown: Fault, rig: Rig) -> Told:
    async with rig.running(ANDROID, trouble=Trouble(settings=HASTY)) as bank:
        bank.world.fcm.faults.inject(shown)
        return await bank.story()


FAULTS["FCM answers later than the agent waits"] = partial(_too_late, Latency(ms=1000, path=SEND))
FAULTS["FCM takes connections and is silent"] = partial(_too_late, Blackhole(path=SEND))
FAULTS["Google's token endpoint is silent"] = partial(_too_late, Blackhole(path=TOKEN))


@fault("FCM refuses connections")
async def refused(rig: Rig) -> Told:
    with held_port() as nobody:
        url = {"RINGPROOF_FCM_URL": f"http://{HOST}:{nobody}"}
        async with rig.running(ANDROID, trouble=Trouble(settings=url)) as bank:
            return await bank.story()


@fault("Google's token endpoint refuses connections")
async def token_refused(rig: Rig) -> Told:
    with held_port() as nobody:
        elsewhere = partial(edit, token_uri=f"http://{HOST}:{nobody}/token")
        async with rig.running(ANDROID, trouble=Trouble(tamper=elsewhere)) as bank:
            return await bank.story()


@fault("Google does not know our service account's key")
async def wrong_key(rig: Rig) -> Told:
    async with rig.running(ANDROID, trouble=Trouble(tamper=another_key)) as bank:
        return await bank.story()


def another_key(settings: Settings) -> None:
    key = rsa.generate_private_key(65537, 2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    edit(settings, private_key=pem.decode())


def edit(settings: Settings, **changed: str) -> None:
    """Change our service account's file."""
    file = settings.fcm_service_account
    assert file
    file.write_text(json.dumps({**json.loads(file.read_text()), **changed}))


@fault("FCM forgets our access token (one 401)")
async def forgotten(rig: Rig) -> Told:
    async with rig.running(ANDROID) as bank:
        await bank.story()
        bank.world.fcm.access_tokens.revoke_all()
        return await bank.story()


@fault("the app was removed from the Android phone (404 `UNREGISTERED`)")
async def unregistered(rig: Rig) -> Told:
    async with rig.running(ANDROID) as bank:
        await bank.remove_app(ANDROID)
        return await bank.story()


@fault("the phone's token belongs to another project (403 `SENDER_ID_MISMATCH`)")
async def another_sender(rig: Rig) -> Told:
    async with rig.running(ANDROID) as bank:
        installation = bank.world.fcm.installations.find(await bank.token_of(ANDROID))
        assert installation
        installation.sender = "another-project"
        return await bank.story()


@fault("FCM refuses connections, and the customer has an iPhone, too")
async def refused_with_another(rig: Rig) -> Told:
    with held_port() as nobody:
        url = {"RINGPROOF_FCM_URL": f"http://{HOST}:{nobody}"}
        async with rig.running(ANDROID, IPHONE, trouble=Trouble(settings=url)) as bank:
            return await bank.story()
