"""Whom the API takes an asker for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ringproof.core.errors import Code, Refused
from ringproof.core.people import Agent, Customer, same_id
from ringproof.core.time import SECOND, Millis
from ringproof.ports import People
from ringproof.settings import CustomerSub

START = "VerifiedCall.Start"
ROLES = frozenset({"agent", "supervisor", "admin"})


@dataclass(frozen=True, slots=True)
class AgentCaller:
    """
    An agent; *asserted_by* is the trusted server that says so, or None for the agent's own token.

    *agent* is None while such a server has not yet named one.
    """

    agent: Agent | None
    roles: frozenset[str]
    asserted_by: str | None = None

    def require_agent(self) -> Agent:
        """Return the agent; Refused if the trusted server named none."""
        if self.agent is None:
            raise Refused(
                Code.INVALID_REQUEST,
                "Name the agent in the header Ringproof-Agent, or in agentId.",
                field="agentId",
            )
        return self.agent


@dataclass(frozen=True, slots=True)
class Operator:
    """Somebody, or some server, that runs the deployment; *name* is for the log."""

    name: str
    scopes: frozenset[str]


@dataclass(frozen=True, slots=True)
class CustomerCaller:
    """A customer, who last proved who they are at *auth_time*."""

    customer: Customer
    auth_time: Millis | None


def roles_of(claims: Mapping[str, Any]) -> frozenset[str]:
    """Return the roles that a staff token gives: by app role, or by the scope that starts calls."""
    roles = claims.get("roles", [])
    given = {role for role in roles if isinstance(role, str)} if isinstance(roles, list) else set()
    if START in str(claims.get("scp", "")).split():
        given.add("agent")
    return frozenset(given)


def subject_of(claims: Mapping[str, Any]) -> str:
    """Name the user as the agents' table does: `tid/oid`, never an address or a name."""
    return f"{claims.get('tid')}/{claims.get('oid')}"


async def agent_of(people: People, claims: Mapping[str, Any]) -> Agent:
    """Find the agent that a staff token stands for."""
    agent = await people.agent_by_subject(subject_of(claims))
    if agent is None:
        raise Refused(Code.UNKNOWN_AGENT, "You are not set up as an agent. Ask your administrator.")
    return agent


async def named_agent(people: People, any_id: str) -> Agent:
    """Find the agent that a trusted server names."""
    agent = await people.agent(any_id)
    if agent is None:
        raise Refused(Code.UNKNOWN_AGENT, "There is no such agent.", field="agentId")
    return agent


def is_own_id(agent: Agent, written: str) -> bool:
    """True when *written* is some id of this agent, as some CRM writes it."""
    own = (agent.id, agent.crm_user_id, agent.subject, agent.subject.rpartition("/")[2])
    return same_id(written) in {same_id(each) for each in own if each}


async def customer_of(
    people: People, claims: Mapping[str, Any], named_by: CustomerSub
) -> CustomerCaller:
    """
    Find the customer that a customer's token stands for.

    An issuer's sub is compared case by case (RFC 7519 §4.1.2), and ids of a CRM are another realm: a
    stranger's sub that happens to be one must not be that customer, unless the bank says so.
    """
    sub = str(claims.get("sub", ""))
    customer = await people.customer(sub)
    if customer is None or (named_by is CustomerSub.ID and customer.id != sub):
        raise Refused(Code.UNKNOWN_CUSTOMER, "You are signed in, but not known as a customer.")
    since = claims.get("auth_time")
    return CustomerCaller(customer, int(since) * SECOND if isinstance(since, int) else None)


def require_fresh(caller: CustomerCaller, now: Millis, longest: Millis) -> None:
    """Refuse (LOGIN_TOO_OLD) a login that is too long ago for what is asked."""
    # A minute of skew between the provider's clock and ours.
    if caller.auth_time is None or not -60 * SECOND <= now - caller.auth_time <= longest:
        raise Refused(Code.LOGIN_TOO_OLD, "You signed in a while ago. Sign in again to go on.")
