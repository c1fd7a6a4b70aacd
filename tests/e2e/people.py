"""Whom the tests are about: agents of the sample bank, and customers of the tests' own."""

import csv
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "examples" / "bank"
ADMINISTRATOR = "230d977e-e225-4159-8720-771f8ca81811"
"""Rowan Ellery, in `people.json`."""
MOST = 100


@dataclass(frozen=True)
class Customer:
    id: str
    name: str
    phone: str

    @property
    def crm_id(self) -> str:
        """Name their record in the CRM, as `getId()` does."""
        return f"{{C0FFEE00-0000-4000-8000-0000000000{self.id[-2:]}}}"


@dataclass(frozen=True)
class Agent:
    id: str
    name: str
    shown_as: str
    photo: bytes
    arn: str
    oid: str


def customers() -> Iterator[Customer]:
    """Yield customers: each test takes its own, with no phones and no calls yet."""
    for number in range(MOST):
        digits = f"{number:02}"
        yield Customer(f"T-{digits}", f"Customer {digits}", f"+447700900{number + 300}")


def bank_with_customers(folder: Path) -> Path:
    """Write the sample bank into *folder*, with the tests' customers besides its own."""
    bank = Path(shutil.copytree(SAMPLE, folder / "bank"))
    with (bank / "customers.csv").open("a", encoding="utf-8", newline="") as file:
        for each in customers():
            csv.writer(file).writerow(
                [each.id, each.crm_id, each.name, each.phone, "Europe/London", "en-GB"]
            )
    people = json.loads((bank / "people.json").read_bytes())
    people["customers"] += [{"sub": each.id, "name": each.name} for each in customers()]
    (bank / "people.json").write_text(json.dumps(people), encoding="utf-8")
    return bank


def agents() -> dict[str, Agent]:
    return {row["agent_id"]: _agent(row) for row in _rows("agents")}


def _agent(row: dict[str, str]) -> Agent:
    photo = (SAMPLE / row["photo"]).read_bytes()
    oid = row["subject"].split("/")[1]
    arn = row["connect_user_arn"]
    return Agent(row["agent_id"], row["name"], row["display_name"], photo, arn, oid)


def _rows(table: str) -> list[dict[str, str]]:
    with (SAMPLE / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
