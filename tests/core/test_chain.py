from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ringproof.core.call import CallEvent, CallId, CallState
from ringproof.core.chain import Link, checkpoint, first_break, genesis, link

CALL = CallId("c")
kinds = st.text(max_size=20)
events = st.lists(
    st.tuples(st.integers(0, 1 << 41), kinds, st.none() | st.sampled_from(list(CallState))),
    max_size=12,
)


def chain(of: list[tuple[int, str, CallState | None]]) -> list[Link]:
    links, before = [], genesis(CALL)
    for index, (at, kind, state) in enumerate(of):
        event = CallEvent(index + 1, at, kind, state)
        before = link(before, event)
        links.append(Link(event, before))
    return links


@given(events)
def test_an_untouched_chain_holds(of: list[tuple[int, str, CallState | None]]) -> None:
    assert first_break(CALL, chain(of)) is None


@given(events.filter(bool), st.data())
def test_any_alteration_is_found_where_it_is(
    of: list[tuple[int, str, CallState | None]], data: st.DataObject
) -> None:
    links = chain(of)
    index = data.draw(st.integers(0, len(links) - 1))
    event = replace(links[index].event, detail="slipped in")
    links[index] = replace(links[index], event=event)

    assert first_break(CALL, links) == index


@given(events.filter(lambda of: len(of) > 1), st.data())
def test_a_removed_event_is_found(
    of: list[tuple[int, str, CallState | None]], data: st.DataObject
) -> None:
    links = chain(of)
    del links[data.draw(st.integers(0, len(links) - 2))]

    assert first_break(CALL, links) is not None


def test_a_chain_belongs_to_its_call() -> None:
    assert first_break(CallId("d"), chain([(1, "moved", CallState.REQUESTED)])) == 0


def test_a_checkpoint_sees_a_call_that_has_vanished() -> None:
    heads = [(CallId("a"), b"1" * 32), (CallId("b"), b"2" * 32)]

    assert checkpoint(b"", heads) == checkpoint(b"", reversed(heads))
    assert checkpoint(b"", heads) != checkpoint(b"", heads[:1])
