"""Connect's own users: who may dial by hand, and who may take the gate away."""

from collections.abc import Iterator

from ringproof.core.audit.expectation import Expectation
from ringproof.core.audit.finding import Code, Finding
from ringproof.core.call import DialMode
from ringproof.core.instance import Instance, SecurityProfile, User

DIAL = "OutboundCallAccess"
TAKES_CALLS = "BasicAgentAccess"
EDITS = (
    "ContactFlows.Edit", "ContactFlows.Publish", "ContactFlows.Delete", "Queues.Edit",
    "RoutingPolicies.Edit", "TransferDestinations.Create", "TransferDestinations.Edit",
    "Users.Edit", "Users.EditPermission", "SecurityProfiles.Edit",
)  # fmt: skip
"""Permissions of a security profile (admin guide, security-profile-list) that undo the gate."""


def may_dial(instance: Instance, wanted: Expectation) -> Iterator[Finding]:
    """Find, where the server dials, the profiles that let users dial, and those users."""
    if wanted.mode is not DialMode.SERVER:
        return
    for profile in instance.security_profiles or ():
        if DIAL not in profile.permissions:
            continue
        if names := [user.name for user in _holders(profile, instance)]:
            evidence = f"{DIAL}, held by {', '.join(names)}"
            yield Finding(Code.OUTBOUND_GRANTED, _named(profile), evidence)
        elif instance.users is None:
            evidence = f"{DIAL}; who holds it is not known"
            yield Finding(Code.OUTBOUND_GRANTED, _named(profile), evidence)
        else:
            yield Finding(Code.OUTBOUND_GRANTED_UNUSED, _named(profile), f"{DIAL}, held by nobody")


def may_edit(instance: Instance, _: Expectation) -> Iterator[Finding]:
    """Find the users who take calls and whose profiles, taken together, let them undo the gate."""
    profiles = {profile.id: profile for profile in instance.security_profiles or ()}
    for user in instance.users or ():
        held = [profiles[each] for each in user.profile_ids if each in profiles]
        permitted = frozenset().union(*(each.permissions for each in held))
        edits = [each for each in EDITS if each in permitted]
        if edits and TAKES_CALLS in permitted:
            names = ", ".join(sorted(each.name for each in held))
            evidence = f"{', '.join(edits)}, by security profile {names}"
            yield Finding(Code.AGENT_MAY_EDIT, f"user {user.name} ({user.id})", evidence)


def _holders(profile: SecurityProfile, instance: Instance) -> list[User]:
    return [user for user in instance.users or () if profile.id in user.profile_ids]


def _named(profile: SecurityProfile) -> str:
    return f"security profile {profile.name} ({profile.id})"
