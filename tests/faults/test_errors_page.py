"""docs/errors.md says what happens: every row is brought about, and compared word for word."""

import pytest

from tests.faults import amazon, apple, gate, google, page, people, store  # noqa: F401  (they enter faults)
from tests.faults.registry import FAULTS
from tests.faults.rig import Rig


def test_every_fault_has_a_row_and_every_row_a_fault() -> None:
    assert set(page.fault_rows()) == set(FAULTS)


@pytest.mark.parametrize("name", FAULTS)
async def test_a_fault_ends_as_its_row_says(name: str, rig: Rig) -> None:
    assert page.row_of(await FAULTS[name](rig)) == page.fault_rows()[name]


def test_the_codes_are_those_of_the_code() -> None:
    assert list(page.rows(page.CODES)) == page.code_rows()
