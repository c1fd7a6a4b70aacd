"""The account's users, groups, roles and policies, as GetAccountAuthorizationDetails lists them."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from ringproof.simulators.connect.configuration.records import Identity
from ringproof.simulators.connect.configuration.xml import XML
from ringproof.simulators.connect.options import ConnectOptions

CREATED = "2024-01-01T00:00:00Z"
Detail = tuple[str, dict[str, XML]]


def details(options: ConnectOptions) -> list[Detail]:
    """Return everything in one order, each with the list that it belongs to."""
    account, known = options.account, options.configuration.account
    users = [("UserDetailList", _user(account, each)) for each in known.users]
    groups = [("GroupDetailList", _identity(account, "Group", each)) for each in known.groups]
    roles = [("RoleDetailList", _role(account, each)) for each in known.roles]
    policies = [("Policies", _policy(arn, each)) for arn, each in known.managed.items()]
    return [*users, *groups, *roles, *policies]


def _user(account: str, user: Identity) -> dict[str, XML]:
    return {**_identity(account, "User", user), "GroupList": list(user.groups)}


def _role(account: str, role: Identity) -> dict[str, XML]:
    trusting = {"Version": "2012-10-17", "Statement": []}
    described = _identity(account, "Role", role)
    return {**described, "AssumeRolePolicyDocument": _encoded(trusting), "InstanceProfileList": []}


def _identity(account: str, kind: str, identity: Identity) -> dict[str, XML]:
    inline = [
        {"PolicyName": f"inline-{n}", "PolicyDocument": _encoded(each)}
        for n, each in enumerate(identity.policies)
    ]
    return {
        "Path": identity.path,
        f"{kind}Name": identity.name,
        f"{kind}Id": f"AID{identity.name.upper()}",
        "Arn": f"arn:aws:iam::{account}:{kind.lower()}{identity.path}{identity.name}",
        "CreateDate": CREATED,
        f"{kind}PolicyList": inline,
        "AttachedManagedPolicies": [
            {"PolicyName": arn.rpartition("/")[2], "PolicyArn": arn} for arn in identity.managed
        ],
    }


def _policy(arn: str, policy: Mapping[str, Any]) -> dict[str, XML]:
    version = {
        "VersionId": "v1",
        "IsDefaultVersion": "true",
        "CreateDate": CREATED,
        "Document": _encoded(policy),
    }
    return {
        "PolicyName": arn.rpartition("/")[2],
        "PolicyId": f"ANPA{arn.rpartition('/')[2].upper()}",
        "Arn": arn,
        "Path": "/",
        "DefaultVersionId": "v1",
        "AttachmentCount": "1",
        "CreateDate": CREATED,
        "UpdateDate": CREATED,
        "PolicyVersionList": [version],
    }


def _encoded(policy: Mapping[str, Any]) -> str:
    """Encode a policy as IAM does (RFC 3986)."""
    return quote(json.dumps(policy), safe="")
