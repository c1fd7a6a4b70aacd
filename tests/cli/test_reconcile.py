"""`ringproof reconcile`: records are held against the ledger, and nothing is said twice."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from tests.cli.kit import ringproof


@pytest.fixture
def store(tmp_path):
    return f"sqlite:///{tmp_path / 'store.db'}"


def reconciled(store: str, *arguments: str) -> Result:
    return ringproof("reconcile", "--since", "2026-11-01", *arguments, RINGPROOF_STORE=store)


def a_record(contact: str, **changed: Any) -> dict[str, Any]:
    return {
        "ContactId": contact, "InitialContactId": contact, "Channel": "VOICE",
        "InitiationMethod": "OUTBOUND", "InitiationTimestamp": "2026-11-02T10:00:00Z",
        "DisconnectTimestamp": "2026-11-02T10:05:00Z",
        "LastUpdateTimestamp": "2026-11-02T10:06:00Z",
        "ConnectedToSystemTimestamp": "2026-11-02T10:00:10Z",
        "CustomerEndpoint": {"Address": "+447700900123", "Type": "TELEPHONE_NUMBER"},
        "SystemEndpoint": {"Address": "+442079460123", "Type": "TELEPHONE_NUMBER"},
        "SomethingNew": {"that": "nobody knows"}, **changed,
    }  # fmt: skip


RECORDS = [
    a_record("ungated"),
    a_record("inbound", InitiationMethod="INBOUND"),
    a_record("a chat", Channel="CHAT"),
    a_record("new", InitiationMethod="HOLOGRAM"),
]


def written(path: Path, between: str, *, zipped: bool = False) -> Path:
    text = between.join(json.dumps(each) for each in RECORDS).encode()
    path.write_bytes(gzip.compress(text) if zipped else text)
    return path


@pytest.mark.parametrize(
    ("between", "zipped"), [("\n", False), ("", False), ("\n", True)], ids=["lines", "joined", "gz"]
)
def test_every_outbound_record_is_judged_however_the_file_is_written(
    tmp_path, store, between, zipped
):
    path = written(tmp_path / ("r.json.gz" if zipped else "r.json"), between, zipped=zipped)

    result = reconciled(store, str(path), "--json")

    said = json.loads(result.stdout)
    assert result.exit_code == 1
    assert said["taken"] == {"violation": 2, "no dial": 1}
    assert (said["standings"], said["violations_open"]) == ({"violation": 2}, 2)


def test_a_file_that_is_given_again_changes_nothing(tmp_path, store):
    path = written(tmp_path / "r.json", "\n")
    first = json.loads(reconciled(store, str(path), "--json").stdout)

    assert json.loads(reconciled(store, str(path), str(path), "--json").stdout) == {
        **first, "taken": {"violation": 4, "no dial": 2},
    }  # fmt: skip


def test_a_period_without_contacts_has_nothing_to_look_at(store):
    result = reconciled(store)

    assert result.exit_code == 0
    assert "calls dialed without a contact" in result.stdout


def test_what_is_no_json_is_named_by_its_line(tmp_path, store):
    path = tmp_path / "r.json"
    path.write_text(json.dumps(RECORDS[0]) + "\nnot json\n")

    result = reconciled(store, str(path))

    assert result.exit_code == 1
    assert "r.json, line 2" in result.stderr
