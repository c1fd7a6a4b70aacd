"""Routes of those who run the deployment: provisioning, keys, the kill switch."""

from ipaddress import ip_network

import structlog

from ringproof.api.auth.api_keys import new_api_key
from ringproof.api.auth.callers import Operator
from ringproof.api.bank_import import read_bank
from ringproof.api.customers import row
from ringproof.api.route import Ask, Audience, Handler, Route
from ringproof.api.wire import admin as wire
from ringproof.api.wire.agents import CustomerRows
from ringproof.api.wire.shape import Nothing
from ringproof.core.errors import Code, Refused
from ringproof.core.people import Agent
from ringproof.core.time import rfc3339
from ringproof.usecases import switch

_log = structlog.get_logger()
_C = Code
_MOST_FOUND = 100


async def kill_switch(ask: Ask[Operator, Nothing]) -> wire.SwitchState:
    """Say how the kill switch stands."""
    return wire.SwitchState(on=(await ask.service.desk.ports.store.posture()).killed)


async def throw_switch(ask: Ask[Operator, wire.Switch]) -> wire.SwitchState:
    """Throw or release the kill switch."""
    desk, on = ask.service.desk, ask.said.on
    await switch.throw_switch(desk, on=on, by=ask.who.name)
    _log.warning("kill_switch", on=on, by=ask.who.name)
    return wire.SwitchState(on=on)


async def enforcement(ask: Ask[Operator, Nothing]) -> wire.EnforcementState:
    """Say how far the bank can vouch for silence."""
    posture = await ask.service.desk.ports.store.posture()
    heard = rfc3339(posture.feed_at) if posture.feed_at is not None else None
    return wire.EnforcementState(covered=posture.covered, feed_at=heard)


async def set_enforcement(ask: Ask[Operator, wire.Enforcement]) -> wire.EnforcementState:
    """Record the result of an audit of the dial paths."""
    desk, covered = ask.service.desk, ask.said.covered
    await desk.ports.store.set_covered(covered=covered, by=ask.who.name, now=desk.now())
    _log.warning("enforcement", covered=covered, by=ask.who.name)
    posture = await desk.ports.store.posture()
    heard = rfc3339(posture.feed_at) if posture.feed_at is not None else None
    return wire.EnforcementState(covered=posture.covered, feed_at=heard)


async def import_tables(ask: Ask[Operator, wire.BankIn]) -> wire.Imported:
    """Take the four tables in, or nothing of them."""
    bank = read_bank(ask.said)
    await ask.service.desk.ports.store.import_bank(bank)
    taken = wire.Imported(
        customers=len(bank.customers), agents=len(bank.agents), numbers=len(bank.numbers),
        reasons=len(bank.reasons),
    )  # fmt: skip
    _log.info("imported", by=ask.who.name, customers=taken.customers, agents=taken.agents)
    return taken


async def find_agent(ask: Ask[Operator, wire.FindAgent]) -> wire.AgentRows:
    """Find an agent by our id or the CRM's."""
    found = await ask.service.desk.ports.store.agent(ask.said.id)
    return wire.AgentRows(agents=[_agent(found)] if found else [])


async def numbers(ask: Ask[Operator, Nothing]) -> wire.NumberRows:
    """Return the bank's numbers."""
    return wire.NumberRows(
        numbers=[
            wire.NumberRow(
                phone=each.phone, display_name=each.display_name, inbound_only=each.inbound_only
            )
            for each in await ask.service.desk.ports.store.numbers()
        ]
    )


async def all_reasons(ask: Ask[Operator, Nothing]) -> wire.ReasonRows:
    """Return the catalogue in every language."""
    catalogue = await ask.service.desk.ports.store.reasons()
    return wire.ReasonRows(
        reasons=[
            wire.ReasonTexts(
                code=each.code,
                texts=dict(each.texts),
                minimum_assurance=each.minimum.wire if each.minimum is not None else None,
            )
            for each in catalogue.values()
        ]
    )


async def find_customers(ask: Ask[Operator, wire.FindCustomers]) -> CustomerRows:
    """Find customers."""
    found = await ask.service.desk.ports.store.find_customers(ask.said.q, _MOST_FOUND)
    return CustomerRows(customers=[row(each) for each in found])


