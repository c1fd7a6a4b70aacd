"""Who may call whom from where, and why."""

# ruff: noqa: S608  (SQL is put together from constants; every value is a parameter)

from collections.abc import Mapping, Sequence

import msgspec

from ringproof.adapters.store.sqlite import bank
from ringproof.adapters.store.sqlite.database import Database
from ringproof.adapters.store.sqlite.rows import AGENT, CUSTOMER, agent_of, customer_of
from ringproof.adapters.store.sqlite.search import query
from ringproof.adapters.store.sqlite.writer import Transaction
from ringproof.core.call import Assurance
from ringproof.core.people import Agent, BankNumber, Customer, same_id
from ringproof.core.phone import E164
from ringproof.core.reasons import Reason
from ringproof.ports import Bank

_CUSTOMER = f"""
SELECT {CUSTOMER} FROM customer_ids JOIN customers ON customers.no = customer_ids.customer
WHERE any_id = ?
"""
_CUSTOMERS = f"""
SELECT {CUSTOMER} FROM customer_words JOIN customers ON customers.no = customer_words.rowid
WHERE customer_words MATCH ? LIMIT ?
"""
_AGENT = (
    f"SELECT {AGENT} FROM agent_ids JOIN agents ON agents.no = agent_ids.agent WHERE any_id = ?"
)
_AGENT_BY_SUBJECT = f"SELECT {AGENT} FROM agents WHERE subject = ? AND subject <> ''"
_AGENT_BY_CONNECT_USER = (
    f"SELECT {AGENT} FROM agents WHERE connect_user_arn = ? AND connect_user_arn <> ''"
)

_texts = msgspec.json.Decoder(dict[str, str]).decode


class People(Database):
    """Customers, agents, numbers and reasons."""

    async def customer(self, any_id: str) -> Customer | None:
        """Find a customer by our id or any of the CRM's, braces and case ignored."""
        row = self._reader.one(_CUSTOMER, same_id(any_id))
        return customer_of(row) if row else None

    async def find_customers(self, text: str, limit: int) -> Sequence[Customer]:
        """Find customers by the beginning of a name or an id, or by four digits of a number or more."""
        exact, asked = await self.customer(text), query(text)
        found = self._reader.all(_CUSTOMERS, asked, limit) if asked else []
        others = [each for each in map(customer_of, found) if each != exact]
        return ([exact] if exact else []) + others[: limit - (exact is not None)]

    async def agent(self, any_id: str) -> Agent | None:
        """Find an agent by our id or the CRM's user id."""
        row = self._reader.one(_AGENT, same_id(any_id))
        return agent_of(row) if row else None

    async def agent_by_subject(self, subject: str) -> Agent | None:
        """Find an agent by `tid/oid`."""
        row = self._reader.one(_AGENT_BY_SUBJECT, subject)
        return agent_of(row) if row else None

    async def agent_by_connect_user(self, arn: str) -> Agent | None:
        """Find an agent by the ARN of their user in Connect."""
        row = self._reader.one(_AGENT_BY_CONNECT_USER, arn)
        return agent_of(row) if row else None

    async def numbers(self) -> Sequence[BankNumber]:
        """Return the bank's numbers in the order of their import."""
        rows = self._reader.all("SELECT phone, display_name, inbound_only FROM numbers ORDER BY no")
        return [BankNumber(E164(phone), name, bool(inbound)) for phone, name, inbound in rows]

    async def reasons(self) -> Mapping[str, Reason]:
        """Return the catalogue by code, in the order of its import."""
        rows = self._reader.all("SELECT code, texts, minimum FROM reasons ORDER BY no")
        return {
            code: Reason(code, _texts(texts), None if minimum is None else Assurance(minimum))
            for code, texts, minimum in rows
        }

    async def photo(self, sha256: str) -> bytes | None:
        """Return an agent's photo by its hash in hex."""
        row = self._reader.one("SELECT image FROM photos WHERE sha256 = ?", sha256.lower())
        return bytes(row[0]) if row else None

    async def import_bank(self, bank_: Bank) -> None:
        """Take everything in, or nothing; Refused(INVALID_REQUEST) for an id that two would share."""

        def act(t: Transaction) -> None:
            bank.put_customers(t.db, bank_.customers)
            bank.put_agents(t.db, bank_.agents)
            bank.put_numbers(t.db, bank_.numbers)
            bank.put_reasons(t.db, bank_.reasons)
            bank.put_photos(t.db, bank_.photos)

        await self._write(act)
