"""docs/audit.md says what is so: every finding as it is, and the policy that the reader needs."""

import json
import re
from pathlib import Path

from ringproof.adapters.instance.read_only import policy
from ringproof.core.audit import KINDS
from tests.cli.kit import ringproof

PAGE = (Path(__file__).parents[2] / "docs" / "audit.md").read_text(encoding="utf-8")


def test_the_table_of_findings_is_the_one_of_the_code():
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \| (.+) \| (.+) \|$", PAGE, re.MULTILINE)
    assert rows == [
        (code.value, kind.severity.name.lower(), kind.why, kind.remedy)
        for code, kind in KINDS.items()
    ]


def test_the_policy_is_what_the_reader_can_call():
    shown = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    assert [json.loads(each) for each in shown] == [policy()]


def test_every_option_on_the_page_is_one_of_the_commands():
    said = ringproof("audit", "--help").output
    options = set(re.findall(r"--[a-z][a-z-]+", PAGE))
    assert options
    assert [each for each in options if each not in said] == []
