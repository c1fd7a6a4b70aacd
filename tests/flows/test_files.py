import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from infra.flows.source import FOLDER, files
from ringproof.flows import NAMES, flow_file

ROOT = Path(__file__).parents[2]


def test_the_files_are_what_the_source_writes():
    written = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")}
    assert written == files()


def test_every_file_has_a_name_by_which_it_is_found():
    assert {f"{name}.json" for name in NAMES} == set(files())
    for name in NAMES:
        assert json.loads(flow_file(name))["Version"] == "2019-10-30"


def test_no_other_name_is_a_flow():
    with pytest.raises(ValueError, match="gate-block"):
        flow_file("../pyproject")


def test_the_wheel_carries_every_file():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    carried = settings["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert carried == {f"infra/flows/{name}": f"ringproof/flows/{name}" for name in files()}


def test_connect_flow_finds_nothing_wrong():
    lint = [sys.executable, "-m", "connect_flow", "lint", *sorted(map(str, FOLDER.glob("*.json")))]
    done = subprocess.run(lint, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.count("OK ")) == (0, len(NAMES)), done.stdout


@pytest.mark.parametrize("name", NAMES)
def test_a_flow_fits_into_one_request(name):
    assert len(flow_file(name)) < 256_000


@pytest.mark.parametrize("mode", ["block", "warn", "monitor"])
def test_a_gate_looks_for_an_emergency_before_it_asks_anybody(mode):
    flow = json.loads(flow_file(f"gate-{mode}"))
    first = next(each for each in flow["Actions"] if each["Identifier"] == flow["StartAction"])
    assert first["Parameters"] == {"ComparisonValue": "$.CustomerEndpoint.Address"}
    cases = first["Transitions"]["Conditions"]
    numbers = {case["Condition"]["Operands"][0] for case in cases}
    assert {"999", "112", "911", "000", "+44999", "+44112"} <= numbers
    (then,) = {case["NextAction"] for case in cases}
    call = next(each for each in flow["Actions"] if each["Identifier"] == then)
    assert call["Type"] == "CompleteOutboundCall"
    assert call["Parameters"] == {"CallerId": {"Number": "${StaticCallerId}"}}
