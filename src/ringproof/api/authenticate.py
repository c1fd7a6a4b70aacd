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
from ringproof.api.route import OF_SIGNED, Audience, Route
from ringproof.api.service import Service
from ringproof.core.errors import Code, Refused

AGENT_HEADER = "ringproof-agent"

_SCOPES_FOR = {
    Audience.SUPERVISOR: (Scope.SUPERVISOR, Scope.ADMIN),
    Audience.ADMIN: (Scope.ADMIN,),
    Audience.CONNECT: (Scope.CONNECT,),
    Audience.METRICS: (Scope.METRICS, Scope.SUPERVISOR),
}


async def authenticate(
    service: Service, route: Route, headers: Mapping[str, str], address: str
) -> Any:
    """
    Return who asks, as the audience's routes want it; None where anybody may.

    Failed tries are counted by address, and answered 429 when there were too many. A credential that
    is good passes all the same: whoever shares an address with an attacker is not shut out.
    """
    audience = route.audience
    if audience is Audience.PUBLIC:
        service.limiter.take(service.settings.rate_address, audience, _place(address))
        return None
    if audience is Audience.DEVICE:  # it signs what it says: see count_forgery
        return None
    if audience is Audience.METRICS and _from_here(headers, address):
        return Operator("loopback", frozenset({Scope.METRICS}))
    try:
        who, key = await _identified(service, audience, headers, address)
    except Refused as refused:
        if refused.code is Code.UNAUTHENTICATED:
            service.limiter.take(service.settings.rate_failed, "failed", _place(address))
        raise
    _count(service, route, key)
    return who


def count_forgery(service: Service, route: Route, code: Code, address: str) -> None:
    """
    Charge an address for what no device of ours has signed; RateLimited when it was too much.

    Many phones share one address (CGNAT), so that what is genuine is counted by device alone.
    """
    if route.audience is Audience.DEVICE and code in OF_SIGNED:
        service.limiter.take(service.settings.rate_address, route.audience, _place(address))


def _count(service: Service, route: Route, key: str) -> None:
    if route.audience is Audience.CONNECT:
        # By path: a burst of events must not close the gate.
        service.limiter.take(service.settings.rate_connect, route.audience, route.path, key)
    elif key:
        service.limiter.take(service.settings.rate_agent, route.audience, key)


async def _identified(
    service: Service, audience: Audience, headers: Mapping[str, str], address: str
) -> tuple[Any, str]:
    token = _bearer(headers)
    if audience is Audience.CUSTOMER:
        claims = await service.customers.claims(token)
        named_by = service.settings.customer_sub
        customer = await customer_of(service.desk.ports.store, claims, named_by)
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
    # One server speaks for every agent: each has a share of their own, counted once they are named.
    caller = AgentCaller(agent, frozenset({"agent"}), asserted_by=server.name)
    return caller, agent.id if agent else ""


def _require_scope(audience: Audience, scopes: frozenset[str]) -> None:
    if scopes.isdisjoint(_SCOPES_FOR[audience]):
        raise _forbidden(_SCOPES_FOR[audience][0])


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
