"""Who may call whom, and on which handsets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ringproof.core.people import Agent, BankNumber, Customer, Device
from ringproof.core.reasons import Reason
from ringproof.core.receipt import Report
from ringproof.core.time import Millis


@dataclass(frozen=True, slots=True)
class Bank:
    """What `ringproof import` brings; replaces rows with the same ids and leaves the others."""

    customers: Sequence[Customer] = ()
    agents: Sequence[Agent] = ()
    numbers: Sequence[BankNumber] = ()
    reasons: Sequence[Reason] = ()
    photos: Mapping[str, bytes] = field(default_factory=dict)
    """Image bytes by their SHA-256 in hex."""


class People(Protocol):
    """Who may call whom from where, and why."""

    async def customer(self, any_id: str) -> Customer | None:
        """Find a customer by our id or any of the CRM's, braces and case ignored."""

    async def find_customers(self, text: str, limit: int) -> Sequence[Customer]:
        """Find customers by part of a name, an id, or a number."""

    async def agent(self, any_id: str) -> Agent | None:
        """Find an agent by our id or the CRM's user id."""

    async def agent_by_subject(self, subject: str) -> Agent | None:
        """Find an agent by `tid/oid`."""

    async def agent_by_connect_user(self, arn: str) -> Agent | None:
        """Find an agent by the ARN of their user in Connect."""

    async def numbers(self) -> Sequence[BankNumber]:
        """Return the bank's numbers in the order of their import."""

    async def reasons(self) -> Mapping[str, Reason]:
        """Return the catalogue by code."""

    async def photo(self, sha256: str) -> bytes | None:
        """Return an agent's photo by its hash in hex."""

    async def import_bank(self, bank: Bank) -> None:
        """Take everything in, or nothing."""


MOST_DEVICES = 10
"""Of one customer. Each call is announced to every one of them."""


class Devices(Protocol):
    """The customers' handsets."""

    async def add_challenge(self, challenge: str, customer_id: str, expires_at: Millis) -> None:
        """Remember a challenge given to a customer."""

    async def enrol(self, device: Device, challenge: str, now: Millis) -> bool:
        """
        Spend the challenge and store the device; False if the challenge is not this customer's, or spent.

        A push token belongs to one device: any other that holds it loses it in the same transaction.
        A customer has MOST_DEVICES at most: those enrolled longest ago are removed in it as well.
        """

    async def device(self, device_id: str) -> Device | None:
        """Find a device."""

    async def devices(self, customer_id: str) -> Sequence[Device]:
        """Return a customer's devices, newest first."""

    async def update_device(
        self,
        device_id: str,
        now: Millis,
        *,
        push_token: str | None = None,
        notifications: bool | None = None,
        app_version: str | None = None,
    ) -> Device | None:
        """Change what is given and return the device; a new token counts as registered *now*."""

    async def remove_device(self, device_id: str) -> bool:
        """Forget a device; False if there is none."""

    async def drop_token(self, device_id: str, token: str, dead_since: Millis) -> bool:
        """Clear a dead token, if it is still that one and was registered before *dead_since*."""

    async def use_nonce(self, device_id: str, nonce: str, now: Millis, expires_at: Millis) -> bool:
        """Take a nonce once; False if it was used before and has not expired."""

    async def add_report(self, report: Report, reference: str, now: Millis) -> bool:
        """Keep a customer's report under its reference; False if it was kept before."""
