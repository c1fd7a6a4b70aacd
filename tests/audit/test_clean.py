"""An instance that is as it should be has no finding, however its lists are cut into pages."""

from dataclasses import replace

import pytest

from ringproof.core.audit import clean
from ringproof.core.call import DialMode
from ringproof.simulators.connect.configuration.records import Account, Identity
from ringproof.simulators.connect.instance import SecurityProfile, User
from ringproof.usecases.audit_instance import audit_instance
from tests.audit.kit import EXPECTED, allowing, audited, instance, reader


async def test_a_clean_instance_has_no_finding():
    async with instance() as sim:
        found = await audited(sim)

    assert found == ()
    assert clean(found)


@pytest.mark.parametrize("longest", [1, 2, 100])
async def test_a_clean_instance_is_clean_in_pages_of_any_length(longest):
    async with instance(page=longest) as sim:
        assert await audited(sim) == ()


async def test_a_clean_instance_whose_server_dials_has_no_finding():
    agents = SecurityProfile(permissions=frozenset({"BasicAgentAccess"}))
    async with instance(security_profiles=(agents,)) as sim:
        assert await audited(sim, replace(EXPECTED, mode=DialMode.SERVER)) == ()


async def test_a_reading_tells_how_far_it_is_and_ends_with_all_of_everything():
    told: list[tuple[str, int, int]] = []
    users = tuple(User(f"agent-{n}", f"name-{n}") for n in range(3))
    async with instance(users=users) as sim:
        await audit_instance(reader(sim), EXPECTED, lambda *step: told.append(step))

    assert [step for step in told if step[0] == "users"] == [("users", n, 3) for n in range(4)]
    last = {what: (done, of) for what, done, of in told}
    assert [what for what, (done, of) in last.items() if done != of] == []


async def test_the_role_that_only_connect_itself_can_take_on_is_no_finding():
    own = Identity(
        "AWSServiceRoleForAmazonConnect",
        (allowing("connect:*"),),
        path="/aws-service-role/connect.amazonaws.com/",
    )
    async with instance(account=Account(roles=(own,))) as sim:
        assert await audited(sim) == ()
