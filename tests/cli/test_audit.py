"""`ringproof audit`: its table, its JSON, its exit codes, and what it records."""

import asyncio
import json

import pytest

from ringproof.adapters.store.sqlite import SqliteStore
from ringproof.simulators.faults import Answer
from tests.audit.kit import (
    ANSWERED_ID,
    AUDIT_KEYS,
    DEPLOY_ROLE,
    EXPECTED,
    GATE_FUNCTION,
    GATE_ID,
    SERVER_ROLE,
    VALUES,
    instance,
)
from tests.cli.kit import ringproof
from tests.cli.processes import free_base, started

HASHES = ",".join(f"{flow}={digest}" for flow, (digest,) in EXPECTED.hashes.items())
DEPLOYMENT = {
    **AUDIT_KEYS,
    "RINGPROOF_CONNECT_GATE": GATE_ID,
    "RINGPROOF_CONNECT_FLOW_HASHES": HASHES,
    "RINGPROOF_CONNECT_FUNCTIONS": GATE_FUNCTION,
    "RINGPROOF_CONNECT_CALLERS": SERVER_ROLE,
    "RINGPROOF_CONNECT_EDITORS": DEPLOY_ROLE,
}


@pytest.fixture
def store(tmp_path):
    return tmp_path / "ringproof.db"


async def audit(sim, *args: str, **env: str):
    """Run the command in a thread, so that the simulator in this one can answer it."""
    command = ("audit", f"--endpoint-url={sim.url}", "--rate=1000", *args)
    return await asyncio.to_thread(ringproof, *command, **{**DEPLOYMENT, **env})


async def covered(store) -> bool:
    opened = await SqliteStore.open(store)
    try:
        return (await opened.posture()).covered
    finally:
        await opened.aclose()


async def test_a_clean_instance_ends_with_0_and_a_sentence():
    async with instance() as sim:
        result = await audit(sim)

    assert (result.exit_code, "Nothing was found" in result.stdout) == (0, True), result.output


async def test_a_finding_is_shown_with_its_severity_its_evidence_and_what_to_do():
    async with instance(functions=()) as sim:
        result = await audit(sim)

    assert result.exit_code == 1
    said = ("high", "function_not_associated", "the instance has 0 other", "Associate the function")
    assert [each for each in said if each not in result.stdout] == []


async def test_json_has_every_finding_and_nothing_else():
    async with instance(origins=()) as sim:
        result = await audit(sim, "--json")

    said = json.loads(result.stdout)
    assert (result.exit_code, said["clean"], len(said["findings"])) == (0, True, 1)
    assert said["findings"][0] == {
        "code": "origin_missing",
        "severity": "medium",
        "subject": "origin http://127.0.0.1:8400",
        "evidence": "approved are none",
        "remedy": "Approve the origin.",
    }


@pytest.mark.parametrize(
    ("least", "code"), [("low", 1), ("medium", 1), ("high", 0), ("critical", 0)]
)
async def test_a_pipeline_chooses_which_severity_fails_it(least, code):
    async with instance(origins=()) as sim:  # medium
        assert (await audit(sim, f"--fail-on={least}")).exit_code == code


async def test_what_could_not_be_read_ends_with_2_whatever_else_is_found():
    async with instance(functions=()) as sim:
        sim.faults.inject(Answer(status=403, reason="AccessDeniedException", path="/users-summary"))
        result = await audit(sim, "--fail-on=critical", "--json")

    said = json.loads(result.stdout)
    assert (result.exit_code, said["clean"]) == (2, False)
    assert [each["code"] for each in said["findings"]] == ["unread", "function_not_associated"]


async def test_where_nobody_answers_everything_is_unread():
    async with instance() as sim:
        pass
    result = await audit(sim, "--json", RINGPROOF_CONNECT_FUNCTIONS="")
    assert result.exit_code == 2
    assert {each["code"] for each in json.loads(result.stdout)["findings"]} == {"unread"}


async def test_a_clean_audit_is_recorded_as_covered_and_a_bad_one_takes_it_back(store):
    env = {"RINGPROOF_STORE": f"sqlite:///{store}"}
    async with instance() as sim:
        first = await audit(sim, "--record", "--json", **env)
        assert (first.exit_code, json.loads(first.stdout)["clean"]) == (0, True)
        assert await covered(store)
        sim.faults.inject(Answer(status=403, reason="AccessDeniedException", path="/iam"))
        await audit(sim, "--record", **env)
    assert not await covered(store)


