import json

import pytest

from ringproof.flows import NAMES, PlaceholderRefused, fill, flow_file
from ringproof.flows.fill import KNOWN

VALUES = {name: f"value of {name}" for name in KNOWN}


@pytest.mark.parametrize("name", NAMES)
def test_one_map_of_values_fills_every_file(name):
    filled = fill(flow_file(name), VALUES)
    assert "${" not in filled
    assert json.loads(filled)["Actions"]


def test_every_known_placeholder_is_in_some_file():
    texts = "".join(map(flow_file, NAMES))
    assert [name for name in KNOWN if f"${{{name}}}" not in texts] == []


@pytest.mark.parametrize("value", [{}, {"QueueArn": ""}])
def test_a_placeholder_without_a_value_is_refused(value):
    with pytest.raises(PlaceholderRefused, match="QueueArn"):
        fill('{"QueueId": "${QueueArn}"}', value)


@pytest.mark.parametrize("text", ["${Nonsense}", "${}", "${QueueArn", "${ QueueArn }"])
def test_a_placeholder_that_nobody_knows_is_refused(text):
    with pytest.raises(PlaceholderRefused):
        fill(text, {})


def test_a_value_that_nobody_knows_is_refused():
    with pytest.raises(PlaceholderRefused, match="StaticCallerID"):
        fill("{}", {"StaticCallerID": "+442079460123"})


def test_a_value_is_escaped_as_json_wants_it():
    assert json.loads(fill('"${BankName}"', {"BankName": 'Smith "&" Sons'})) == 'Smith "&" Sons'
