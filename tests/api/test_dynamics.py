"""The panel of Dynamics 365 as ringproof serves it: who may frame it, and what it may run."""

import pytest

from tests.api.bank import open_api

ORG = "https://bank.crm11.dynamics.com"


@pytest.fixture
def web(tmp_path):
    built = tmp_path / "web" / "dynamics" / "dist"
    built.mkdir(parents=True)
    (built / "index.html").write_text("<!doctype html><title>panel</title>")
    return tmp_path / "web"


async def test_the_organisation_that_is_set_may_frame_the_panel_and_call_the_api(tmp_path, web):
    async with open_api(tmp_path, web=web, dynamics_origin=ORG) as api:
        panel = await api.ask("GET", "/dynamics/")
        config = (await api.ask("GET", "/dynamics/config.json")).json
        called = await api.ask("GET", "/healthz", origin=ORG)

    policy = panel.headers["content-security-policy"]
    assert policy.endswith(f"frame-ancestors 'self' {ORG}")
    assert f"script-src 'self' {ORG};" in policy
    assert config["dynamicsOrigin"] == ORG
    assert called.headers["access-control-allow-origin"] == ORG


async def test_with_none_set_nobody_elses_page_frames_the_panel_or_calls_the_api(tmp_path, web):
    async with open_api(tmp_path, web=web, frame_ancestors=(ORG,)) as api:
        panel = await api.ask("GET", "/dynamics/")
        config = (await api.ask("GET", "/dynamics/config.json")).json
        called = await api.ask("GET", "/healthz", origin=ORG)

    policy = panel.headers["content-security-policy"]
    assert policy.endswith("frame-ancestors 'self'")
    assert "script-src 'self';" in policy
    assert config["dynamicsOrigin"] is None
    assert "access-control-allow-origin" not in called.headers
