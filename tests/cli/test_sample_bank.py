"""The sample bank fits together: agents can sign in, numbers are nobody's, reasons have translations."""

import csv
import re
from pathlib import Path

from ringproof.commands.photos import LARGEST
from ringproof.settings import Settings
from ringproof.simulators.idp.people import read_people

BANK = Path("examples/bank")
# Kept for drama or tests: Ofcom, Nanpa 555-01xx, Arcep, ACMA, Bundesnetzagentur, PTS, ComReg.
RESERVED = re.compile(
    r"\+44(7700900|2079460|1632960|1314960|2920180|8081570)\d{3}"
    r"|\+1\d{3}55501\d\d|\+33(63998|1990)\d{4,5}|\+61491570\d{3}|\+491713920\d{3}"
    r"|\+4670174(06[0-9]{2})|\+3532091\d{5}"
)


def rows(name: str) -> list[dict[str, str]]:
    with (BANK / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_there_are_thirty_customers_and_five_agents():
    assert (len(rows("customers")), len(rows("agents"))) == (30, 5)


def test_every_number_is_reserved_for_fiction():
    phones = [phone for row in rows("customers") for phone in row["phones"].split(";")]
    phones += [row["phone"] for row in rows("numbers")]
    assert [phone for phone in phones if not RESERVED.fullmatch(phone)] == []


def test_every_agent_and_customer_can_sign_in():
    people, tenant = read_people(BANK / "people.json"), Settings().staff_tenant
    subjects = {f"{tenant}/{each.oid}": each.agent_id for each in people.staff}
    for row in rows("agents"):
        assert subjects[row["subject"]] == row["agent_id"]
    assert {each.sub for each in people.customers} == {
        row["customer_id"] for row in rows("customers")
    }


def test_there_are_a_supervisor_and_an_admin():
    roles = {role for each in read_people(BANK / "people.json").staff for role in each.roles}
    assert roles == {"agent", "supervisor", "admin"}


def test_every_reason_is_there_in_english_and_in_a_language_from_right_to_left():
    languages: dict[str, set[str]] = {}
    for row in rows("reasons"):
        languages.setdefault(row["code"], set()).add(row["language"])
    assert len(languages) >= 8
    assert all("en" in each for each in languages.values())
    assert sum("ar" in each for each in languages.values()) >= 5


def test_one_number_is_inbound_only_and_one_is_not():
    assert {row["inbound_only"] for row in rows("numbers")} == {"true", "false"}


def test_portraits_are_small():
    sizes = [path.stat().st_size for path in (BANK / "photos").iterdir()]
    assert len(sizes) == 5
    assert max(sizes) <= LARGEST // 4
