"""`ringproof --help`: every command is there, and none of them is loaded for it."""

import os
import subprocess
import sys

import pytest

from ringproof.cli import COMMANDS
from tests.cli.kit import ringproof


def test_the_help_page_names_every_command():
    page = ringproof("--help")
    assert page.exit_code == 0
    assert all(name in page.output for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name):
    page = ringproof(name, "--help")
    assert page.exit_code == 0
    assert "Usage" in page.output


def test_the_help_page_loads_no_command_and_no_library_but_the_parser():
    script = "import sys; from ringproof.cli import main\ntry: main()\nfinally: print(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", script, "--help"], capture_output=True, text=True, check=True
    )
    loaded = set(ran.stdout.split())
    assert not loaded & {"boto3", "cryptography", "starlette", "uvicorn", "phonenumbers", "msgspec"}
    assert not {name for name in loaded if name.startswith("ringproof.commands.")}


def test_an_unknown_command_is_refused():
    assert ringproof("telephone").exit_code == 2


def test_the_package_runs_as_a_module():
    ran = subprocess.run(
        [sys.executable, "-m", "ringproof", "--help"], capture_output=True, text=True, check=True
    )
    assert "When your bank calls" in ran.stdout


def test_a_terminal_without_the_characters_shows_others():
    ascii_only = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C"}
    ran = subprocess.run(
        [sys.executable, "-m", "ringproof", "check"],
        env={**os.environ, **ascii_only, "PYTHONIOENCODING": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "RINGPROOF_STORE" in ran.stdout
    assert "not well" in ran.stdout
    assert "Unicode" not in ran.stderr
