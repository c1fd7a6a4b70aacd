"""What Connect refuses to publish, the simulator refuses to load."""

import json
from typing import Any

import pytest

from infra.flows import blocks
from infra.flows.source import FLOWS
from ringproof.simulators.connect.flow.effects import Dial, Done, End
from ringproof.simulators.connect.flow.load import MOST_ACTIONS, InvalidContactFlow, load
from ringproof.simulators.connect.flow.machine import begin, follow, wanted
from tests.flows.walk import ARN, TYPES, facts

END = blocks.end("end")
HANG_UP = blocks.hang_up("hang_up")
STAMP = blocks.stamp("stamp", {"a": "1"}, then="end", otherwise="end")
WHISPER = "OUTBOUND_WHISPER"


def problems(*actions: dict[str, Any], kind: str = WHISPER, **changes: Any) -> str:
    with pytest.raises(InvalidContactFlow) as refused:
        load(json.dumps({**blocks.document(actions), **changes}), kind)
    return "\n".join(refused.value.problems)


def changed(action: dict[str, Any], member: str, **to: Any) -> dict[str, Any]:
    return {**action, member: {**action[member], **to}}


@pytest.mark.parametrize(
    "action",
    [
        HANG_UP,
        blocks.aim("aim", {"QueueId": "q"}, then="end", otherwise="end"),
        blocks.transfer("transfer", otherwise="end"),
    ],
)
def test_what_may_not_stand_in_a_whisper_flow_is_refused_there(action):
    said = problems(action, END)
    assert f"{action['Type']} is not supported in a flow of type {WHISPER}" in said


@pytest.mark.parametrize("action", [END, blocks.call("call", "+442079460123", then="hang_up")])
def test_what_may_stand_only_in_whisper_flows_is_refused_elsewhere(action):
    assert "not supported in a flow of type CONTACT_FLOW" in problems(
        action, HANG_UP, kind="CONTACT_FLOW"
    )


@pytest.mark.parametrize(
    ("action", "said"),
    [
        (changed(STAMP, "Transitions", NextAction="nowhere"), "nowhere leads nowhere"),
        (changed(STAMP, "Transitions", Errors=[]), "NoMatchingError is not handled"),
        (
            changed(STAMP, "Transitions",
                    Errors=[{"ErrorType": "NoMatchingCondition", "NextAction": "end"}]),
            "NoMatchingCondition cannot happen",
        ),
        (changed(STAMP, "Transitions", NextAction=None), "NextAction is missing"),
        (changed(STAMP, "Parameters", Attributes={"a": 1}), "Attributes cannot be"),
        (changed(STAMP, "Parameters", Surplus="1"), "no parameter Surplus"),
        ({**STAMP, "Parameters": {}}, "Attributes is missing"),
        ({**STAMP, "Type": "GetParticipantInput"}, "cannot run GetParticipantInput"),
        ({**STAMP, "Identifier": "a:b"}, "identifier is not permitted"),
        ({**STAMP, "Identifier": "x" * 51}, "identifier is not permitted"),
        ({**STAMP, "Identifier": "end"}, "not unique"),
        (blocks.compare("if", "static", otherwise="end"), "ComparisonValue cannot be"),
        (blocks.compare("if", "$.ContactId", otherwise="end"), "no conditions"),
        (
            blocks.compare("if", "$.ContactId", blocks.When("Like", "x", "end"), otherwise="end"),
            "no operator Like",
        ),
        (blocks.invoke("ask", ARN.format("gate"), {}, then="end", otherwise="end", seconds=9),
         "InvocationTimeLimitSeconds cannot be '9'"),
        (blocks.invoke("ask", "${GateFunctionArn}", {}, then="end", otherwise="end"),
         "LambdaFunctionARN cannot be"),
        (blocks.loop("round", 101, again="end", done="end"), "LoopCount cannot be"),
        (blocks.while_queued("wait", "", then="end", otherwise="end"), "EventHooks cannot be"),
        (blocks.hold("hold", "x", 0, then="end"), "InterruptFrequencySeconds cannot be"),
        (changed(END, "Transitions", NextAction="end"), "nothing comes after it"),
    ],
)  # fmt: skip
def test_an_action_that_is_not_in_order_is_refused_with_the_reason(action, said):
    assert said in problems(action, END)


def test_a_flow_as_a_whole_is_looked_at_too():
    assert "no type of flow" in problems(END, kind="WHISPER")
    assert "version is not" in problems(END, Version="2018-01-01")
    assert "StartAction is not an action" in problems(END, StartAction="begin")
    too_many = [blocks.end(f"end{n}") for n in range(MOST_ACTIONS + 1)]
    assert "more than 250 actions" in problems(*too_many)
    assert "more than 256000 characters" in problems(END, Metadata={"note": "x" * 256_000})


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"Actions": [1]}', '{"Actions": [{}]}'])
def test_what_is_no_flow_at_all_is_refused(content):
    with pytest.raises(InvalidContactFlow):
        load(content, WHISPER)


def test_no_more_than_fifty_problems_are_told_and_each_is_short():
    many = [{**STAMP, "Identifier": "y" * 300 + str(n)} for n in range(60)]
    with pytest.raises(InvalidContactFlow) as refused:
        load(json.dumps(blocks.document([*many, END])), WHISPER)
    assert len(refused.value.problems) == 50
    assert {len(problem) <= 256 for problem in refused.value.problems} == {True}


@pytest.mark.parametrize("name", set(FLOWS) - {"api-wait"})
def test_a_flow_with_placeholders_that_name_functions_cannot_be_published(name):
    kind = "CONTACT_FLOW" if name in TYPES else WHISPER
    with pytest.raises(InvalidContactFlow, match="LambdaFunctionARN"):
        load(json.dumps(FLOWS[name]), kind)


def test_a_second_call_in_one_flow_ends_it():
    first = blocks.call("first", "+442079460123", then="second")
    again = blocks.call("second", "+442079460123", then="end")
    flow = load(json.dumps(blocks.document([first, again, END])), WHISPER)
    at = begin(flow)
    assert wanted(flow, at, facts()) == Dial("+442079460123")
    at = follow(flow, at, facts(), Done())
    assert wanted(flow, at, facts()) is None
    at = follow(flow, at, facts(), Done())
    assert wanted(flow, at, facts()) == End()
