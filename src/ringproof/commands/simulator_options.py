"""What each simulator is told, so that it fits the deployment of the same settings."""

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from ringproof.commands.screen import fail
from ringproof.settings import Settings
from ringproof.simulators.apns import ApnsOptions
from ringproof.simulators.connect import ConnectOptions, Queue, instance
from ringproof.simulators.connect.configuration.records import GATE_CONTENT, Configuration
from ringproof.simulators.connect.options import BANK_NUMBER
from ringproof.simulators.fcm import FcmOptions, read_account
from ringproof.simulators.idp.options import IdpOptions
from ringproof.simulators.idp.people import read_people
from ringproof.simulators.jws import public_key


def idp(settings: Settings, port: int, people: Path, keys: Path | None) -> IdpOptions:
    """Know the deployment's clients, and the pages that they come back to."""
    pages = settings.public_url
    try:
        known = read_people(people)
    except msgspec.MsgspecError as error:
        fail(f"{people}: {error}")
    return IdpOptions(
        port=port,
        tenant=settings.staff_tenant,
        staff_audience=settings.staff_audience,
        staff_clients=dict.fromkeys(settings.staff_clients, (f"{pages}/agent/",)),
        customer_audience=settings.customer_audience,
        customer_clients=dict.fromkeys(settings.customer_clients, (f"{pages}/handset/",)),
        people=known,
        key_directory=keys,
    )


def apns(settings: Settings, port: int, device_port: int, tls: Path) -> ApnsOptions:
    """Trust the deployment's provider key, of which only the public half is kept."""
    file = settings.apns_key_file
    if file is None:
        fail("Set RINGPROOF_APNS_KEY_FILE: the simulator trusts the key that ringproof signs with.")
    try:
        key = public_key(file.read_bytes())
    except (OSError, ValueError) as error:
        fail(f"{file} is no key: {error}")
    return ApnsOptions(
        keys={settings.apns_key_id: key},
        team=settings.apns_team,
        topics=frozenset(settings.apps),
        port=port,
        device_port=device_port,
        tls_dir=tls,
    )


def fcm(settings: Settings, port: int) -> FcmOptions:
    """Know the deployment's service account."""
    file = settings.fcm_service_account
    if file is None:
        fail("Set RINGPROOF_FCM_SERVICE_ACCOUNT: the simulator knows the account in that file.")
    try:
        return FcmOptions(accounts=(read_account(file),), port=port)
    except (OSError, ValueError, msgspec.MsgspecError) as error:
        fail(f"{file} is no service account: {error}")


def connect(
    settings: Settings, port: int, numbers: Sequence[str], dialable: Sequence[str], *, gated: bool
) -> ConnectOptions:
    """Be the deployment's instance; its events and its gate come to the deployment."""
    key, (_, _, queue) = settings.connect_key.reveal(), settings.connect_queue.rpartition("/")
    return ConnectOptions(
        port=port,
        region=settings.connect_region,
        instance_id=settings.connect_instance,
        claimed_numbers=tuple(numbers) or (BANK_NUMBER,),
        dialable_prefixes=tuple(dialable),
        flows=(settings.connect_flow,),
        queues=(Queue(id=queue, gated=gated),),
        gate_url=settings.public_url,
        gate_key=key,
        events_url=f"{settings.public_url}/connect/events",
        events_key=key,
        configuration=_configuration(settings, queue, gated=gated),
    )


def _configuration(settings: Settings, queue: str, *, gated: bool) -> Configuration:
    """Be configured as the deployment's instance should be, but for a queue that is not to be gated."""
    page, gate = urlsplit(settings.public_url), settings.connect_gate
    return Configuration(
        queues=(instance.Queue(queue, outbound_flow_id=gate if gated else None),),
        flows=(
            instance.Flow(gate, "Gate", "OUTBOUND_WHISPER", GATE_CONTENT),
            instance.Flow(settings.connect_flow, "Answered", "CONTACT_FLOW", GATE_CONTENT),
        ),
        routing_profiles=(
            instance.RoutingProfile(default_outbound_queue_id=queue, queue_ids=(queue,)),
        ),
        origins=(f"{page.scheme}://{page.netloc}", *settings.connect_origins),
        functions=settings.connect_functions,
    )
