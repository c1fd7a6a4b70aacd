"""Who in the account may go round: call by the API, or change what guards a dial."""

from collections.abc import Iterator, Mapping

from ringproof.core.audit.expectation import Expectation
from ringproof.core.audit.finding import Code, Finding
from ringproof.core.instance import Instance
from ringproof.core.policies import Principal, may
from ringproof.core.wildcards import covers

CALLS: Mapping[str, str] = {"connect:StartOutboundVoiceContact": "contact/*"}
EDITS: Mapping[str, str] = {
    "connect:UpdateContactFlowContent": "contact-flow/*",
    "connect:UpdateQueueOutboundCallerConfig": "queue/*",
}
"""Actions, and the resources of the instance that they are about."""

SERVICE_LINKED = "arn:*:iam::*:role/aws-service-role/*"
"""Roles that only the AWS service they are made for can take on; Connect's own may do everything."""

UNSEEN = "by its own policies; SCPs, permission boundaries and conditions are not seen"


def may_call(instance: Instance, wanted: Expectation) -> Iterator[Finding]:
    """Find who may start calls, and is not expected to."""
    for principal, actions in _able(instance, wanted, CALLS, wanted.callers):
        yield Finding(Code.IAM_MAY_CALL, principal.arn, f"may {actions} {UNSEEN}")


def may_edit(instance: Instance, wanted: Expectation) -> Iterator[Finding]:
    """Find who may change the gate or a queue's flow, and is not expected to."""
    for principal, actions in _able(instance, wanted, EDITS, wanted.editors):
        yield Finding(Code.IAM_MAY_EDIT, principal.arn, f"may {actions} {UNSEEN}")


def _able(
    instance: Instance,
    wanted: Expectation,
    questions: Mapping[str, str],
    expected: tuple[str, ...],
) -> Iterator[tuple[Principal, str]]:
    for principal in instance.principals or ():
        if any(covers(pattern, principal.arn) for pattern in (SERVICE_LINKED, *expected)):
            continue
        actions = [
            action
            for action, kind in questions.items()
            if may(principal.statements, action, f"{wanted.instance_arn}/{kind}")
        ]
        if actions:
            yield principal, ", ".join(actions)
