"""`ringproof check` and `ringproof demo --once`, with every part running as a process of its own."""

import dataclasses
import json
import signal
import socket
from contextlib import ExitStack

import pytest

from ringproof.commands.demo_state import DemoState
from ringproof.commands.local_ports import HOST, LocalPorts
from ringproof.core.call import DialMode
from tests.cli.kit import ringproof
from tests.cli.processes import free_base, started

INSTANTS = [
    "requestedAt", "pushedAt", "proofVerifiedAt", "dialedAt", "ringAt", "connectedAt", "endedAt",
]  # fmt: skip


@pytest.mark.parametrize(("mode", "push"), [("agent", "apns"), ("server", "fcm")])
def test_a_verified_call_is_proved_before_it_rings(mode, push):
    result = ringproof("demo", "--once", "--json", "--mode", mode, "--push", push)
    assert result.exit_code == 0, result.output
    call = json.loads(result.stdout)
    assert (call["outcome"], call["assurance"]) == ("answered", "acknowledged")
    assert all(isinstance(call[name], int) for name in INSTANTS)
    assert call["requestedAt"] <= call["pushedAt"] <= call["dialedAt"] <= call["ringAt"]
    assert call["proofVerifiedAt"] <= call["ringAt"] <= call["connectedAt"] <= call["endedAt"]


def test_the_picture_shows_the_proof_before_the_ring():
    result = ringproof("demo", "--once")
    assert result.exit_code == 0, result.output
    assert "ms before ring" in result.stdout
    lines = [
        line for line in result.stdout.splitlines() if "✓ verified" in line or "◉ ring" in line
    ]
    assert "verified" in lines[0]


def test_a_bank_that_is_not_in_order_is_refused_before_anything_starts(tmp_path):
    people = {"staff": [{"oid": "a", "name": "A"}], "customers": [{"sub": "b", "name": "B"}]}
    (tmp_path / "people.json").write_text(json.dumps(people))
    (tmp_path / "customers.csv").write_text("nothing\n")
    result = ringproof("demo", "--once", "--bank", str(tmp_path))
    assert (result.exit_code, "ringproof import" in result.output) == (1, True)


def test_a_port_that_is_taken_is_named_with_what_wants_it(tmp_path):
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
        result = ringproof("demo", f"--port-base={port}", f"--state={tmp_path}")
    assert (result.exit_code, f"{port} (serve)" in result.output) == (1, True)


@pytest.fixture
def demo(tmp_path):
    base = free_base()
    with started("demo", f"--port-base={base}", f"--state={tmp_path / 'state'}") as running:
        yield running, base, tmp_path / "state"


def test_a_demo_serves_until_it_is_interrupted_and_leaves_nobody_behind(demo):
    running, base, state = demo
    ports = LocalPorts.from_base(base)
    assert len(ports.taken()) == 6
    env = dict(DemoState(state).environment(ports, DialMode.AGENT))
    checked = ringproof("check", **env)
    assert checked.exit_code == 0, checked.output
    assert env["RINGPROOF_CONNECT_KEY"] not in checked.output
    running.process.send_signal(signal.SIGINT)
    assert running.exit_code() == 0
    assert ports.taken() == []


def test_children_end_with_a_demo_that_is_killed(demo):
    running, base, _ = demo
    with ExitStack() as held:
        lines = [
            held.enter_context(socket.create_connection((HOST, port), timeout=60))
            for port in dataclasses.astuple(LocalPorts.from_base(base))
        ]
        running.process.kill()
        assert [until_closed(line) for line in lines] == [b""] * len(lines)


def until_closed(line: socket.socket) -> bytes:
    """Wait until the other side is gone."""
    try:
        return line.recv(1)
    except ConnectionResetError:
        return b""
