"""The only operations that an audit can call; anything else is refused before it is sent."""

from collections.abc import Mapping
from typing import Any

READS: Mapping[str, frozenset[str]] = {
    "connect": frozenset(
        {
            "ListQueues",
            "DescribeQueue",
            "ListQueueQuickConnects",
            "DescribeContactFlow",
            "ListRoutingProfiles",
            "DescribeRoutingProfile",
            "ListRoutingProfileQueues",
            "ListSecurityProfiles",
            "ListSecurityProfilePermissions",
            "ListUsers",
            "DescribeUser",
            "ListApprovedOrigins",
            "ListLambdaFunctions",
            "ListInstanceStorageConfigs",
            "DescribeInstanceAttribute",
        }
    ),
    "lambda": frozenset({"GetPolicy"}),
    "service-quotas": frozenset({"ListServiceQuotas", "GetAWSDefaultServiceQuota"}),
    "iam": frozenset({"GetAccountAuthorizationDetails"}),
}
"""Operations by the SDK's name of the service."""

PREFIXES: Mapping[str, str] = {"service-quotas": "servicequotas"}
"""What a service is called in a policy, where that is not the SDK's name of it."""


class WouldChange(Exception):  # noqa: N818
    """Something was about to be called that is not on the list: a bug, and the reason for the list."""


def only_reads(client: Any, service: str) -> Any:
    """Make *client* refuse everything but the list, and return it."""
    allowed = READS[service]

    def refuse(model: Any, **_: Any) -> None:
        if model.name not in allowed:
            raise WouldChange(f"{service}:{model.name}")

    # The first hook comes before the parameters are looked at, the second right before the wire.
    for event in ("provide-client-params", "before-call"):
        client.meta.events.register_first(event, refuse)
    return client


def policy() -> dict[str, Any]:
    """Write the IAM policy that an audit needs, and no more."""
    actions = [
        f"{PREFIXES.get(name, name)}:{each}" for name, reads in READS.items() for each in reads
    ]
    statement = {
        "Sid": "RingproofAudit",
        "Effect": "Allow",
        "Action": sorted(actions),
        "Resource": "*",
    }
    return {"Version": "2012-10-17", "Statement": [statement]}
