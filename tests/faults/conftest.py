from pathlib import Path

import pytest

from tests.faults.rig import Rig
from tests.faults.world import make_secrets


@pytest.fixture(scope="session")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("secrets")
    make_secrets(folder)
    return folder


@pytest.fixture
def rig(secrets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rig:
    # The SDK finds its credentials where every AWS SDK does.
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "simulator")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "simulator")
    return Rig(secrets, tmp_path)
