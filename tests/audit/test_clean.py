"""An instance that is as it should be has no finding, however its lists are cut into pages."""

from dataclasses import replace

import pytest

from ringproof.core.audit import clean
from ringproof.core.call import DialMode
from ringproof.simulators.connect.instance import SecurityProfile
from tests.audit.kit import EXPECTED, audited, configured, instance


async def test_a_clean_instance_has_no_finding():
    async with instance() as sim:
        found = await audited(sim)

    assert found == ()
    assert clean(found)


@pytest.mark.parametrize("longest", [1, 2, 100])
async def test_a_clean_instance_is_clean_in_pages_of_any_length(longest):
    async with instance(configured(page=longest)) as sim:
        assert await audited(sim) == ()


async def test_a_clean_instance_whose_server_dials_has_no_finding():
    agents = SecurityProfile(permissions=frozenset({"BasicAgentAccess"}))
    async with instance(configured(security_profiles=(agents,))) as sim:
        assert await audited(sim, replace(EXPECTED, mode=DialMode.SERVER)) == ()
