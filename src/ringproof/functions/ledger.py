"""`ledger`: the flow behind StartOutboundVoiceContact asks whether its contact is a call of ours."""

from collections.abc import Mapping
from typing import Any

from ringproof.core.call import CallId
from ringproof.core.contact_record import CALL_ID, ContactRecord, number_of
from ringproof.core.violation import FoundBy
from ringproof.functions.event import FlowEvent, Reply, read_flow_event
from ringproof.ports import Standing
from ringproof.usecases.desk import Desk
from ringproof.usecases.reconcile import reconcile

_NO: Reply = {"decision": "deny", "agentUserId": ""}


async def ledger(desk: Desk, event: Mapping[str, Any]) -> Reply:
    """
    Answer `{decision, agentUserId}`: whom to bring, if this contact was announced.

    Any other contact that runs this flow was begun by somebody with access to the instance; it is a
    violation, and the flow hangs up.
    """
    said = read_flow_event(event)
    if said is None or not said.contact_id:
        return _NO
    judged = await reconcile(desk, _contact(desk, said), FoundBy.GATE)
    if judged is None or judged.standing is not Standing.CALL or judged.call is None:
        return _NO
    agent = await desk.ports.store.agent(judged.call.agent_id)
    if agent is None:
        return _NO
    return {"decision": "allow", "agentUserId": agent.connect_user_arn.rpartition("/")[2]}


def _contact(desk: Desk, said: FlowEvent) -> ContactRecord:
    now, claims = desk.now(), said.attributes.get(CALL_ID)
    system = said.data.get("SystemEndpoint")
    shown = system.get("Address") if isinstance(system, dict) else None
    return ContactRecord(
        contact_id=said.contact_id,
        initial_id=str(said.data.get("InitialContactId") or said.contact_id),
        method=str(said.data.get("InitiationMethod") or "API").upper(),
        at=now,
        updated_at=now,
        number=number_of(said.number),
        dialed=said.number,
        shown=number_of(str(shown or "")),
        queue=said.queue or None,
        claims=CallId(claims) if isinstance(claims, str) and claims else None,
        answered=True,  # the flow runs once the customer has answered
        ended=False,
    )
