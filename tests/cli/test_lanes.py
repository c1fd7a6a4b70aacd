"""The picture of a call: in order, within its width, and readable without colour."""

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from ringproof.commands.lanes import LANES, WIDTH, Lead, Mark, chart

PROOF = Mark(1_018, "device", "✓", "verified")
RING = Mark(1_330, "customer", "◉", "ring")
MARKS = [
    Mark(1_000, "backend", "●", "request"),
    RING,
    PROOF,
    Mark(1_024, "Connect", "▸", "dial"),
]


def drawn(marks, lead=None) -> list[str]:
    console = Console(width=WIDTH, color_system=None, force_terminal=False)
    with console.capture() as captured:
        console.print(chart(marks, lead))
    return [line.rstrip() for line in captured.get().splitlines()]


def test_marks_stand_in_the_order_of_time_from_the_first():
    times = [line.split()[0] for line in drawn(MARKS)[1:]]
    assert times == ["0", "18", "24", "330"]


def test_the_gap_is_drawn_from_the_proof_to_the_ring_and_says_how_long():
    _, _, proof, dial, ring = drawn(MARKS, Lead(PROOF, RING))
    assert proof.endswith("┐")
    assert dial.endswith("│ proof 312 ms before ring")
    assert ring.endswith("┘")


def test_a_ring_before_the_proof_says_so():
    early = Mark(1_010, "customer", "◉", "ring")
    text = "\n".join(drawn([PROOF, early], Lead(PROOF, early)))
    assert "ring 8 ms BEFORE proof" in text


@given(
    st.lists(
        st.builds(
            Mark,
            st.integers(0, 100_000),
            st.sampled_from(LANES),
            st.just("●"),
            st.text("abc ", max_size=60),
        ),
        max_size=20,
    )
)
def test_the_chart_is_never_wider_than_a_hundred_columns_and_has_a_line_for_each_mark(marks):
    lines = drawn(marks)
    assert len(lines) == len(marks) + 1
    assert max(map(len, lines)) <= WIDTH


def test_nothing_is_drawn_of_nothing():
    assert len(drawn([])) == 1
