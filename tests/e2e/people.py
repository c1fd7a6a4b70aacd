"""Whom the tests are about: customers and agents of the sample bank."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from tests.e2e.bank import ROOT

SAMPLE = ROOT / "examples" / "bank"
ADMINISTRATOR = "230d977e-e225-4159-8720-771f8ca81811"
"""Rowan Ellery, in `people.json`."""


@dataclass(frozen=True)
class Customer:
    id: str
    name: str
    phone: str


@dataclass(frozen=True)
class Agent:
    id: str
    name: str
    shown_as: str
    photo: bytes
    arn: str
    oid: str


def customers() -> Iterator[Customer]:
    """Yield the bank's customers: each test takes its own, with no phones and no calls yet."""
    for row in _rows("customers"):
        yield Customer(row["customer_id"], row["name"], row["phones"].split(";")[0])


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
