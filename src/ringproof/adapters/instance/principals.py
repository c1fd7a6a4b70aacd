"""The account's users and roles, with every statement of every policy that they have."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ringproof.adapters.instance.aws import Unanswered
from ringproof.adapters.instance.reading import Reading
from ringproof.core.policies import Principal, Statement, read_policy

_LISTS = ("UserDetailList", "GroupDetailList", "RoleDetailList", "Policies")
Detail = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Account:
    """What the account's details say, gathered from all pages."""

    users: list[Detail]
    groups: Mapping[str, Detail]
    roles: list[Detail]
    managed: Mapping[str, tuple[Statement, ...]]


def principals(reading: Reading) -> tuple[Principal, ...] | None:
    """Read who may do what, by their own policies."""
    return reading.part("IAM users and roles", lambda: _principals(_account(reading)))


def _account(reading: Reading) -> _Account:
    pages = reading.aws.pages("iam", "GetAccountAuthorizationDetails", "Marker")
    if any(name not in page for page in pages for name in _LISTS):
        raise Unanswered("", "the answer lacks users, groups, roles or policies")
    users, groups, roles, policies = (
        [each for page in pages for each in page[name]] for name in _LISTS
    )
    return _Account(
        users=users,
        groups={each["GroupName"]: each for each in groups},
        roles=roles,
        managed={each["Arn"]: _in_force(each) for each in policies},
    )


def _principals(account: _Account) -> tuple[Principal, ...]:
    found = [
        Principal(user["Arn"], (*_own(user, "UserPolicyList", account), *_of_groups(user, account)))
        for user in account.users
    ]
    found += [
        Principal(role["Arn"], tuple(_own(role, "RolePolicyList", account)))
        for role in account.roles
    ]
    return tuple(found)


def _of_groups(user: Detail, account: _Account) -> Iterable[Statement]:
    for name in user.get("GroupList", ()):
        yield from _own(account.groups[name], "GroupPolicyList", account)


def _own(detail: Detail, inline: str, account: _Account) -> Iterable[Statement]:
    for policy in detail.get(inline, ()):
        yield from read_policy(policy["PolicyDocument"])
    for attached in detail.get("AttachedManagedPolicies", ()):
        yield from account.managed[attached["PolicyArn"]]


def _in_force(policy: Detail) -> tuple[Statement, ...]:
    """Read the version that is in force."""
    versions = {each["VersionId"]: each["Document"] for each in policy["PolicyVersionList"]}
    return read_policy(versions[policy["DefaultVersionId"]])
