"""The flows of an instance, loaded when the instance starts."""

from collections.abc import Iterable
from dataclasses import dataclass

from ringproof.simulators.connect.contacts import Contact
from ringproof.simulators.connect.exchange import Exchange
from ringproof.simulators.connect.flow.builtin import DEFAULT_OUTBOUND
from ringproof.simulators.connect.flow.lambdas import Lambdas
from ringproof.simulators.connect.flow.load import load
from ringproof.simulators.connect.flow.perform import run
from ringproof.simulators.connect.flow.program import Program
from ringproof.simulators.connect.instance import Flow

Programs = dict[str, Program]


def publish(flows: Iterable[Flow]) -> Programs:
    """Load flows by their ids, with Connect's own; InvalidContactFlow if one is not in order."""
    return {flow.id: load(flow.content, flow.type) for flow in (DEFAULT_OUTBOUND, *flows)}


@dataclass(frozen=True)
class PublishedFlows:
    """Runs any of them."""

    programs: Programs
    lambdas: Lambdas

    async def run(self, exchange: Exchange, contact: Contact, flow_id: str) -> None:
        """Run a flow on a contact until either has ended."""
        await run(exchange, self.lambdas, contact, self.programs[flow_id])

    def has(self, flow_id: str) -> bool:
        """True if there is such a flow."""
        return flow_id in self.programs
