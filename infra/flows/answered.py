"""The flows of calls that somebody has answered: ours that the server dialed, and a customer's."""

from typing import Any

from infra.flows.blocks import (
    Action,
    When,
    aim,
    compare,
    document,
    hang_up,
    hold,
    invoke,
    say,
    transfer,
    while_queued,
)

SORRY = "We are sorry. This call cannot be connected. Goodbye."
PATIENCE = 20  # seconds: a reserved agent whose panel accepts by itself is there in two or three


def api_call() -> dict[str, Any]:
    """Bring the reserved agent to a call of the ledger; say nothing to anybody else's.

    The attribute alone proves nothing, since any caller of the API can set it, and the ledger names
    the agent: an attribute can be changed.
    """
    return document([
        compare("verified", "$.Attributes.verified_call", When("Equals", "true", "ledger"),
                otherwise="hang_up"),
        invoke("ledger", "${LedgerFunctionArn}", {}, then="known", otherwise="apologise"),
        compare("known", "$.External.decision", When("Equals", "allow", "greet"),
                otherwise="hang_up"),
        say("greet", "This is ${BankName}, with the call announced in your app. One moment.",
            then="company"),
        while_queued("company", "${WaitFlowArn}", then="agent", otherwise="agent"),
        *_hand_over("agent", {"AgentId": "$.External.agentUserId"}),
    ])  # fmt: skip


def api_wait() -> dict[str, Any]:
    """Keep the customer company until the agent is there, and let them go if the agent is lost.

    Connect would let them wait: an agent's own queue takes a contact whether the agent is there or not.
    """
    return document([
        hold("hold", "Please hold the line.", PATIENCE, then="apologise"),
        *_farewell(),
    ])  # fmt: skip


def inbound_caller() -> dict[str, Any]:
    """Report who calls, then go on to the queue whatever comes of that."""
    given = {"number": "$.CustomerEndpoint.Address"}
    return document([
        invoke("report", "${InboundFunctionArn}", given, then="queue", otherwise="queue",
               seconds=2),
        *_hand_over("queue", {"QueueId": "${QueueArn}"}),
    ])  # fmt: skip


def _hand_over(name: str, target: dict[str, str]) -> list[Action]:
    return [
        aim(name, target, then="transfer", otherwise="apologise"),
        transfer("transfer", otherwise="apologise"),
        *_farewell(),
    ]


def _farewell() -> list[Action]:
    return [say("apologise", SORRY, then="hang_up"), hang_up("hang_up")]
