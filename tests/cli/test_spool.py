"""A sequence in a file behaves as the list would."""

import contextlib
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from ringproof.commands.spool import Spool

LISTS = st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=10)


@contextlib.contextmanager
def spooled(values: list[str]) -> Iterator[Spool[str]]:
    with Spool(str) as spool:
        for value in values:
            spool.append(value)
        yield spool


@given(LISTS)
def test_a_spool_gives_back_what_it_was_given_each_time(values):
    with spooled(values) as spool:
        assert list(spool) == list(spool) == values
        assert len(spool) == len(values)


@given(LISTS, st.slices(10))
def test_a_slice_of_a_spool_is_that_of_the_list(values, part):
    with spooled(values) as spool:
        assert spool[part] == values[part]
