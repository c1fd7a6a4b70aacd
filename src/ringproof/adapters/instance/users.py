"""Connect's own users, and the security profiles that say what they may do."""

from collections.abc import Mapping
from typing import Any

from ringproof.adapters.instance.reading import Reading
from ringproof.core.instance import SecurityProfile, User


def security_profiles(reading: Reading) -> tuple[SecurityProfile, ...] | None:
    """Read every security profile and what it permits."""
    listed = reading.part(
        "security profiles",
        lambda: reading.all("ListSecurityProfiles", "SecurityProfileSummaryList"),
    )
    if listed is None:
        return None
    return reading.each("security profiles", listed, _name, lambda each: _profile(reading, each))


def users(reading: Reading) -> tuple[User, ...] | None:
    """Read every user and the profiles they hold."""
    listed = reading.part("users", lambda: reading.all("ListUsers", "UserSummaryList"))
    if listed is None:
        return None
    return reading.each("users", listed, _name, lambda each: _user(reading, each))


def _profile(reading: Reading, summary: Mapping[str, Any]) -> SecurityProfile:
    permissions = reading.all(
        "ListSecurityProfilePermissions", "Permissions", SecurityProfileId=summary["Id"]
    )
    return SecurityProfile(
        summary["Id"], summary.get("Name", summary["Id"]), frozenset(permissions)
    )


def _user(reading: Reading, summary: Mapping[str, Any]) -> User:
    described = reading.ask("DescribeUser", "User", UserId=summary["Id"])
    return User(summary["Id"], described["Username"], frozenset(described["SecurityProfileIds"]))


def _name(summary: Mapping[str, Any]) -> str:
    return f"{summary.get('Name') or summary.get('Username', '')} ({summary.get('Id', '')})"
