"""What can go wrong with APNs, met by a customer with one iPhone."""

import time
from functools import partial

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from ringproof.commands.local_ports import HOST
from ringproof.settings import Settings
from ringproof.simulators.faults import Answer, Blackhole, Fault, Garbage, Goaway, Latency, Reset
from tests.faults.registry import FAULTS, fault
from tests.faults.rig import ANDROID, IPHONE, Rig, Told
from tests.faults.world import Trouble, held_port

HASTY = {"RINGPROOF_ANNOUNCE_WAIT": "300ms"}


async def _injected(shown: Fault, rig: Rig) -> Told:
    async with rig.running(IPHONE) as bank:
        bank.world.apns.faults.inject(shown)
        return await bank.story()


INJECTED: dict[str, Fault] = {
    "APNs resets every connection": Reset(),
    "APNs resets one connection": Reset(times=1),
    "APNs ends every connection with GOAWAY": Goaway(),
    "APNs ends one connection with GOAWAY": Goaway(times=1, excluding=True),
    "APNs answers 429 `TooManyRequests`": Answer(status=429, reason="TooManyRequests"),
    "APNs answers 429 `TooManyProviderTokenUpdates`": Answer(
        status=429, reason="TooManyProviderTokenUpdates"
    ),
    "APNs answers garbage": Garbage(),
    "APNs answers 400 `BadDeviceToken`": Answer(status=400, reason="BadDeviceToken"),
    "APNs answers 500 `InternalServerError`": Answer(status=500, reason="InternalServerError"),
    "APNs answers 503 `ServiceUnavailable`": Answer(status=503, reason="ServiceUnavailable"),
    "APNs answers one 503 `Shutdown`": Answer(status=503, reason="Shutdown", times=1),
}
FAULTS.update({name: partial(_injected, shown) for name, shown in INJECTED.items()})


@fault("APNs refuses connections")
async def refused(rig: Rig) -> Told:
    with held_port() as nobody:
        url = {"RINGPROOF_APNS_URL": f"https://{HOST}:{nobody}"}
        async with rig.running(IPHONE, trouble=Trouble(settings=url)) as bank:
            return await bank.story()


async def _too_late(shown: Fault, rig: Rig) -> Told:
    async with rig.running(IPHONE, trouble=Trouble(settings=HASTY)) as bank:
        bank.world.apns.faults.inject(shown)
        return await bank.story()


FAULTS["APNs answers later than the agent waits"] = partial(_too_late, Latency(ms=1000))
FAULTS["APNs takes connections and is silent"] = partial(_too_late, Blackhole())


@fault("our provider token has expired for APNs (403 `ExpiredProviderToken`)")
async def expired_token(rig: Rig) -> Told:
    in_two_hours = Trouble(apns={"now": lambda: time.time() + 7200})
    async with rig.running(IPHONE, trouble=in_two_hours) as bank:
        return await bank.story()


@fault("APNs does not know our key (403 `InvalidProviderToken`)")
async def wrong_key(rig: Rig) -> Told:
    async with rig.running(IPHONE, trouble=Trouble(tamper=another_key)) as bank:
        return await bank.story()


def another_key(settings: Settings) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    assert settings.apns_key_file
    settings.apns_key_file.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )


@fault("the app was removed from the iPhone (410 `Unregistered`)")
async def unregistered(rig: Rig) -> Told:
    async with rig.running(IPHONE) as bank:
        await bank.remove_app(IPHONE)
        return await bank.story()


@fault("the app was removed from the customer's only phone, and an agent calls again")
async def unregistered_again(rig: Rig) -> Told:
    async with rig.running(IPHONE) as bank:
        await bank.remove_app(IPHONE)
        await bank.story()
        return await bank.story()


@fault("APNs refuses connections, and the customer has an Android phone, too")
async def refused_with_another(rig: Rig) -> Told:
    with held_port() as nobody:
        url = {"RINGPROOF_APNS_URL": f"https://{HOST}:{nobody}"}
        async with rig.running(IPHONE, ANDROID, trouble=Trouble(settings=url)) as bank:
            return await bank.story()


@fault("APNs takes connections and is silent, and the customer has an Android phone, too")
async def silent_with_another(rig: Rig) -> Told:
    async with rig.running(IPHONE, ANDROID) as bank:
        bank.world.apns.faults.inject(Blackhole())
        return await bank.story()
