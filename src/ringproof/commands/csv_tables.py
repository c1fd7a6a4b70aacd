"""The four tables of a bank: what a row of each must be, and what may occur only once."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ringproof.commands.csv_rows import Cells, Fault, Row
from ringproof.commands.csv_table import Findings, Table, Unique
from ringproof.core import cells as a
from ringproof.core.call import Assurance
from ringproof.core.people import Agent, BankNumber, Customer, same_id
from ringproof.core.reasons import Reason


@dataclass(frozen=True, slots=True)
class ReasonText:
    """One row of reasons.csv: one reason in one language."""

    code: str
    language: str
    text: str
    minimum: Assurance | None


def customer(cells: Cells) -> Customer:
    """Read a row of customers.csv."""
    phones = cells.each("phones", a.phone)
    if not phones:
        cells.complain("phones", "", "at least one number, such as +44 20 7946 0123")
    return Customer(
        id=cells.read("customer_id", a.identifier),
        crm_ids=cells.each("crm_ids", a.identifier),
        name=cells.read("name", a.text),
        phones=tuple(dict.fromkeys(phones)),
        time_zone=cells.read("time_zone", a.time_zone),
        language=cells.read("language", a.language),
    )


def agent(photo: Callable[[str], str]) -> Callable[[Cells], Agent]:
    """Build the reader of agents.csv; *photo* takes a path and returns the picture's SHA-256 in hex."""

    def parse(cells: Cells) -> Agent:
        return Agent(
            id=cells.read("agent_id", a.identifier),
            crm_user_id=cells.read("crm_user_id", a.identifier),
            subject=cells.read("subject", a.subject),
            name=cells.read("name", a.text),
            # It is signed and shown on a locked phone, as a reason is.
            display_name=cells.read("display_name", a.signed_text),
            employee_id=cells.read("employee_id", a.maybe),
            photo=cells.read("photo", lambda path: photo(path) if path else None),
            connect_user_arn=cells.read("connect_user_arn", a.agent_arn),
        )

    return parse


def number(cells: Cells) -> BankNumber:
    """Read a row of numbers.csv."""
    return BankNumber(
        phone=cells.read("phone", a.phone),
        display_name=cells.read("display_name", a.text),
        inbound_only=cells.read("inbound_only", a.yes_or_no),
    )


def reason_text(cells: Cells) -> ReasonText:
    """Read a row of reasons.csv."""
    return ReasonText(
        code=cells.read("code", a.reason_code),
        language=cells.read("language", a.language),
        text=cells.read("text", a.signed_text),
        minimum=cells.read("minimum_assurance", a.assurance),
    )


def reasons_of(rows: Sequence[tuple[Row, ReasonText]], findings: Findings) -> list[Reason]:
    """Bring a reason's languages together; they must agree on its minimum."""
    texts: dict[str, dict[str, str]] = {}
    minimum: dict[str, Assurance | None] = {}
    for row, said in rows:
        texts.setdefault(said.code, {})[said.language] = said.text
        if minimum.setdefault(said.code, said.minimum) is not said.minimum:
            found = said.minimum.wire if said.minimum else ""
            allowed = f"the same in every language of {said.code}"
            findings.add([Fault(row.file, row.line, "minimum_assurance", found, allowed)])
    return [Reason(code, by_language, minimum[code]) for code, by_language in texts.items()]


def _customer_ids(value: Customer) -> Iterator[Unique]:
    # An agent may look a customer up by either, so that they share one realm.
    yield "id", "customer_id", same_id(value.id)
    for crm_id in value.crm_ids:
        yield "id", "crm_ids", same_id(crm_id)


def _agent_ids(value: Agent) -> Iterator[Unique]:
    yield "id", "agent_id", same_id(value.id)
    yield "id", "crm_user_id", same_id(value.crm_user_id)
    yield "subject", "subject", value.subject
    yield "arn", "connect_user_arn", value.connect_user_arn


CUSTOMERS = Table(
    "customers.csv",
    ("customer_id", "crm_ids", "name", "phones", "time_zone", "language"),
    customer,
    _customer_ids,
)
AGENT_COLUMNS = (
    "agent_id", "crm_user_id", "subject", "name", "display_name", "employee_id", "photo",
    "connect_user_arn",
)  # fmt: skip
NUMBERS = Table(
    "numbers.csv",
    ("phone", "display_name", "inbound_only"),
    number,
    lambda value: [("phone", "phone", value.phone)],
)
REASONS = Table(
    "reasons.csv",
    ("code", "language", "text", "minimum_assurance"),
    reason_text,
    lambda value: [("text", "language", f"{value.code} {value.language}")],
)


def agents(photo: Callable[[str], str]) -> Table[Agent]:
    """Describe agents.csv; *photo* as in `agent`."""
    return Table("agents.csv", AGENT_COLUMNS, agent(photo), _agent_ids)
