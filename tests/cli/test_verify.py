"""`ringproof verify`, on the vectors that every language must agree on."""

import json
from pathlib import Path

import pytest

from tests.cli.kit import ringproof

VECTORS = json.loads(Path("vectors/passport.json").read_text())
EXPECTED = VECTORS["expected"]
GENUINE = next(case["token"] for case in VECTORS["cases"] if case["name"] == "genuine")
CASES = [
    case
    for case in VECTORS["cases"]
    # A file ends with a line break, and a command has no memory of what it saw.
    if case["name"] != "trailing newline" and case["expect"] != "replayed"
]


@pytest.fixture
def jwks(tmp_path):
    path = tmp_path / "jwks.json"
    path.write_text(json.dumps(VECTORS["keys"]))
    return str(path)


def everything(jwks: str) -> list[str]:
    numbers = [f"--{side}=+{tn}" for side in ("orig", "dest") for tn in EXPECTED[side]]
    return [
        f"--jwks={jwks}", f"--iss={EXPECTED['iss']}", f"--aud={EXPECTED['aud']}",
        f"--device={EXPECTED['dev']}", *numbers,
    ]  # fmt: skip


def at(case) -> str:
    return f"--at={case.get('now', VECTORS['now'])}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_verdict_is_the_one_of_the_vector(case, jwks, tmp_path):
    token = tmp_path / "token"
    token.write_text(case["token"])
    result = ringproof("verify", str(token), *everything(jwks), at(case))
    if case["expect"] == "ok":
        assert result.exit_code == 0
        assert "Genuine" in result.output
    else:
        assert result.exit_code == 1
        assert case["expect"] in result.output


def test_a_token_comes_from_standard_input(jwks):
    result = ringproof("verify", *everything(jwks), f"--at={VECTORS['now']}", stdin=GENUINE + "\n")
    assert result.exit_code == 0
    assert EXPECTED["dev"] in result.output


def test_what_was_not_asked_is_named(jwks):
    result = ringproof("verify", f"--jwks={jwks}", f"--at={VECTORS['now']}", stdin=GENUINE)
    assert result.exit_code == 0
    assert "Not compared with anything: iss, aud, dev, orig, dest" in result.output
    assert "as far as was asked" in result.output


def test_without_keys_nothing_is_genuine():
    result = ringproof("verify", f"--at={VECTORS['now']}", stdin=GENUINE)
    assert result.exit_code == 1
    assert "No keys were given" in result.output


def test_a_key_for_status_answers_proves_no_call(tmp_path):
    path = tmp_path / "jwks.json"
    keys = [key | {"ringproof:use": "status"} for key in VECTORS["keys"]["keys"]]
    path.write_text(json.dumps({"keys": keys}))
    result = ringproof("verify", f"--jwks={path}", f"--at={VECTORS['now']}", stdin=GENUINE)
    assert result.exit_code == 1
    assert "unknown_kid" in result.output


@pytest.mark.parametrize("text", ["[]", "{}", "not json", '{"keys": [{"kid": "a"}]}'])
def test_a_file_that_is_no_jwk_set_is_refused_with_a_sentence(tmp_path, text):
    path = tmp_path / "jwks.json"
    path.write_text(text)
    result = ringproof("verify", f"--jwks={path}", stdin=GENUINE)
    assert result.exit_code == 1
    assert "bad_key" in result.output


@pytest.mark.parametrize("stdin", ["", "hello", "a.b.c", "\xff"])
def test_what_is_no_token_is_refused_with_a_sentence(stdin):
    result = ringproof("verify", stdin=stdin)
    assert result.exit_code == 1
    assert "✗" in result.output


def test_a_time_that_is_none_is_refused(jwks):
    result = ringproof("verify", f"--jwks={jwks}", "--at=yesterday", stdin=GENUINE)
    assert result.exit_code == 2


def test_a_missing_file_is_refused_with_a_sentence():
    result = ringproof("verify", "/nowhere/token")
    assert result.exit_code == 1
    assert "Cannot read" in result.output
