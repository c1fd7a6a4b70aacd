import pytest

from tests.audit.kit import AUDIT_KEYS


@pytest.fixture(autouse=True)
def _credentials(monkeypatch):
    for name, value in AUDIT_KEYS.items():
        monkeypatch.setenv(name, value)