async def add_key(ask: Ask[Operator, wire.NewKey]) -> wire.NewKeyShown:
    """Make an API key, and show it this once."""
    for n, source in enumerate(ask.said.sources):
        _require_network(source, f"sources[{n}]")
    key, text = new_api_key(ask.said.scopes, ask.said.sources, ask.service.desk.now())
    await ask.service.desk.ports.store.add_api_key(key)
    _log.warning("api_key_added", key=key.id, scopes=sorted(key.scopes), by=ask.who.name)
    return wire.NewKeyShown(
        id=key.id, key=text, scopes=sorted(key.scopes), sources=list(key.sources),
        created_at=rfc3339(key.created_at),
    )  # fmt: skip


async def list_keys(ask: Ask[Operator, Nothing]) -> wire.KeyRows:
    """List the API keys."""
    return wire.KeyRows(
        keys=[
            wire.KeyRow(
                id=each.id, scopes=sorted(each.scopes), sources=list(each.sources),
                created_at=rfc3339(each.created_at),
            )
            for each in await ask.service.desk.ports.store.api_keys()
        ]
    )  # fmt: skip


async def remove_key(ask: Ask[Operator, Nothing]) -> None:
    """Revoke an API key."""
    if not await ask.service.desk.ports.store.remove_api_key(ask.path["keyId"]):
        raise Refused(_C.NOT_FOUND, "There is no such API key.")
    _log.warning("api_key_removed", key=ask.path["keyId"], by=ask.who.name)


def _require_network(text: str, at: str) -> None:
    try:
        ip_network(text)
    except ValueError as error:
        raise Refused(
            _C.INVALID_REQUEST, "Write a network such as 10.0.0.0/8.", field=at
        ) from error


def _agent(agent: Agent) -> wire.AgentRow:
    return wire.AgentRow(
        agent_id=agent.id,
        crm_user_id=agent.crm_user_id,
        subject=agent.subject,
        name=agent.name,
        display_name=agent.display_name,
        employee_id=agent.employee_id,
        photo=agent.photo,
        connect_user_arn=agent.connect_user_arn,
    )


def _get(
    path: str, handle: Handler, answer: type, summary: str, query: type | None = None
) -> Route:
    return Route(
        method="GET", path=path, audience=Audience.ADMIN, handle=handle, answer=answer,
        query=query, summary=summary, codes=frozenset({_C.INVALID_REQUEST}),
    )  # fmt: skip


def _put(path: str, handle: Handler, body: type, answer: type, summary: str) -> Route:
    return Route(
        method="PUT", path=path, audience=Audience.ADMIN, handle=handle, body=body,
        answer=answer, summary=summary,
    )  # fmt: skip


ROUTES = (
    _get("/admin/kill-switch", kill_switch, wire.SwitchState, "How the kill switch stands"),
    _put("/admin/kill-switch", throw_switch, wire.Switch, wire.SwitchState, "Throw or release it"),
    _get("/admin/enforcement", enforcement, wire.EnforcementState, "How far we can vouch"),
    _put(
        "/admin/enforcement", set_enforcement, wire.Enforcement, wire.EnforcementState,
        "Record an audit",
    ),
    _get("/admin/agents", find_agent, wire.AgentRows, "Find an agent", wire.FindAgent),
    _get("/admin/numbers", numbers, wire.NumberRows, "The bank's numbers"),
    _get("/admin/reasons", all_reasons, wire.ReasonRows, "The catalogue of reasons"),
    _get("/admin/api-keys", list_keys, wire.KeyRows, "The API keys, without their secrets"),
    _get("/admin/customers", find_customers, CustomerRows, "Find customers", wire.FindCustomers),
    Route(
        method="POST", path="/admin/import", audience=Audience.ADMIN, handle=import_tables,
        body=wire.BankIn, answer=wire.Imported, large=True,
        codes=frozenset({_C.NUMBER_INVALID, _C.REASON_UNSAFE}), summary="Import the four tables",
    ),
    Route(
        method="POST", path="/admin/api-keys", audience=Audience.ADMIN, handle=add_key,
        body=wire.NewKey, answer=wire.NewKeyShown, status=201, summary="Make an API key",
    ),
    Route(
        method="DELETE", path="/admin/api-keys/{keyId}", audience=Audience.ADMIN,
        handle=remove_key, status=204, codes=frozenset({_C.NOT_FOUND, _C.INVALID_REQUEST}),
        summary="Revoke an API key",
    ),
)  # fmt: skip
