import asyncio
import json
import os
import signal
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyreqwest.client import ClientBuilder

from ringproof.core.people import PushService
from ringproof.ports import KeyUse
from ringproof.setting_kinds import Secret
from ringproof.settings import BadSettings, Env, Settings
from ringproof.simulators.eventbridge import EventBridgeOptions, EventBridgeSimulator
from ringproof.simulators.loopback import served
from ringproof.simulators.webhook import WebhookOptions, WebhookSimulator
from ringproof.usecases.enforce import Dialed, enforce
from ringproof.wiring import deployment_of, open_desk, open_house

SECRET = "whsec_" + "c2ltdWxhdG9y" * 3


def embedded(folder: Path, **changed: object) -> Settings:
    return Settings(store=folder / "db" / "ringproof.db", signing_key=folder / "keys", **changed)  # type: ignore[arg-type]


async def test_with_nothing_set_it_opens_and_is_well(tmp_path: Path):
    async with (
        open_house(embedded(tmp_path)) as house,
        served(house.app, "127.0.0.1", 0) as url,
        ClientBuilder().build() as client,
    ):
        health = await client.get(f"{url}/healthz").build().send()

        assert health.status == 200
        assert {key.use for key in await house.desk.ports.signer.keys()} == set(KeyUse)


async def test_a_restart_finds_the_same_keys(tmp_path: Path):
    async with open_desk(embedded(tmp_path)) as desk:
        before = await desk.ports.signer.kid(KeyUse.PROOF)

    async with open_desk(embedded(tmp_path)) as desk:
        assert await desk.ports.signer.kid(KeyUse.PROOF) == before


async def test_a_push_service_is_there_once_it_has_its_key(tmp_path: Path):
    key = ec.generate_private_key(ec.SECP256R1())
    file = tmp_path / "key.p8"
    file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))

    async with open_desk(embedded(tmp_path, apns_key_file=file)) as desk:
        assert set(desk.ports.push) == {PushService.APNS}


@pytest.mark.parametrize("name", ["apns_key_file", "fcm_service_account"])
async def test_a_credential_that_cannot_be_read_stops_the_start(tmp_path: Path, name: str):
    with pytest.raises(BadSettings, match=f"RINGPROOF_{name.upper()} cannot be read"):
        async with open_desk(embedded(tmp_path, **{name: tmp_path / "missing"})):
            pass


async def test_an_alert_channel_is_there_once_it_is_set_up(tmp_path: Path):
    settings = embedded(
        tmp_path, webhook_url="http://127.0.0.1:8407", webhook_secret=Secret(SECRET), event_bus="b"
    )
    async with open_desk(settings) as desk:
        assert [channel.name for channel in desk.ports.alerts] == ["webhook", "eventbridge"]

    async with open_desk(embedded(tmp_path)) as desk:
        assert desk.ports.alerts == []


async def test_a_dial_that_the_gate_denies_arrives_on_both_channels(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "simulator")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "simulator")
    async with (
        WebhookSimulator(WebhookOptions(SECRET, port=0)).running() as receiver,
        EventBridgeSimulator(EventBridgeOptions(port=0)).running() as bus,
    ):
        settings = embedded(
            tmp_path, webhook_url=receiver.url, webhook_secret=Secret(SECRET),
            event_bus="default", events_url=bus.url, connect_url="http://127.0.0.1:9",
        )  # fmt: skip
        async with open_desk(settings) as desk:
            await enforce(desk, Dialed("arn:agent", "+447700900123", "arn:queue", "contact"))

    (message,) = receiver.messages.values()
    assert (message["contactId"], message["code"]) == ("contact", "not_announced")
    assert [json.loads(event["Detail"]) for event in bus.events] == [message]


@pytest.mark.parametrize("secret", ["", "secret", "whsec_", "whsec_c2hvcnQ=", SECRET * 4])
async def test_a_webhook_without_a_good_secret_stops_the_start(tmp_path: Path, secret: str):
    settings = embedded(
        tmp_path, webhook_url="https://bank.example/hook", webhook_secret=Secret(secret)
    )
    with pytest.raises(BadSettings, match="RINGPROOF_WEBHOOK_SECRET must be whsec_") as refused:
        async with open_desk(settings):
            pass
    assert secret in {"", "secret", "whsec_"} or secret not in str(refused.value)


async def test_a_webhook_that_is_no_web_address_stops_the_start(tmp_path: Path):
    settings = embedded(
        tmp_path, webhook_url="wss://bank.example/hook", webhook_secret=Secret(SECRET)
    )
    with pytest.raises(BadSettings, match="RINGPROOF_WEBHOOK_URL must be https"):
        async with open_desk(settings):
            pass


async def test_production_does_not_start_with_a_simulator(tmp_path: Path):
    with pytest.raises(BadSettings, match="only a simulator"):
        async with open_desk(embedded(tmp_path, env=Env.PRODUCTION)):
            pass


async def test_what_was_begun_is_finished_before_the_store_closes(tmp_path: Path):
    heard = asyncio.Event()

    async def work(desk: object) -> None:
        await heard.wait()
        await desk.ports.store.heard_feed(7)  # type: ignore[attr-defined]

    async with open_desk(embedded(tmp_path)) as desk:
        task = desk.background.start(work(desk), "work")
        asyncio.get_running_loop().call_soon(heard.set)

    assert task.exception() is None


def test_the_rules_are_the_settings():
    settings = Settings.read({"RINGPROOF_ANNOUNCE_WAIT": "2s", "RINGPROOF_QUIET_HOURS": "none"})

    deployment = deployment_of(settings)

    assert deployment.policy.announce_wait == 2_000
    assert deployment.policy.quiet_from == deployment.policy.quiet_until
    assert deployment.photos == "http://127.0.0.1:8400/photos"


SERVE = """
import asyncio, os
from ringproof.settings import Settings
from ringproof.wiring import serve
asyncio.run(serve(Settings.read(os.environ), ready=lambda url: print(url, flush=True)))
"""


async def test_a_server_that_is_told_to_stop_stops_well(tmp_path: Path):
    environ = os.environ | {
        "RINGPROOF_PORT": "0",
        "RINGPROOF_STORE": f"sqlite:///{tmp_path}/ringproof.db",
        "RINGPROOF_SIGNING_KEY": f"file:{tmp_path}/keys",
    }
    server = await asyncio.create_subprocess_exec(
        sys.executable, "-c", SERVE, env=environ, stdout=asyncio.subprocess.PIPE
    )
    assert server.stdout is not None
    url = (await server.stdout.readline()).decode().strip()
    async with ClientBuilder().build() as client:
        assert (await client.get(f"{url}/healthz").build().send()).status == 200

    server.send_signal(signal.SIGTERM)

    assert await server.wait() == 0
    assert (tmp_path / "ringproof.db").exists()
    assert not (tmp_path / "ringproof.db-wal").exists(), "SQLite drops it when the last one closes"
