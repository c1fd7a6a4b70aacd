"""Amazon Connect's side and the telephone network, as its simulator tells of them."""

from dataclasses import dataclass
from typing import Any

from tests.e2e.bank import Bank
from tests.e2e.people import Agent, Customer


@dataclass(frozen=True)
class Network:
    bank: Bank

    async def contact_to(self, customer: Customer) -> dict[str, Any]:
        """Return the newest contact with a customer, once it is over."""
        connect = self.bank.connect
        contacts = (await self.bank.ask("GET", f"{connect}/sim/contacts"))["contacts"]
        newest = [each for each in contacts if each["number"] == customer.phone][-1]
        url = f"{connect}/sim/contacts/{newest['contactId']}?until=ended"
        story: dict[str, Any] = await self.bank.ask("GET", url)
        return story

    async def dial(self, agent: Agent, customer: Customer) -> None:
        """Dial from an agent's browser, past the agent's page."""
        body = {"agentArn": agent.arn, "number": customer.phone}
        await self.bank.ask("POST", f"{self.bank.connect}/browser/dial", body)

    async def spoof(self, caller: str, customer: Customer) -> str:
        """Call a customer as anybody may, with any caller id; return the leg."""
        body = {"from": caller, "to": customer.phone}
        placed = await self.bank.ask("POST", f"{self.bank.connect}/network/calls", body)
        return str(placed["leg"])

    async def hang_up(self, leg: str) -> None:
        await self.bank.ask("DELETE", f"{self.bank.connect}/network/calls/{leg}")


def reached(contact: dict[str, Any], state: str) -> int | None:
    """Say when a contact came into a state; None if it never did."""
    times = [each["at"] for each in contact["timeline"] if each["state"] == state]
    return times[0] if times else None
