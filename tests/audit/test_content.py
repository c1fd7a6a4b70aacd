"""A flow's hash: the same for what does the same, and another for anything else."""

import json

import pytest

from ringproof.core.audit.content import content_hash
from ringproof.flows import NAMES, flow_file

FLOW = {
    "Version": "2019-10-30",
    "StartAction": "a",
    "Metadata": {"entryPointPosition": {"x": 1, "y": 1}},
    "Actions": [
        {"Identifier": "a", "Type": "Loop", "Transitions": {"NextAction": "b"}},
        {"Identifier": "b", "Type": "EndFlowExecution", "Transitions": {}},
    ],
}


def hashed(**changes: object) -> str:
    return content_hash(json.dumps({**FLOW, **changes}))


def test_the_canvas_the_order_of_blocks_and_white_space_do_not_count():
    moved = {"entryPointPosition": {"x": 900, "y": 1}}
    assert hashed(Metadata=moved, Actions=FLOW["Actions"][::-1]) == hashed()  # type: ignore[index]
    assert content_hash(json.dumps(FLOW, indent=2, sort_keys=True)) == hashed()


@pytest.mark.parametrize(
    "changes",
    [
        {"StartAction": "b"},
        {"Actions": FLOW["Actions"][:1]},  # type: ignore[index]
        {"Version": "2019-10-31"},
        {"Settings": {}},
    ],
)
def test_everything_else_counts(changes):
    assert hashed(**changes) != hashed()


def test_a_name_that_comes_twice_is_not_the_flow_without_it():
    twice = json.dumps(FLOW)[:-1] + ', "StartAction": "a"}'
    assert json.loads(twice) == FLOW
    assert content_hash(twice) != hashed()


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '"\\ud800"', '{"Version": "\\ud800"}', "[" * 99_999]
)
def test_what_is_no_flow_has_a_hash_of_its_own(content):
    assert len(content_hash(content)) == 64
    assert content_hash(content) != hashed()


def test_no_two_of_our_flows_have_the_same_hash():
    assert len({content_hash(flow_file(name)) for name in NAMES}) == len(NAMES)
