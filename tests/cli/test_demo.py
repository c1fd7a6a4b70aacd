"""`ringproof demo` in the shells that people have, and when it does not come to its end."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.kit import ringproof
from tests.cli.processes import free_base, started

NOBODY = "http://127.0.0.1:9"
SHELLS = {
    "with a proxy": {
        **dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), NOBODY),
        **dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), NOBODY),
        **dict.fromkeys(("NO_PROXY", "no_proxy"), ""),
    },
    "of another deployment": {"RINGPROOF_ENV": "production", "RINGPROOF_WEB": "/nowhere"},
}


@pytest.mark.parametrize("shell", SHELLS)
def test_a_call_is_proved_in_a_shell(shell):
    result = ringproof("demo", "--once", **SHELLS[shell])
    assert result.exit_code == 0, result.output


def test_a_push_service_without_a_simulator_is_not_offered():
    result = ringproof("demo", "--once", "--push", "webpush")
    assert (result.exit_code, "webpush" in result.output) == (2, True)


def test_instants_of_a_demo_without_a_call_are_refused_with_what_to_add():
    result = ringproof("demo", "--json")
    assert (result.exit_code, "--once" in result.output) == (2, True)


def test_a_failed_start_is_told_once_and_in_words(tmp_path):
    (tmp_path / "people.json").write_text("nobody")
    state = f"--state={tmp_path / 'state'}"
    with started("demo", f"--port-base={free_base()}", state, f"--bank={tmp_path}") as demo:
        assert demo.process.stdout
        said = demo.line + demo.process.stdout.read()
        assert demo.exit_code() == 1
    assert "The idp does not answer: it ended" in said
    assert "exception" not in said


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_demo_that_is_ended_leaves_no_keys_behind(sign, tmp_path):
    with subprocess.Popen(
        [sys.executable, "-m", "ringproof", "demo", "--once"],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        until_there(process, tmp_path, "ringproof-*/logs/idp.log")
        process.send_signal(sign)
        assert process.wait(timeout=60) != 0
    assert list(tmp_path.glob("ringproof-*")) == []


def until_there(process: "subprocess.Popen[bytes]", folder: Path, pattern: str) -> None:
    """Wait for a file that *process* makes; a process that has ended makes none."""
    while not any(folder.glob(pattern)):
        assert process.poll() is None
        time.sleep(0.01)