async def test_without_record_nothing_is_recorded(store):
    async with instance() as sim:
        await audit(sim, RINGPROOF_STORE=f"sqlite:///{store}")
    assert not store.exists()


async def test_a_store_that_is_in_use_is_said_to_be(store):
    held = await SqliteStore.open(store)
    try:
        async with instance() as sim:
            result = await audit(sim, "--record", RINGPROOF_STORE=f"sqlite:///{store}")
    finally:
        await held.aclose()
    assert result.exit_code == 2
    assert "RINGPROOF_ADMIN_KEY" in result.output


async def test_the_shipped_flows_are_what_is_expected_when_their_placeholders_are_given():
    given = [f"--fill={name}={value}" for name, value in VALUES.items()]
    async with instance() as sim:
        right = await audit(sim, *given, RINGPROOF_CONNECT_FLOW_HASHES="")
        wrong = await audit(sim, *given[:-2], "--fill=StaticCallerId=+442079460999",
                            given[-1], RINGPROOF_CONNECT_FLOW_HASHES="")  # fmt: skip

    assert right.exit_code == 0, right.output
    assert (wrong.exit_code, "flow_changed" in wrong.stdout) == (1, True)


@pytest.mark.parametrize("wrong", ["--fill=Name", "--fill=BankName=x", "--fill=Nonsense=x"])
async def test_a_placeholder_that_does_not_fit_is_refused_with_a_sentence(wrong):
    async with instance() as sim:
        result = await audit(sim, wrong)

    assert (result.exit_code, "✗" in result.output) == (2, True)
    assert sim.requests.describe() == []


def test_a_queue_of_another_instance_is_refused():
    result = ringproof("audit", RINGPROOF_CONNECT_INSTANCE=ANSWERED_ID)
    assert (result.exit_code, "RINGPROOF_CONNECT_QUEUE" in result.output) == (1, True)


async def test_a_server_that_has_the_store_open_is_told_the_result(tmp_path, store):
    key, port = f"rpk_admin_{'k' * 40}", free_base()
    env = {
        "RINGPROOF_ADMIN_KEY": key,
        "RINGPROOF_PORT": str(port),
        "RINGPROOF_PUBLIC_URL": "http://127.0.0.1:8400",
        "RINGPROOF_SIGNING_KEY": f"file:{tmp_path / 'keys'}",
        "RINGPROOF_STORE": f"sqlite:///{store}",
    }
    with started("serve", env=env) as serving:
        async with instance() as sim:
            result = await audit(sim, "--record", **env)
        serving.process.terminate()
        assert serving.exit_code() == 0
    assert (result.exit_code, "paths are covered" in result.output) == (0, True), result.output
    assert await covered(store)


def test_the_simulator_of_a_deployment_lacks_only_what_nobody_has_pinned():
    with started("simulate", "connect", "--port=0") as running:
        result = ringproof(
            "audit", f"--endpoint-url={running.url}", "--json", "--rate=5", **AUDIT_KEYS
        )
    assert [each["code"] for each in json.loads(result.stdout)["findings"]] == ["flow_unpinned"]


def test_a_simulator_without_the_gate_is_found_out():
    with started("simulate", "connect", "--port=0", "--no-gated") as running:
        result = ringproof(
            "audit", f"--endpoint-url={running.url}", "--json", "--rate=5", **AUDIT_KEYS
        )
    assert json.loads(result.stdout)["findings"][0]["code"] == "queue_ungated"


async def test_where_the_server_dials_the_flow_of_its_calls_is_compared_as_well():
    given = [f"--fill={name}={value}" for name, value in VALUES.items()]
    env = {"RINGPROOF_CONNECT_FLOW_HASHES": "", "RINGPROOF_DIAL_MODE": "server"}
    async with instance() as sim:
        right = await audit(sim, "--json", *given, **env)
        wrong = await audit(sim, "--json", *given, "--fill=BankName=Another Bank", **env)

    assert [each["code"] for each in json.loads(right.stdout)["findings"]] == ["outbound_granted"]
    first = json.loads(wrong.stdout)["findings"][0]
    assert (first["code"], "Answered" in first["subject"]) == ("flow_changed", True)
