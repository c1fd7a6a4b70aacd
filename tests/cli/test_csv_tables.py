"""The four tables: each cell's rule, what is unique, and that all errors are found at once."""

import contextlib
import hashlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringproof.commands.bank_folder import Reading, read_folder
from ringproof.commands.spool import Spool
from ringproof.core import cells as a
from ringproof.core.call import Assurance
from ringproof.core.people import Customer
from ringproof.core.phone import E164
from ringproof.core.reasons import check_text

CUSTOMERS = "customer_id,crm_ids,name,phones,time_zone,language\n"
AGENTS = "agent_id,crm_user_id,subject,name,display_name,employee_id,photo,connect_user_arn\n"
NUMBERS = "phone,display_name,inbound_only\n"
REASONS = "code,language,text,minimum_assurance\n"
ARN = (
    "arn:aws:connect:eu-west-2:123456789012:"
    "instance/5b2f6c1e-0c54-4b0e-9d3a-6f1f3f1f0a01/agent/119a72d1-74c9-4f6a-8c01-1cdd9474031b"
)
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100


@pytest.fixture
def read(tmp_path):
    """Write CSV files into a folder and read it."""
    with Spool(Customer) as customers:

        def read(folder: Path = tmp_path, **files: str) -> Reading:
            for name, text in files.items():
                (folder / f"{name}.csv").write_text(text)
            return read_folder(folder, customers, lambda *_: None)

        yield read


@pytest.fixture
def faults(read):
    """Name the places of what is wrong."""

    def faults(**files: Any) -> list[tuple[int, str]]:
        return [(fault.line, fault.column) for fault in read(**files).findings.faults]

    return faults


def test_a_good_customer_is_read_with_every_list(read):
    row = "C-1,{ABC};003x,Amara,+44 7700 900101;+442079460511,Europe/London,en-GB\n"
    reading = read(customers=CUSTOMERS + row)
    assert reading.findings.count == 0
    assert list(reading.bank.customers) == [
        Customer(
            "C-1", ("{ABC}", "003x"), "Amara", (E164("+447700900101"), E164("+442079460511")),
            "Europe/London", "en-GB",
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (",,Amara,+447700900101,Europe/London,en", "customer_id"),
        ("C-1,,,+447700900101,Europe/London,en", "name"),
        ("C-1,,Amara,,Europe/London,en", "phones"),
        ("C-1,,Amara,07700 900101,Europe/London,en", "phones"),
        ("C-1,,Amara,+44770,Europe/London,en", "phones"),
        ("C-1,,Amara,+447700900101,Europe/Atlantis,en", "time_zone"),
        ("C-1,,Amara,+447700900101,,en", "time_zone"),
        ("C-1,,Amara,+447700900101,Europe/London,English", "language"),
        ("C-1,,Amara,+447700900101,Europe/London,qq", "language"),
    ],
)
def test_a_bad_cell_of_a_customer_is_named(faults, row, column):
    assert faults(customers=f"{CUSTOMERS}{row}\n") == [(2, column)]


def test_a_crm_id_that_two_customers_have_is_named_with_its_first_line(read):
    rows = (
        "C-1,{ABC},Amara,+447700900101,Europe/London,en\n"
        "C-2,abc,Noah,+447700900102,Europe/London,en\n"
    )
    [fault] = read(customers=CUSTOMERS + rows).findings.faults
    assert (fault.line, fault.column) == (3, "crm_ids")
    assert "line 2" in fault.allowed


def test_every_fault_of_every_file_is_found_in_one_go(read):
    reading = read(
        customers=CUSTOMERS + ",,,x,Nowhere,qq\n" * 3,
        numbers=NUMBERS + "123,Bank,perhaps\n",
        reasons=REASONS + "Fraud,en,see www.example.com,none\n",
    )
    assert reading.findings.count == 5 * 3 + 2 + 3


def test_the_report_is_short_and_the_count_is_true(read):
    reading = read(numbers=NUMBERS + "123,Bank,false\n" * 500)
    assert (len(reading.findings.faults), reading.findings.count) == (200, 500)


def agent(photo: str = "", **changes: str) -> str:
    row = {
        "id": "ayesha", "crm": "{7F26}", "subject": "tid/oid", "name": "Ayesha Rahman",
        "display": "Ayesha", "employee": "E1", "photo": photo, "arn": ARN,
    } | changes  # fmt: skip
    return AGENTS + ",".join(row.values()) + "\n"


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"subject": "oid"}, "subject"),
        ({"arn": "arn:aws:iam::1:user/x"}, "connect_user_arn"),
        ({"display": "call 0800 123 45678"}, "display_name"),
    ],
)
def test_a_bad_cell_of_an_agent_is_named(faults, changes, column):
    assert faults(agents=agent(**changes)) == [(2, column)]


def test_a_photo_is_kept_by_its_hash(read, tmp_path):
    (tmp_path / "a.png").write_bytes(PNG)
    bank = read(agents=agent("a.png")).bank
    sha256 = hashlib.sha256(PNG).hexdigest()
    assert bank.agents[0].photo == sha256
    assert bank.photos == {sha256: PNG}


@pytest.mark.parametrize(
    "content", [b"", b"GIF89a", b"<svg/>", PNG[:8] + b"0" * 20 * 1024, b"RIFF....WAVEfmt "]
)
def test_a_photo_that_is_none_or_too_large_is_named(faults, tmp_path, content):
    (tmp_path / "a.png").write_bytes(content)
    assert faults(agents=agent("a.png")) == [(2, "photo")]


@pytest.mark.parametrize("path", ["missing.png", "../a.png", "/etc/hostname", "."])
def test_a_photo_is_read_only_beside_the_file(faults, tmp_path, path):
    (tmp_path / "a.png").write_bytes(PNG)
    inside = tmp_path / "bank"
    inside.mkdir()
    assert faults(folder=inside, agents=agent(path)) == [(2, "photo")]


def test_languages_of_a_reason_come_together(read):
    rows = "fraud,en,About a payment,acknowledged\nfraud,fr,Un paiement,acknowledged\n"
    [reason] = read(reasons=REASONS + rows).bank.reasons
    assert (reason.texts, reason.minimum) == (
        {"en": "About a payment", "fr": "Un paiement"},
        Assurance.ACKNOWLEDGED,
    )


def test_a_reason_whose_languages_disagree_on_the_minimum_is_named(faults):
    rows = "fraud,en,About a payment,acknowledged\nfraud,fr,Un paiement,\n"
    assert faults(reasons=REASONS + rows) == [(3, "minimum_assurance")]


@given(st.text(max_size=80))
def test_a_reason_is_taken_exactly_if_the_core_would_sign_it(text):
    try:
        taken = a.signed_text(text)
    except ValueError:
        return
    assert check_text(text) == taken == text


@given(st.text(max_size=30))
def test_any_cell_is_parsed_or_refused(cell):
    for parse in (a.text, a.identifier, a.phone, a.time_zone, a.language, a.subject, a.agent_arn,
                  a.yes_or_no, a.assurance, a.reason_code):  # fmt: skip
        with contextlib.suppress(ValueError):
            parse(cell)
