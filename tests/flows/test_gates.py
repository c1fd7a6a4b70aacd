"""Every path of the gates, and that the walk finds the hole in a gate that has one."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from infra.flows.gates import EMERGENCY, ROUNDS
from ringproof.simulators.connect.flow.effects import Dial, End, SetAttributes
from ringproof.simulators.connect.flow.program import Action, Program
from tests.flows.walk import ANSWERS, SHOWN, STATIC, Moment, facts, program, walk

BLOCK = program("gate-block")
ALL_STOPS = ROUNDS + 1
NOTED = SetAttributes((("verified_call", "true"), ("ringproof_call_id", "c1")))


def holes(gate: Program) -> list[Moment]:
    """Every call that a gate makes to a customer without an allow, or without a note of it.

    The call that Connect makes at the end of the last round is none: it shows the queue's number,
    and a queue in this mode has no number, so that the attempt fails.
    """
    return [
        moment
        for moment in walk(gate, facts())
        if isinstance(moment.effect, Dial) and not _may_dial(moment.effect, moment)
    ]


def _may_dial(dial: Dial, moment: Moment) -> bool:
    if not dial.meant:
        return moment.path.stops == ALL_STOPS
    return moment.path.answer == "allow" and dial.caller_id == SHOWN and NOTED in moment.path.done


def test_no_path_of_the_blocking_gate_dials_without_an_allow():
    assert holes(BLOCK) == []


def test_an_allow_dials_and_nothing_else_in_the_world_of_answers_does():
    dialed = {m.path.answer for m in walk(BLOCK, facts()) if _meant(m)}
    assert dialed == {"allow"}
    assert len(ANSWERS) > 10


def _meant(moment: Moment) -> bool:
    return isinstance(moment.effect, Dial) and moment.effect.meant


def test_a_call_that_was_allowed_is_noted_before_it_rings():
    assert [m.path.done for m in walk(BLOCK, facts()) if _meant(m)] == [(NOTED,)]


def test_a_denial_is_noted_with_its_rule_and_then_stopped_round_after_round():
    denied = [m for m in walk(BLOCK, facts()) if m.path.answer == "deny"]
    codes = {m.effect.attributes for m in denied if isinstance(m.effect, SetAttributes)}  # fmt: skip
    assert codes == {(("ringproof_violation", "not_announced"),)}
    assert max(moment.path.stops for moment in denied) == ALL_STOPS


@pytest.mark.parametrize("name", ["gate-block", "gate-warn", "gate-monitor"])
@pytest.mark.parametrize("number", EMERGENCY)
def test_an_emergency_is_dialed_with_the_static_number_and_nobody_is_asked(name, number):
    first, *rest = walk(program(name), facts(number))
    assert first.effect == Dial(STATIC)
    assert [moment.effect for moment in rest] == [End()]


@pytest.mark.parametrize("name", ["gate-warn", "gate-monitor"])
def test_the_other_gates_dial_once_whatever_is_answered(name):
    moments = list(walk(program(name), facts()))
    for moment in moments:
        dials = [each for each in moment.path.done if isinstance(each, Dial)]
        assert len(dials) == (1 if isinstance(moment.effect, End) else 0)
    by_answer = {m.path.answer: m.effect for m in moments if isinstance(m.effect, Dial)}
    assert {answer: Dial(SHOWN if answer == "allow" else STATIC) for answer in ANSWERS} == by_answer


@pytest.mark.parametrize(
    ("name", "noted"), [("gate-warn", [(("ringproof_violation", "not_announced"),)]), ("gate-monitor", [])],
)  # fmt: skip
def test_only_the_warning_gate_notes_a_denial_in_the_contact(name, noted):
    moments = [m for m in walk(program(name), facts()) if m.path.answer == "deny"]
    written = [m.effect.attributes for m in moments if isinstance(m.effect, SetAttributes)]
    assert written == noted


def edges(action: Action) -> Iterator[tuple[str, str, Action]]:
    """Each error edge of an action: its name, where it leads, and the action without it."""
    for error, target in action.errors.items():
        others = {kind: then for kind, then in action.errors.items() if kind != error}
        yield f"{action.id} {error}", target, replace(action, errors=others)


def with_action(action: Action) -> Program:
    return replace(BLOCK, actions={**BLOCK.actions, action.id: action})


CUT = [(name, cut) for action in BLOCK.actions.values() for name, _, cut in edges(action)]
LED_ASTRAY = [
    (f"{action.id} {kind} to {dial}", replace(action, errors={**action.errors, kind: dial}))
    for action in BLOCK.actions.values()
    for kind in action.errors
    for dial in ("dial", "dial_plainly")
]


@pytest.mark.parametrize(("name", "cut"), CUT)
def test_without_any_one_error_edge_the_walk_finds_a_hole(name, cut):
    assert holes(with_action(cut)), name


@pytest.mark.parametrize(("name", "astray"), LED_ASTRAY)
def test_with_any_one_error_edge_to_a_dial_the_walk_finds_a_hole(name, astray):
    assert holes(with_action(astray)), name


@pytest.mark.parametrize("dial", ["dial", "dial_plainly"])
def test_with_a_dial_in_the_place_of_stop_the_walk_finds_a_hole(dial):
    assert holes(with_action(replace(BLOCK.actions[dial], id="stop")))


@pytest.mark.parametrize("name", ["gate", "mark", "stop", "decide"])
def test_with_an_end_in_the_place_of_a_block_the_walk_finds_a_hole(name):
    assert holes(with_action(replace(BLOCK.actions["end"], id=name)))


def test_with_a_denial_led_to_the_dial_the_walk_finds_a_hole():
    decide = BLOCK.actions["decide"]
    cases = tuple(replace(case, then="caller_id") for case in decide.cases)
    assert holes(with_action(replace(decide, cases=cases)))


def test_with_a_round_too_few_the_walk_finds_a_hole():
    hold = BLOCK.actions["hold"]
    fewer = {"LoopCount": str(ROUNDS - 1)}
    assert holes(with_action(replace(hold, parameters=fewer)))
