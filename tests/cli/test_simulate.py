"""`ringproof simulate`: as a process, from its first line to its end."""

import signal
import socket

import pytest

from ringproof.commands.demo_state import DemoState
from ringproof.commands.local_ports import LocalPorts
from ringproof.core.call import DialMode
from tests.cli.kit import ringproof
from tests.cli.processes import started

ANY_PORT = {
    "idp": ["--port=0"],
    "apns": ["--port=0", "--device-port=0"],
    "fcm": ["--port=0"],
    "connect": ["--port=0"],
    "eventbridge": ["--port=0"],
    "webhook": ["--port=0"],
    "dynamics": ["--port=0"],
}
SECRET = "whsec_" + "c2ltdWxhdG9y" * 3


@pytest.fixture
def env(tmp_path):
    state, ports = DemoState(tmp_path / "state"), LocalPorts.free()
    state.prepare(ports)
    return {**state.environment(ports, DialMode.AGENT), "RINGPROOF_WEBHOOK_SECRET": SECRET}


def options(name: str, tmp_path) -> list[str]:
    return ANY_PORT[name] + ([f"--tls={tmp_path / 'tls'}"] if name == "apns" else [])


@pytest.mark.parametrize("name", ANY_PORT)
def test_a_simulator_says_where_it_is_and_ends_at_sigterm(name, env, tmp_path):
    with started("simulate", name, *options(name, tmp_path), env=env) as running:
        assert running.get("/sim/faults") == []
        running.process.send_signal(signal.SIGTERM)
        assert running.exit_code() == 0


def test_a_simulator_ends_when_its_parent_does():
    with started("simulate", "idp", "--port=0") as running:
        assert running.process.stdin
        running.process.stdin.close()
        assert running.exit_code() == 0


def test_a_simulator_begins_with_the_faults_it_was_given(tmp_path):
    faults = tmp_path / "faults.json"
    faults.write_text('[{"fault": "latency", "ms": 5}]')
    with started("simulate", "connect", "--port=0", f"--faults={faults}") as running:
        assert running.get("/sim/faults")[0]["ms"] == 5


def test_faults_that_are_none_are_refused_with_a_sentence(tmp_path):
    faults = tmp_path / "faults.json"
    faults.write_text('[{"fault": "earthquake"}]')
    result = ringproof("simulate", "connect", "--port=0", f"--faults={faults}")
    assert (result.exit_code, "earthquake" in result.output) == (1, True)


@pytest.mark.parametrize(
    ("name", "variable"),
    [
        ("apns", "RINGPROOF_APNS_KEY_FILE"),
        ("fcm", "RINGPROOF_FCM_SERVICE_ACCOUNT"),
        ("webhook", "RINGPROOF_WEBHOOK_SECRET"),
    ],
)
def test_a_simulator_without_a_key_says_which_setting_is_missing(name, variable):
    result = ringproof("simulate", name)
    assert (result.exit_code, variable in result.output) == (1, True)


@pytest.mark.parametrize(
    ("name", "variable"),
    [("apns", "RINGPROOF_APNS_KEY_FILE"), ("fcm", "RINGPROOF_FCM_SERVICE_ACCOUNT")],
)
def test_a_file_that_is_no_key_is_refused_with_its_name(name, variable, tmp_path):
    (tmp_path / "rubbish").write_text("{}")
    result = ringproof("simulate", name, **{variable: str(tmp_path / "rubbish")})
    assert (result.exit_code, "rubbish" in result.output) == (1, True)


def test_a_people_file_that_is_wrong_is_refused_with_its_field(tmp_path):
    (tmp_path / "people.json").write_text('{"staff": [{"oid": 1}]}')
    result = ringproof("simulate", "idp", f"--people={tmp_path / 'people.json'}")
    assert (result.exit_code, "oid" in result.output) == (1, True)


def test_a_port_that_is_taken_is_named():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = ringproof("simulate", "idp", f"--port={port}")
    assert (result.exit_code, str(port) in result.output) == (1, True)
