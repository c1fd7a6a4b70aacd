"""Taking in what `ringproof import` brings: rows with the same ids are replaced, the others stay."""

# ruff: noqa: S608  (SQL is put together from constants; every value is a parameter)

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from ringproof.adapters.store.sqlite.rows import AGENT, CUSTOMER, marks, names, texts_value
from ringproof.adapters.store.sqlite.search import indexed
from ringproof.core.errors import Code, Refused
from ringproof.core.people import Agent, BankNumber, Customer, same_id
from ringproof.core.reasons import Reason

_PUT_CUSTOMER = f"""
INSERT INTO customers ({names(CUSTOMER)}) VALUES ({marks(CUSTOMER)})
ON CONFLICT (id) DO UPDATE SET crm_ids = excluded.crm_ids, name = excluded.name,
    phones = excluded.phones, time_zone = excluded.time_zone, language = excluded.language
RETURNING no
"""
_PUT_AGENT = f"INSERT INTO agents ({names(AGENT)}) VALUES ({marks(AGENT)}) RETURNING no"
_PUT_NUMBER = """
INSERT INTO numbers (phone, display_name, inbound_only) VALUES (?, ?, ?)
ON CONFLICT (phone) DO UPDATE SET display_name = excluded.display_name,
    inbound_only = excluded.inbound_only
"""
_PUT_REASON = """
INSERT INTO reasons (code, texts, minimum) VALUES (?, ?, ?)
ON CONFLICT (code) DO UPDATE SET texts = excluded.texts, minimum = excluded.minimum
"""


def put_customers(db: sqlite3.Connection, customers: Sequence[Customer]) -> None:
    """Replace customers, the ids they are known by, and the words they are found by."""
    rows = [(db.execute(_PUT_CUSTOMER, _customer_values(c)).fetchone()[0], c) for c in customers]
    # All former ids go before the first new one comes: two customers may have swapped theirs.
    for table, column in (("customer_ids", "customer"), ("customer_words", "rowid")):
        db.executemany(f"DELETE FROM {table} WHERE {column} = ?", [(no,) for no, _ in rows])
    db.executemany("DELETE FROM customer_numbers WHERE customer = ?", [(no,) for no, _ in rows])
    db.executemany(
        "INSERT OR IGNORE INTO customer_numbers VALUES (?, ?)",
        [(phone, no) for no, customer in rows for phone in customer.phones],
    )
    for no, customer in rows:
        _claim(db, "customer_ids", no, (customer.id, *customer.crm_ids))
    db.executemany(
        "INSERT INTO customer_words (rowid, words) VALUES (?, ?)",
        [(no, indexed(customer)) for no, customer in rows],
    )


def put_agents(db: sqlite3.Connection, agents: Sequence[Agent]) -> None:
    """Replace agents; no two may have one subject, or one user in Connect."""
    ids = [(agent.id,) for agent in agents]
    db.executemany("DELETE FROM agent_ids WHERE agent = (SELECT no FROM agents WHERE id = ?)", ids)
    db.executemany("DELETE FROM agents WHERE id = ?", ids)
    for agent in agents:
        try:
            row = db.execute(_PUT_AGENT, _agent_values(agent)).fetchone()
        except sqlite3.IntegrityError as error:
            raise _twice(f"The subject or the Connect user of agent {agent.id}") from error
        _claim(db, "agent_ids", row[0], (agent.id, agent.crm_user_id))


def put_numbers(db: sqlite3.Connection, numbers: Sequence[BankNumber]) -> None:
    """Replace numbers; one that was known keeps its place in the order."""
    values = [(each.phone, each.display_name, each.inbound_only) for each in numbers]
    db.executemany(_PUT_NUMBER, values)


def put_reasons(db: sqlite3.Connection, reasons: Sequence[Reason]) -> None:
    """Replace reasons, with all their texts."""
    values = [(r.code, msgspec.json.encode(dict(r.texts)).decode(), r.minimum) for r in reasons]
    db.executemany(_PUT_REASON, values)


def put_photos(db: sqlite3.Connection, photos: Mapping[str, bytes]) -> None:
    """Keep photos; a hash has one image."""
    values = [(sha256.lower(), image) for sha256, image in photos.items()]
    db.executemany("INSERT OR IGNORE INTO photos VALUES (?, ?)", values)


def _claim(db: sqlite3.Connection, table: str, no: int, ids: Iterable[str]) -> None:
    for any_id in {same_id(each) for each in ids} - {""}:
        try:
            db.execute(f"INSERT INTO {table} VALUES (?, ?)", (any_id, no))
        except sqlite3.IntegrityError as error:
            raise _twice(f"The id {any_id}") from error


def _twice(what: str) -> Refused:
    return Refused(Code.INVALID_REQUEST, f"{what} belongs to somebody else already.")


def _customer_values(c: Customer) -> tuple[str, ...]:
    return (c.id, texts_value(c.crm_ids), c.name, texts_value(c.phones), c.time_zone, c.language)


def _agent_values(a: Agent) -> tuple[str | None, ...]:
    return (
        a.id, a.crm_user_id, a.subject, a.name, a.display_name, a.employee_id, a.photo,
        a.connect_user_arn,
    )  # fmt: skip
