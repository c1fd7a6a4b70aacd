"""What each simulator is told, so that it fits the deployment of the same settings."""

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from ringproof.commands.connect_instance import (
    INBOUND_FLOW_ID,
    OPEN_QUEUE_ID,
    flows_of,
    profile_of,
    queue_of,
)
from ringproof.commands.screen import fail
from ringproof.core.judge import Enforcement
from ringproof.settings import Settings
from ringproof.simulators.apns import ApnsOptions
from ringproof.simulators.connect import ConnectOptions, Queue
from ringproof.simulators.connect.configuration.records import Configuration
from ringproof.simulators.connect.options import BANK_NUMBER
from ringproof.simulators.dynamics import DynamicsOptions
from ringproof.simulators.eventbridge import EventBridgeOptions
from ringproof.simulators.fcm import FcmOptions, read_account
from ringproof.simulators.idp.options import IdpOptions
from ringproof.simulators.idp.people import read_people
from ringproof.simulators.jws import public_key
from ringproof.simulators.webhook import WebhookOptions


def idp(settings: Settings, port: int, people: Path, keys: Path | None) -> IdpOptions:
    """Know the deployment's clients, and the pages that they come back to."""
    pages, organisation = settings.public_url, settings.dynamics_origin
    staff = [f"{pages}/agent/", f"{pages}/dynamics/"]
    if organisation:
        staff.append(f"{organisation}/WebResources/rp_/redirect.html")
    try:
        known = read_people(people)
    except msgspec.MsgspecError as error:
        fail(f"{people}: {error}")
    return IdpOptions(
        port=port,
        tenant=settings.staff_tenant,
        staff_audience=settings.staff_audience,
        staff_clients=dict.fromkeys(settings.staff_clients, tuple(staff)),
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
    settings: Settings,
    port: int,
    numbers: Sequence[str],
    dialable: Sequence[str],
    *,
    gated: bool,
    mode: Enforcement = Enforcement.BLOCK,
    open_queue: bool = False,
) -> ConnectOptions:
    """Be the deployment's instance, with its flows; its Lambdas, events and records are the deployment's.

    *open_queue* adds a queue with Connect's own flow, from which every agent may dial.
    """
    key, claimed = settings.connect_key.reveal(), tuple(numbers) or (BANK_NUMBER,)
    queues = [queue_of(settings, claimed[0], mode, gated=gated)]
    if open_queue:
        queues.append(Queue(id=OPEN_QUEUE_ID, name="Not gated", caller_id=claimed[0]))
    return ConnectOptions(
        port=port,
        region=settings.connect_region,
        instance_id=settings.connect_instance,
        claimed_numbers=claimed,
        dialable_prefixes=tuple(dialable),
        flows=flows_of(settings, claimed[0], mode),
        inbound_flow_id=INBOUND_FLOW_ID,
        queues=tuple(queues),
        routing_profiles=(profile_of(*queues),),
        gate_url=settings.public_url,
        gate_key=key,
        events_url=f"{settings.public_url}/connect/events",
        events_key=key,
        records_url=f"{settings.public_url}/connect/records",
        configuration=_configuration(settings),
    )


def _configuration(settings: Settings) -> Configuration:
    """Be configured, around calls, as the deployment's instance should be."""
    page = urlsplit(settings.public_url)
    return Configuration(
        origins=(f"{page.scheme}://{page.netloc}", *settings.connect_origins),
        functions=settings.connect_functions,
    )


def eventbridge(settings: Settings, port: int) -> EventBridgeOptions:
    """Have the deployment's bus, besides the default one."""
    bus = (settings.event_bus or "default").rpartition("/")[2]
    return EventBridgeOptions(
        port=port, region=settings.connect_region, buses=frozenset({"default", bus})
    )


def webhook(settings: Settings, port: int) -> WebhookOptions:
    """Believe what the deployment signs."""
    secret = settings.webhook_secret.reveal()
    if not secret:
        fail("Set RINGPROOF_WEBHOOK_SECRET: the simulator believes what is signed with it.")
    return WebhookOptions(secret=secret, port=port)


def dynamics(settings: Settings, port: int, solution: Path | None) -> DynamicsOptions:
    """Have the deployment's solution imported, its variables set, and its panel docked."""
    built = sorted((settings.web / "dynamics" / "solution" / "dist").glob("*.zip"))
    chosen = solution or next(iter(built), None)
    if chosen is None:
        fail("The solution is not built. Run: npm ci && npm run build -w @ringproof/dynamics")
    return DynamicsOptions(
        solution=chosen,
        panel=f"{settings.public_url}/dynamics/",
        variables=dynamics_variables(settings),
        port=port,
    )


def dynamics_variables(settings: Settings) -> dict[str, str]:
    """Set what an administrator would; the tenant's place takes another provider's issuer."""
    return {
        "rp_ApiAddress": settings.public_url,
        "rp_ClientId": settings.staff_clients[0],
        "rp_TenantId": settings.staff_issuer,
        "rp_Scope": settings.staff_scope,
    }
