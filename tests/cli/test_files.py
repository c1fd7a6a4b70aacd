"""Files and directories that are not to be had: a sentence that names them, and never a traceback."""

import pytest

from tests.cli.bank_kit import BANK
from tests.cli.kit import ringproof
from tests.cli.processes import free_base

NOWHERE = "/proc/nowhere"
"""Nobody can make anything there, not even root."""


def refused(*args: str, **env: str) -> str:
    result = ringproof(*args, **env)
    assert (result.exit_code, type(result.exception)) == (1, SystemExit), result.output
    assert NOWHERE in result.output
    return result.output


def test_an_import_names_the_store_that_cannot_be_made():
    refused("import", str(BANK), RINGPROOF_STORE=f"sqlite:///{NOWHERE}/bank.db")


def test_a_file_that_cannot_be_read_ends_an_import_with_a_sentence(tmp_path):
    (tmp_path / "numbers.csv").symlink_to("/proc/self/mem")
    result = ringproof("import", str(tmp_path))
    assert (result.exit_code, type(result.exception)) == (1, SystemExit), result.output
    assert "✗" in result.output


@pytest.mark.parametrize("act", [("create",), ("rotate",)])
def test_keys_name_the_folder_that_cannot_be_made(act):
    refused("keys", *act, RINGPROOF_SIGNING_KEY=f"file:{NOWHERE}/keys")


def test_keys_name_the_file_that_cannot_be_published_to(tmp_path):
    keys = f"file:{tmp_path / 'keys'}"
    assert ringproof("keys", "create", RINGPROOF_SIGNING_KEY=keys).exit_code == 0
    refused("keys", "publish", "--out", f"{NOWHERE}/jwks.json", RINGPROOF_SIGNING_KEY=keys)


def test_a_demo_names_the_folder_that_cannot_be_made():
    refused("demo", f"--state={NOWHERE}", f"--port-base={free_base()}")


def test_a_server_names_the_store_that_cannot_be_made_and_does_not_speak_of_its_port(tmp_path):
    said = refused(
        "serve",
        RINGPROOF_STORE=f"sqlite:///{NOWHERE}/bank.db",
        RINGPROOF_SIGNING_KEY=f"file:{tmp_path / 'keys'}",
        RINGPROOF_PORT="0",
    )
    assert "Cannot listen" not in said
