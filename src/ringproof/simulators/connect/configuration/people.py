"""Security profiles and users in the words of Connect's service model (connect/2017-08-08)."""

from collections.abc import Sequence

from ringproof.simulators.connect.configuration.found import Item, Params, find, summary
from ringproof.simulators.connect.options import ConnectOptions


def security_profiles(options: ConnectOptions, _: Params) -> Sequence[Item]:
    """List the security profiles."""
    found = options.security_profiles
    return [summary(options, "security-profile", each.id, each.name) for each in found]


def permissions(options: ConnectOptions, params: Params) -> Sequence[str]:
    """List what a security profile permits."""
    found = find(options.security_profiles, params["SecurityProfileId"])
    return sorted(found.permissions)


def users(options: ConnectOptions, _: Params) -> Sequence[Item]:
    """List the users."""
    return [
        {"Id": each.id, "Arn": options.agent_arn(each.id), "Username": each.username}
        for each in options.users
    ]


def user(options: ConnectOptions, params: Params) -> Item:
    """Describe a user."""
    found = find(options.users, params["UserId"])
    return {
        "Id": found.id,
        "Arn": options.agent_arn(found.id),
        "Username": found.username,
        "RoutingProfileId": found.routing_profile_id,
        "SecurityProfileIds": list(found.security_profile_ids),
    }
