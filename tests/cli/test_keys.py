"""`ringproof keys`: published first, signing later, retired last."""

import json

import pytest

from tests.cli.kit import ringproof


@pytest.fixture
def keys(tmp_path):
    def run(*args: str):
        return ringproof("keys", *args, RINGPROOF_SIGNING_KEY=f"file:{tmp_path / 'keys'}")

    return run


def published(keys) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(keys("publish").output)["keys"]
    return found


def test_the_first_keys_sign_at_once(keys):
    result = keys("create")
    assert result.exit_code == 0
    assert result.output.count("it signs") == 2
    assert [key["ringproof:use"] for key in published(keys)] == ["proof", "status"]


def test_a_published_key_is_public(keys):
    keys("create")
    assert all("d" not in key for key in published(keys))


def test_a_second_key_waits_until_it_is_rotated_in(keys):
    keys("create", "--use", "proof")
    first = published(keys)[0]["kid"]
    assert "waits" in keys("create", "--use", "proof").output
    assert published(keys)[0]["kid"] == first
    keys("rotate", "--use", "proof")
    assert published(keys)[0]["kid"] != first
    assert first in {key["kid"] for key in published(keys)}


def test_the_key_that_signs_is_not_retired_and_a_former_one_is(keys):
    keys("create", "--use", "proof")
    first = published(keys)[0]["kid"]
    refused = keys("retire", first)
    assert (refused.exit_code, "Rotate first" in refused.output) == (1, True)
    keys("rotate", "--use", "proof")
    assert keys("retire", first).exit_code == 0
    assert first not in {key["kid"] for key in published(keys)}
    assert "retired" in keys("list").output


def test_a_third_live_key_is_refused_with_a_sentence(keys):
    keys("create", "--use", "proof")
    keys("create", "--use", "proof")
    result = keys("create", "--use", "proof")
    assert (result.exit_code, "Retire one first" in result.output) == (1, True)


def test_a_folder_without_keys_says_how_to_make_some(keys):
    assert "keys create" in keys("list").output
    result = keys("publish")
    assert (result.exit_code, "keys create" in result.output) == (1, True)


def test_an_unknown_key_id_is_refused(keys):
    assert keys("retire", "nothing").exit_code == 1


def test_a_key_that_others_can_read_is_refused(keys, tmp_path):
    keys("create", "--use", "proof")
    [pem] = (tmp_path / "keys").glob("*.pem")
    pem.chmod(0o644)
    result = keys("publish")
    assert (result.exit_code, "chmod 600" in result.output) == (1, True)


def test_keys_are_published_to_a_file(keys, tmp_path):
    keys("create")
    file = tmp_path / "jwks.json"
    assert keys("publish", "--out", str(file)).exit_code == 0
    assert len(json.loads(file.read_text())["keys"]) == 2
