"""Settle who asks, and whether they may ask this, and so often."""

from collections.abc import Mapping
from ipaddress import ip_address, ip_network
from typing import Any

from ringproof.api.auth.api_keys import PREFIX, Scope
from ringproof.api.auth.callers import (
    AgentCaller,
    Operator,
    agent_of,
    customer_of,
    is_own_id,
    named_agent,
    roles_of,
    subject_of,
)
from ringproof.api.route import Audience
from ringproof.api.service import Service
from ringproof.core.errors import Code, Refused

AGENT_HEADER = "ringproof-agent"

_SCOPE_FOR = {
    Audience.ADMIN: Scope.ADMIN,
    Audience.CONNECT: Scope.CONNECT,
    Audience.METRICS: Scope.METRICS,
}


async def authenticate(
    service: Service, audience: Audience, headers: Mapping[str, str], address: str
) -> Any:
    """
    Return who asks, as the audience's routes want it; None where anybody may.

    Failed tries are counted by address, and refused unread when there were too many.
    """
    if audience in (Audience.PUBLIC, Audience.DEVICE):
        service.limiter.take(service.settings.rate_address, "address", _place(address))
        return None
    if audience is Audience.METRICS and _from_here(headers, address):
        return Operator("loopback", frozenset({Scope.METRICS}))
    service.limiter.require_left(service.settings.rate_failed, "failed", _place(address))
    try:
        who, key = await _identified(service, audience, headers, address)
    except Refused as refused:
        if refused.code is Code.UNAUTHENTICATED:
            service.limiter.take(service.settings.rate_failed, "failed", _place(address))
        raise
    service.limiter.take(service.settings.rate_agent, audience, key)
    return who


async def _identified(
    service: Service, audience: Audience, headers: Mapping[str, str], address: str
) -> tuple[Any, str]:
    token = _bearer(headers)
    if audience is Audience.CUSTOMER:
        customer = await customer_of(
            service.desk.ports.store, await service.customers.claims(token)
        )
        return customer, customer.customer.id
    if token.startswith(PREFIX):
        key = await service.api_keys.key(token, address)
        return await _server(service, audience, headers, Operator(f"key {key.id}", key.scopes))
    claims = await service.staff.claims(token)
    roles = roles_of(claims)
    if claims.get("idtyp") == "app":
        server = Operator(f"app {claims.get('azp')}", roles)
        return await _server(service, audience, headers, server)
    return await _person(service, audience, headers, claims, roles)


async def _person(
    service: Service,
    audience: Audience,
    headers: Mapping[str, str],
    claims: Mapping[str, Any],
    roles: frozenset[str],
) -> tuple[Any, str]:
    if audience is Audience.AGENT:
        if "agent" not in roles:
            raise _forbidden("agent")
        agent = await agent_of(service.desk.ports.store, claims)
        if not is_own_id(agent, headers.get(AGENT_HEADER, agent.id)):
            raise Refused(Code.NOT_YOUR_AGENT, "Ringproof-Agent names another agent.")
        return AgentCaller(agent, roles), agent.id
    _require_scope(audience, roles)
    return Operator(subject_of(claims), roles), subject_of(claims)


async def _server(
    service: Service, audience: Audience, headers: Mapping[str, str], server: Operator
) -> tuple[Any, str]:
    if audience is not Audience.AGENT:
        _require_scope(audience, server.scopes)
        return server, server.name
    if Scope.ACT_FOR_AGENTS not in server.scopes:
        raise _forbidden(Scope.ACT_FOR_AGENTS)
    named = headers.get(AGENT_HEADER)
    agent = await named_agent(service.desk.ports.store, named) if named else None
    return AgentCaller(agent, frozenset({"agent"}), asserted_by=server.name), server.name


def _require_scope(audience: Audience, scopes: frozenset[str]) -> None:
    if _SCOPE_FOR[audience] not in scopes:
        raise _forbidden(_SCOPE_FOR[audience])


def _bearer(headers: Mapping[str, str]) -> str:
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Refused(
            Code.UNAUTHENTICATED, "Send Authorization: Bearer with an access token or API key."
        )
    return token.strip()


def _forbidden(role: str) -> Refused:
    return Refused(Code.FORBIDDEN, f"This needs {role}. Ask your administrator for it.")


def _from_here(headers: Mapping[str, str], address: str) -> bool:
    """True for a scraper on this machine, and not for whom a proxy on this machine stands for."""
    forwarded = "x-forwarded-for" in headers or "forwarded" in headers
    if forwarded or "authorization" in headers:
        return False
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _place(address: str) -> str:
    """Fold the addresses of one IPv6 site into one: whoever has one has 2^64."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((parsed, 64), strict=False)) if parsed.version == 6 else address  # noqa: PLR2004
